using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Recorder;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Netlink;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Output;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recorder;

/// <summary><c>akashi recorder</c>: the service that has logins recorded; in the foreground.</summary>
static class RecorderTool
{
    const string Account = "akashi-recorder";
    const string Directory = "/var/log/akashi/recordings";
    const string Name = "akashi recorder";

    // EPROTONOSUPPORT, EAFNOSUPPORT, ECONNREFUSED: a kernel without audit, or a container, where nothing is logged.
    static readonly int[] s_withoutAudit = [93, 97, 111];

    public static Tool Tool { get; } = new("recorder", "record logins where their users can't reach: the service", Run) { Manual = MakeManual };

    static Manual MakeManual() => new()
    {
        Usage = ["", "--check [FILE]"],
        Description = $"""
            The service that has the sessions of people recorded whose login shell is `{LoginShellTool.ShellName}`. Runs as root, in the foreground, until SIGTERM; sessions that are
            recorded go on after it. Listens at {LoginShellTool.SocketPath}, or at the socket that systemd holds for it, and writes into {Directory}, one file for each
            terminal of a login. What watches a session runs as a user of its own, whom nobody may log in as. SIGHUP: reads {RecorderConfiguration.DefaultPath} anew; with a
            fault in it it goes on as before.

            What it does is in the audit trail: type=TRUSTED_APP, op=session-recorded, session-unrecorded, session-refused, recording-removed, recorder-away, recorder-disk-low and others.
            `akashi setup sessions` sets it up.
            """,
        Options = RecorderOptions.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "It served until it was ended; the settings are fine."), ("1", "It can't serve; a setting is wrong."), ("2", "An option is wrong.")],
        Examples = [("akashi recorder --check", "Look at the settings before systemctl reload akashi-recorder.")],
        Files =
        [
            (RecorderConfiguration.DefaultPath, "Settings."),
            (Directory, "Recordings."),
            (RecorderStatus.DefaultPath, "Its state, which akashi status and akashi doctor show."),
            ("/var/lib/akashi/recorder/finished", "The last hash of each recording that has ended."),
        ],
        SeeAlso = ["recorder.conf(5)", "akashi-recordings(1)", "akashi-replay(1)", "akashi-setup(8)", "akashi-doctor(8)"],
    };


    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var typed = new RecorderOptions();
        if (RecorderOptions.Table.Parse(invocation.Arguments, typed, RecorderOptions.TakeOperand) is { } fault)
            return WrongUsage.Refuse(invocation, Name, fault);

        return typed.WantsHelp ? CommandHelp.Print(invocation, "recorder") : typed.IsCheck ? Check(invocation, typed.Path) : Serve(invocation, error);
    }

    static int Check(Invocation invocation, string path)
    {
        using var output = new Utf8Output(invocation.Output);
        if (!invocation.Host.Files.TryLook(path, followsLink: true, out _))
        {
            // One that was named has to be there: opening it says why it can't be looked at.
            if (path != RecorderConfiguration.DefaultPath)
                invocation.Host.Files.OpenForReading(path).Dispose();
            output.Write($"{path}: no such file; the defaults hold\n");
            return 0;
        }

        var diagnostics = new DiagnosticBag();
        RecorderConfigurationFile.Read(invocation.Host.Files, path, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
        {
            output.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(diagnostic.ToString()));
            output.EndLine();
        }

        if (!diagnostics.HasErrors)
            output.Write($"{path}: fine\n");
        return diagnostics.HasErrors ? 1 : 0;
    }

    static int Serve(Invocation invocation, Utf8Output error)
    {
        if (!invocation.Host.Accounts.TryFindUser(Account, out uint uid) || uid == 0)
            throw new AuditException($"there is no user {Account}\nhint: akashi setup sessions makes it, with all that the recorder needs; by hand: useradd --system --no-create-home --shell /usr/sbin/nologin {Account}");
        uint gid = invocation.Host.Accounts.TryFindGroup(Account, out uint group) ? group : 65534;
        RecorderConfiguration configuration = ReadConfiguration(invocation.Host, error, out int faultCount);
        RecorderService? running = null;
        bool isStopped = false, isAsked = false;

        // Before the socket is there: who finds it may send us signals.
        invocation.Signals.Ignore(Signal.Hangup);
        using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, Stop);
        using IDisposable onInterrupt = invocation.Signals.On(Signal.Interrupt, Stop);
        using IDisposable onHangup = invocation.Signals.On(Signal.Hangup, Reload);
        string terminalFault = LeaveTerminalsAlone(error);
        DaemonProcess.LiftLimits();
        MessageSocket? kept = ServiceManager.TakeSocket() is { } given ? MessageSocket.AdoptListening(given) : null;
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(LoginShellTool.SocketPath)!, (UnixFileMode)Convert.ToInt32("755", 8));
        // What login sides and keepers run as.
        string sessionProgram = LoginShellFile.Find() ?? Environment.ProcessPath!;
        var settings = new RecorderSettings(LoginShellTool.SocketPath, Directory, uid, gid, sessionProgram, RecorderPlaces.Default);
        using RecorderService service = RecorderService.Open(
            invocation.Host, settings, WithKeepers(configuration, error), kept, terminalFault, line => Say(error, line));
        service.ConfigurationFaultCount = faultCount;
        var log = new TransferLog(invocation.Host, TransferLog.Path, service.SayNoted, line => Say(error, line));
        using TransferService transfers = TransferService.Open(
            invocation.Host, LoginShellTool.TransferSocketPath, sessionProgram, log.Note, service.SayUnnoted);
        var noting = new Thread(transfers.Run) { IsBackground = true, Name = "transfers" };
        noting.Start();
        Volatile.Write(ref running, service);
        if (Volatile.Read(ref isAsked))
            Reload();
        if (Volatile.Read(ref isStopped))
            service.Stop();
        Say(error, string.Create(CultureInfo.InvariantCulture, $"ready; {service.LiveCount} sessions of a former service go on"));
        ServiceManager.Notify("READY=1");
        service.Run();
        transfers.Stop();
        noting.Join();
        return 0;

        void Stop()
        {
            Volatile.Write(ref isStopped, true);
            Volatile.Read(ref running)?.Stop();
        }

        void Reload()
        {
            Volatile.Write(ref isAsked, true);
            if (Volatile.Read(ref running) is { } serving)
                RecorderTool.Reload(invocation.Host, serving, error);
        }
    }

    // A file with a fault changes nothing.
    static void Reload(IHost host, RecorderService service, Utf8Output error)
    {
        RecorderConfiguration found = ReadConfiguration(host, error, out int faultCount);
        service.ConfigurationFaultCount = faultCount;
        if (faultCount == 0)
            service.Change(WithKeepers(found, error));
        Say(error, faultCount == 0 ? "goes on by the new recorder.conf" : "recorder.conf is wrong: goes on as before");
    }

    static RecorderConfiguration ReadConfiguration(IHost host, Utf8Output error, out int faultCount)
    {
        var diagnostics = new DiagnosticBag();
        RecorderConfiguration found = RecorderConfigurationFile.Read(host.Files, RecorderConfiguration.DefaultPath, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            Say(error, diagnostic.ToString());
        faultCount = diagnostics.All.Count;
        return found;
    }

    // A container may have few users of its own: then keepers share one.
    static RecorderConfiguration WithKeepers(RecorderConfiguration configuration, Utf8Output error)
    {
        if (configuration.KeeperUidFirst == 0 || KeeperProcess.HasUsers(configuration.KeeperUidFirst))
            return configuration;
        Say(error, string.Create(
            CultureInfo.InvariantCulture, $"users from {configuration.KeeperUidFirst} on aren't to be had here (/proc/self/uid_map): all keepers run as {Account}, and could send signals to one another"));
        return configuration with { KeeperUidFirst = 0 };
    }

    // Keepers read the terminals of logins raw, with all passwords: none of it may be logged as TTY records. Keepers inherit it.
    static string LeaveTerminalsAlone(Utf8Output error)
    {
        try
        {
            using var kernel = new AuditKernel();
            kernel.LeaveTerminalsAlone();
            return "";
        }
        catch (KernelRequestException exception) when (s_withoutAudit.Contains(exception.Errno))
        {
            Say(error, exception.Message);
            return "";
        }
        catch (KernelRequestException exception)
        {
            Say(error, $"{exception.Message}: where pam_tty_audit is set up, what is typed in recorded sessions is logged, passwords among it");
            return exception.Message;
        }
    }

    // By several threads.
    static void Say(Utf8Output error, string line)
    {
        lock (error)
        {
            error.Write("akashi recorder: "u8);
            error.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(line));
            error.EndLine();
        }
    }
}
