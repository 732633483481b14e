using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux.Netlink;
using Akashi.Linux.Processes;
using Akashi.Output;

namespace Akashi.Cli.Recorder;

/// <summary><c>akashi recorder</c>: the service that has logins recorded; in the foreground.</summary>
static class RecorderTool
{
    const string Account = "akashi-recorder";
    const string Directory = "/var/log/akashi/recordings";

    public static Tool Tool { get; } = new("recorder", "record logins where their users can't reach (not ready for use)", Run)
    {
        // Neither listed nor in a manual before it may be used.
        IsInternal = true,
    };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        if (invocation.Arguments is ["-h" or "--help"])
            return PrintHelp(invocation);
        if (invocation.Arguments.Count > 0)
        {
            error.Write($"akashi recorder: '{invocation.Arguments[0]}' is too much\nhint: akashi recorder --help tells of it\n");
            return 2;
        }

        if (!invocation.Host.Accounts.TryFindUser(Account, out uint uid) || uid == 0)
            throw new AuditException($"there is no user {Account}\nhint: useradd --system --no-create-home --shell /usr/sbin/nologin {Account}");
        uint gid = invocation.Host.Accounts.TryFindGroup(Account, out uint group) ? group : 65534;
        LeaveTerminalsAlone(error);
        DaemonProcess.LiftLimits();
        string socketDirectory = Path.GetDirectoryName(LoginShellTool.SocketPath)!;
        System.IO.Directory.CreateDirectory(socketDirectory, (UnixFileMode)Convert.ToInt32("755", 8));
        var settings = new RecorderSettings(LoginShellTool.SocketPath, Directory, uid, gid, Environment.ProcessPath!);
        using RecorderService service = RecorderService.Open(invocation.Host, settings, line => Say(error, line));
        var log = new TransferLog(invocation.Host, TransferLog.Path, line => Say(error, line));
        using TransferService transfers = TransferService.Open(invocation.Host, LoginShellTool.TransferSocketPath, Environment.ProcessPath!, log.Note);
        var noting = new Thread(transfers.Run) { IsBackground = true, Name = "transfers" };
        noting.Start();
        using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, service.Stop);
        using IDisposable onInterrupt = invocation.Signals.On(Signal.Interrupt, service.Stop);
        Say(error, string.Create(CultureInfo.InvariantCulture, $"ready; {service.ForeignCount} sessions of a former service go on"));
        ServiceManager.Notify("READY=1");
        service.Run();
        transfers.Stop();
        noting.Join();
        return 0;
    }

    // Keepers read the terminals of logins raw, with all passwords: none of it may be logged as TTY records. Keepers inherit it.
    static void LeaveTerminalsAlone(Utf8Output error)
    {
        try
        {
            using var kernel = new AuditKernel();
            kernel.LeaveTerminalsAlone();
        }
        catch (KernelRequestException exception)
        {
            // No audit in this kernel, or a container: then none is on.
            Say(error, exception.Message);
        }
    }

    static void Say(Utf8Output error, string line)
    {
        error.Write("akashi recorder: "u8);
        error.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(line));
        error.EndLine();
    }

    static int PrintHelp(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        output.Write($"""
            usage: akashi recorder

            Runs as root, in the foreground, until SIGTERM; sessions that are recorded go on after it. Listens at {LoginShellTool.SocketPath}, writes into
            {Directory}, one file for each terminal of a login whose login shell is {LoginShellTool.ShellName}. What watches a session
            runs as the user {Account}, whom nobody may log in as.

            NOT READY FOR USE: nothing sets it up, no limits for floods, no retention; docs/recorder.md says what is missing.

            """);
        return 0;
    }
}
