using System.Text;

namespace Akashi.Setup;

/// <summary>The files of a machine that records by itself: programs, units, where they're wanted, settings.</summary>
/// <remarks>
/// <code>
/// PREFIX/sbin/akashi                                              the program; the classic names beside it are hard links to it
/// PREFIX/bin/akashi                                               a link to it, for people's PATH
/// PREFIX/sbin/akashi-login-shell                                  for akashi setup sessions
/// PREFIX/share/man, bash-completion, zsh, fish                    manual pages, completion
/// /etc/systemd/system/auditd.service, audit-rules.service         there units stand before those of packages, systemd.unit(5)
/// /etc/systemd/system/akashi-protect@.service                     not enabled
/// /etc/systemd/system/multi-user.target.wants/auditd.service      what systemctl enable makes
/// /etc/systemd/system/sysinit.target.wants/audit-rules.service
/// /etc/systemd/journald.conf.d/zz-akashi.conf                     only where journald's start would switch the kernel's audit off
/// /etc/audit/auditd.conf, /etc/audit/rules.d/10-base.rules        only where there are none
/// </code>
/// No file of a package is touched: where a distribution's auditd is installed, its unit is covered and its programs come later in PATH.
/// </remarks>
/// <param name="prefix">Programs go into its sbin.</param>
public sealed class AuditService(string prefix)
{
    /// <summary>Where units of the administrator are.</summary>
    public const string UnitDirectory = "/etc/systemd/system";

    /// <summary>The daemon's unit, under the name that everybody restarts.</summary>
    public const string DaemonUnit = "auditd.service";

    /// <summary>The unit that loads rules.</summary>
    public const string RulesUnit = "audit-rules.service";

    /// <summary>The unit of akashi protect, a template: nothing enables it.</summary>
    public const string ProtectUnit = "akashi-protect@.service";

    /// <summary>The settings.</summary>
    public const string ConfigurationPath = "/etc/audit/auditd.conf";

    /// <summary>What every set of rules begins with.</summary>
    public const string BaseRulesPath = "/etc/audit/rules.d/10-base.rules";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode ReadByGroup = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    const UnixFileMode SettingsMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    const UnixFileMode ProgramMode = ReadByGroup | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Where the program goes.</summary>
    public string ProgramPath => $"{prefix}/sbin/akashi";

    /// <summary>Where people find it, for <c>akashi record</c>, <c>replay</c> and <c>status</c>.</summary>
    string UserPath => $"{prefix}/bin/akashi";

    /// <summary>Where another name of it goes.</summary>
    public string PathOf(string name) => $"{prefix}/sbin/{name}";

    /// <summary>The programs: one file and its names.</summary>
    /// <param name="bytes">The program.</param>
    /// <param name="names">The classic names.</param>
    /// <param name="shell">The login shell of recorded sessions, which <c>akashi setup sessions</c> looks for beside the program; null for none.</param>
    /// <param name="look">What stands under a path.</param>
    public IEnumerable<FileChange> Programs(byte[] bytes, IEnumerable<string> names, byte[]? shell, Func<string, FileState> look)
    {
        var program = FileState.File(bytes, ProgramMode);
        yield return new FileChange(ProgramPath, look(ProgramPath), program, "the program");
        foreach (string name in names)
            yield return new FileChange(PathOf(name), look(PathOf(name)), program with { OtherName = ProgramPath }, "the program under its classic name");
        yield return new FileChange(UserPath, look(UserPath), FileState.Link("../sbin/akashi"), "for everybody: sbin isn't where people's commands are looked for");
        string shellPath = PathOf(Path.GetFileName(RecordedLogins.ShellPath));
        if (shell is not null)
            yield return new FileChange(shellPath, look(shellPath), FileState.File(shell, ProgramMode), "for setup sessions: what a recorded session runs as");
    }

