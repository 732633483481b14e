using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Configuration;

/// <summary>Whether what auditd.conf names is there, and safe to use by root: the log's directory, the group, the programs of exec.</summary>
public static class AuditdConfigurationPlace
{
    /// <summary>What sends letters.</summary>
    public const string MailProgram = "/usr/lib/sendmail";

    const UnixFileMode Sticky = UnixFileMode.StickyBit;
    const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode ReadRun = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Looks at all of it.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="all">The configuration.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static void Check(IHost host, AuditdConfiguration all, DiagnosticBag diagnostics)
    {
        if (all.WritesLogs)
            CheckLogDirectory(host.Files, all.LogFile, diagnostics);
        if (all.LogGroup != "root" && !host.Accounts.TryFindGroup(all.LogGroup, out _))
            Fail(diagnostics, 31, $"log_group is '{all.LogGroup}', which is no group of this machine");
        CheckMail(host, all, diagnostics);
        foreach ((string keyword, LogAction action) in all.Actions)
        {
            if (action.Program is { } program && WhyNotRun(host.Files, program) is { } reason)
                Fail(diagnostics, 32, $"{keyword}: cannot run {program}: {reason}");
            if (action.Kind == LogActionKind.Email && host.Files.KindOf(MailProgram) == FileKind.Missing)
                Fail(diagnostics, 33, $"{keyword} = email needs {MailProgram}, which is not there");
        }
    }

    /// <summary>Why root must not run a program that a configuration names; null where it may.</summary>
    public static string? WhyNotRun(IFiles files, string path)
    {
        if (!path.StartsWith('/'))
            return "it is not an absolute path";
        if (!files.TryLook(path, followsLink: false, out FileStatus status))
            return "no such file";
        if (status.IsSymbolicLink || status.Kind != FileKind.Regular)
            return "it is not a regular file";
        if (status.Uid != 0)
            return $"it is owned by user {status.Uid}, not by root";
        return (status.Mode & ~UnixFileMode.UserWrite & ~Others) == ReadRun && (status.Mode & Others) is 0 or Others
            ? null
            : $"its mode is {Octal(status.Mode)}, not 0750, 0755, 0550 or 0555";
    }

    // Only a word: a machine may start before its network does.
    static void CheckMail(IHost host, AuditdConfiguration all, DiagnosticBag diagnostics)
    {
        int at = all.MailAccount.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !all.VerifiesEmail || !all.Actions.Any(pair => pair.Action.Kind == LogActionKind.Email))
            return;
        if (host.FindAddress(all.MailAccount[(at + 1)..]) is null)
            diagnostics.Add(new Diagnostic(37, Severity.Warning, $"action_mail_acct is '{all.MailAccount}', whose domain is not known"));
    }

    // A link or a sticky directory on the way is the owner's affair, and worth a word; what others may rename is not.
    internal static void CheckLogDirectory(IFiles files, string logFile, DiagnosticBag diagnostics)
    {
        if (logFile.Split('/').Any(part => part is "." or ".."))
        {
            Fail(diagnostics, 34, $"log_file is '{logFile}': no '.' or '..' may be in it");
            return;
        }

        for (string? directory = Path.GetDirectoryName(logFile); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (!files.TryLook(directory, followsLink: true, out FileStatus status))
                Fail(diagnostics, 35, $"log_file is '{logFile}': there is no {directory}");
            else if (status.Kind != FileKind.Directory)
                Fail(diagnostics, 35, $"log_file is '{logFile}': {directory} is not a directory");
            else if (status.Uid != 0)
                Fail(diagnostics, 36, $"log_file is '{logFile}': {directory} is owned by user {status.Uid}, not by root");
            else if ((status.Mode & WrittenByOthers) != 0 && (status.Mode & Sticky) == 0)
                Fail(diagnostics, 36, $"log_file is '{logFile}': others than root can write {directory} (mode {Octal(status.Mode)})");
        }
    }

    static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);

    static void Fail(DiagnosticBag diagnostics, int number, string text) =>
        diagnostics.Add(new Diagnostic(number, Severity.Error, text));
}
