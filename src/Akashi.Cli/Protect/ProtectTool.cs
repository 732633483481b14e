using System.Globalization;
using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Daemon.Protect;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Output;

namespace Akashi.Cli.Protect;

/// <summary><c>akashi protect</c>: typescripts of script(1) that their users can't change once they are written.</summary>
/// <remarks>Exit codes: 0; 1 where it can't be done, or the report has something to say; 2 usage.</remarks>
static class ProtectTool
{
    public static Tool Tool { get; } = new("protect", "have files of a directory take additions only, from the moment they are made", Run) { Manual = MakeManual };

    static Manual MakeManual() => new()
    {
        Usage = ["[OPTION...] DIR"],
        Description = """
            `akashi protect` guards a directory into which people record their own sessions with script(1). Whoever opens a file in it, to make it or otherwise, waits until it has the
            append-only flag of chattr(1); there is no moment in which the file is there without it. It runs in the foreground until SIGTERM; `akashi-protect@.service` is its unit, which
            `akashi setup service` installs and nothing enables.
            What was in the directory before gets the flag at the start. Needs root, Linux 5.0 or later, and a file system with the flag: ext4, xfs, btrfs, tmpfs.

            THE HOLE THAT IS LEFT: who made the file, script(1) on behalf of its user, has it open already, and may write anywhere in it, over what is there, as long as
            that is open: the kernel asks for the flag when a file is opened, and for truncate(2). The user may reach that descriptor by a debugger, or record with a program of
            their own. `akashi recorder` has no such hole; `--report` says who could do so now.

            Files of directories below DIR aren't guarded. Nobody but root can remove or rename what is guarded: rotation has to be root's, after `chattr -a`.
            """,
        Options = ProtectOptions.Table.Descriptions,
        Operands = new(ValueKind.Directory),
        ExitStatus = [("0", "It guarded until it was ended; nothing to report; undone."), ("1", "It can't be done; the report has files to look at."), ("2", "An option is wrong.")],
        Examples =
        [
            ("akashi protect /var/log/script", "Guard it, in the foreground."),
            ("systemctl enable --now akashi-protect@var-log-script.service", "Guard it from now on."),
            ("akashi protect --report /var/log/script", "What nothing guarded, and who could still write."),
        ],
        Files = [(ProtectJournal.Place, "Which files it gave the flag, a journal for each directory.")],
        SeeAlso = ["akashi-recordings(1)", "chattr(1)", "script(1)", "fanotify(7)"],
    };

    static int Run(Invocation invocation)
    {
        var typed = new ProtectOptions();
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(invocation.Output);
        string? fault = ProtectOptions.Table.Parse(invocation.Arguments, typed, ProtectOptions.TakeOperand) ?? (typed.WantsHelp ? null : typed.FindFault());
        if (fault is not null)
            return WrongUsage.Refuse(invocation, "akashi protect", fault);

        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "protect");

        string directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(typed.Directory!));
        using var journal = new ProtectJournal(invocation.Host.Files, directory);
        if (typed.IsReport)
            return new ProtectReport(invocation.Host, directory, journal).Write(output);
        return typed.IsUndo ? Undo(directory, journal, output, error) : Guard(invocation, directory, journal, error);
    }

    static int Guard(Invocation invocation, string directory, ProtectJournal journal, Utf8Output error)
    {
        using DirectoryGuard guard = DirectoryGuard.Begin(invocation.Host, directory, journal, line => Say(error, line));
        using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, guard.Stop);
        using IDisposable onInterrupt = invocation.Signals.On(Signal.Interrupt, guard.Stop);
        guard.Run(() =>
        {
            Say(error, string.Create(CultureInfo.InvariantCulture, $"guards {directory}; {guard.ProtectedCount} files were given the flag"));
            ServiceManager.Notify("READY=1");
        });
        return 0;
    }

    static int Undo(string directory, ProtectJournal journal, Utf8Output output, Utf8Output error)
    {
        journal.Hold();
        (int cleared, IReadOnlyList<string> faults) = ProtectUndo.Clear(directory, journal.Read());
        foreach (string fault in faults)
            Say(error, fault);
        if (faults.Count == 0)
            journal.Remove();
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{cleared} files of {directory} have no append-only flag any more\n"));
        return faults.Count == 0 ? 0 : 1;
    }

    static void Say(Utf8Output error, string line)
    {
        lock (error)
        {
            error.Write("akashi protect: "u8);
            error.WriteEscaped(Encoding.UTF8.GetBytes(line));
            error.EndLine();
        }
    }
}
