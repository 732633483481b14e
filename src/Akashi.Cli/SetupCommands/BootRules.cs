using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Whether the files of /etc/audit/rules.d are loaded when the machine boots.</summary>
static class BootRules
{
    static readonly string[] s_units = ["audit-rules.service", "auditd.service"];
    static readonly string[] s_wants = ["sysinit.target.wants", "multi-user.target.wants", "basic.target.wants", "default.target.wants"];
    static readonly string[] s_places = ["/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"];

    /// <summary>The unit or script that loads them; null for none.</summary>
    public static string? FindLoader(SetupMachine machine)
    {
        IEnumerable<string> links = s_places.SelectMany(place => s_wants.SelectMany(wants => s_units.Select(unit => $"{place}/{wants}/{unit}")));
        if (links.FirstOrDefault(link => machine.Look(link).Kind != FileStateKind.Missing && !IsMasked(machine, Path.GetFileName(link))) is { } found)
            return Path.GetFileName(found);
        return machine.List("/etc/rc2.d").Concat(machine.List("/etc/runlevels/default")).FirstOrDefault(name => name.EndsWith("auditd", StringComparison.Ordinal) && !name.StartsWith('K'));
    }

    /// <summary>Adds a note where nothing does.</summary>
    public static void NoteIfNothingLoads(SetupMachine machine, SetupPlan plan)
    {
        if (FindLoader(machine) is null)
            plan.Note(SetupMessage.NothingLoadsRules, "nothing loads the rules when the machine boots: no audit-rules.service, no auditd.service is enabled", $"akashi setup service{machine.RootOption}");
    }

    static bool IsMasked(SetupMachine machine, string unit) => machine.Look($"/etc/systemd/system/{unit}") is { Kind: FileStateKind.Link, Target: "/dev/null" };
}