    /// <summary>The manual pages, and what completes command lines in bash, zsh and fish.</summary>
    /// <param name="shipped">Names below packaging with their bytes: <c>man/auditctl.8</c>, <c>completion/bash/akashi</c>, …</param>
    /// <param name="names">The classic names: bash looks for a file of each.</param>
    /// <param name="look">What stands under a path.</param>
    public IEnumerable<FileChange> Shared(IEnumerable<(string Name, byte[] Bytes)> shipped, IEnumerable<string> names, Func<string, FileState> look)
    {
        const string Bash = "share/bash-completion/completions/";
        foreach ((string name, byte[] bytes) in shipped)
        {
            string file = name[(name.LastIndexOf('/') + 1)..];
            string place = name.StartsWith("man/", StringComparison.Ordinal) ? $"share/man/man{file[^1]}/"
                : name.StartsWith("completion/bash/", StringComparison.Ordinal) ? Bash
                : name.StartsWith("completion/zsh/", StringComparison.Ordinal) ? "share/zsh/site-functions/"
                : "share/fish/vendor_completions.d/";
            string path = $"{prefix}/{place}{file}";
            yield return new FileChange(path, look(path), FileState.File(bytes), place.StartsWith("share/man", StringComparison.Ordinal) ? "its manual" : "completes its command lines") { IsShipped = true };
        }

        foreach (string name in names)
        {
            string path = $"{prefix}/{Bash}{name}";
            yield return new FileChange(path, look(path), FileState.Link("akashi"), "completes its command lines") { IsShipped = true };
        }
    }

    /// <summary>The units, and the links that have them started at boot.</summary>
    /// <param name="daemon">The text of auditd.service, with @PREFIX@ in it.</param>
    /// <param name="rules">The text of audit-rules.service.</param>
    /// <param name="look">What stands under a path.</param>
    public IEnumerable<FileChange> Units(string daemon, string rules, Func<string, FileState> look)
    {
        foreach ((string unit, string text, string wants) in new[] { (RulesUnit, rules, "sysinit.target.wants"), (DaemonUnit, daemon, "multi-user.target.wants") })
        {
            string path = $"{UnitDirectory}/{unit}", link = $"{UnitDirectory}/{wants}/{unit}";
            byte[] bytes = Encoding.UTF8.GetBytes(text.Replace("@PREFIX@", prefix, StringComparison.Ordinal));
            yield return new FileChange(path, look(path), FileState.File(bytes), unit == DaemonUnit ? "the daemon's unit" : "the unit that loads rules at boot");
            yield return new FileChange(link, look(link), FileState.Link(path), "started at boot");
        }
    }

    /// <summary>The unit of akashi protect, which waits for who wants it.</summary>
    /// <param name="protect">The text of akashi-protect@.service, with @PREFIX@ in it.</param>
    /// <param name="look">What stands under a path.</param>
    public FileChange Protection(string protect, Func<string, FileState> look)
    {
        const string Path = $"{UnitDirectory}/{ProtectUnit}";
        return new FileChange(Path, look(Path), FileState.File(Encoding.UTF8.GetBytes(protect.Replace("@PREFIX@", prefix, StringComparison.Ordinal))), "for akashi protect; not enabled");
    }

    /// <summary>A setting of the journal, where its start would switch the kernel's audit off.</summary>
    /// <param name="look">What stands under a path.</param>
    public FileChange Journal(Func<string, FileState> look) =>
        new(JournalAudit.DropInPath, look(JournalAudit.DropInPath), FileState.File(Encoding.UTF8.GetBytes(JournalAudit.DropInText)), "systemd-journald would switch the kernel's audit off whenever it starts");

    /// <summary>The directories and settings, where there are none.</summary>
    /// <param name="configuration">The text of auditd.conf.</param>
    /// <param name="baseRules">The text of 10-base.rules; null where there are rule files already.</param>
    /// <param name="look">What stands under a path.</param>
    public IEnumerable<FileChange> Settings(string configuration, string? baseRules, Func<string, FileState> look)
    {
        foreach ((string path, UnixFileMode mode) in new[] { ("/etc/audit", ReadByGroup), ("/etc/audit/rules.d", ReadByGroup), ("/var/log/audit", OwnerOnly) })
        {
            if (look(path).Kind == FileStateKind.Missing)
                yield return new FileChange(path, FileState.Missing, FileState.Directory(mode), "for settings and trail");
        }

        if (look(ConfigurationPath).Kind == FileStateKind.Missing)
            yield return new FileChange(ConfigurationPath, FileState.Missing, FileState.File(Encoding.UTF8.GetBytes(configuration), SettingsMode), "the daemon's settings");
        if (baseRules is not null)
            yield return new FileChange(BaseRulesPath, look(BaseRulesPath), FileState.File(Encoding.UTF8.GetBytes(baseRules), SettingsMode), "what every set of rules begins with");
    }
}
