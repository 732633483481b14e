using Akashi.Configuration;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Which files each setup changes: a journal that names others was not written by it.</summary>
static class SetupReach
{
    static readonly string[] s_shared = ["/share/man/man", "/share/bash-completion/completions/", "/share/zsh/site-functions/", "/share/fish/vendor_completions.d/"];

    static readonly string[] s_units = [AuditService.DaemonUnit, AuditService.RulesUnit, AuditService.ProtectUnit];

    /// <summary>Whether a setup may change a file.</summary>
    public static bool MayWrite(string setup, string path, SetupMachine machine) => setup switch
    {
        "files" => path == FileRules.Path,
        "privilege" => path == PrivilegeRules.Path,
        "software" => path == SoftwareRules.Path,
        "remote" => RemoteSetup.MayWrite(path),
        "commands" => path == CommandRules.Path || CommandsSetup.Services.Any(service =>
            path == $"/etc/pam.d/{service}" || path == machine.Resolve($"/etc/pam.d/{service}")),
        "sessions" => path is LoginShells.Path or RecordedLogins.PasswdPath or RecordedLogins.ShellsPath or RecordedLogins.ConfigurationPath or RecordedLogins.DropInPath
            or RecordedLogins.ProfilePath or RecordedLogins.ProgramPath or RecordedLogins.ShellPath
            || (path.StartsWith(AuditService.UnitDirectory + "/", StringComparison.Ordinal) && Path.GetFileName(path) is RecordedLogins.Unit or RecordedLogins.SocketUnit),
        _ => path is AuditService.ConfigurationPath or AuditService.BaseRulesPath or JournalAudit.DropInPath || IsUnit(path) || IsBelowPrefix(path),
    };

    static bool IsUnit(string path) => path.StartsWith(AuditService.UnitDirectory + "/", StringComparison.Ordinal) && s_units.Contains(Path.GetFileName(path));

    // Of any prefix, and of the names that other versions of the program have.
    static bool IsBelowPrefix(string path) =>
        Path.GetDirectoryName(path)!.EndsWith("/sbin", StringComparison.Ordinal) || path.EndsWith("/bin/akashi", StringComparison.Ordinal) || s_shared.Any(place => path.Contains(place, StringComparison.Ordinal));
}
