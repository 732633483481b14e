using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup privilege</c>.</summary>
static class PrivilegeSetup
{
    // Roots of other systems: their programs give rights there, to those inside, and change with every image.
    static readonly string[] s_otherRoots =
    [
        "/proc", "/sys", "/dev", "/snap", "/var/lib/snapd", "/var/lib/docker", "/var/lib/containers", "/var/lib/containerd", "/var/lib/kubelet", "/var/lib/machines",
        "/var/lib/lxc", "/var/lib/lxd", "/var/lib/incus", "/var/lib/libvirt", "/var/lib/flatpak",
    ];

    public static SetupKind Kind { get; } = new(
        "privilege", "", "records people starting programs that give rights: set-user-id, set-group-id and file capabilities, as found on this machine", [], Plan, Finish);

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        List<PrivilegedProgram> programs = Find(machine, plan);
        if (programs.Count == 0)
            plan.Refuse(SetupMessage.NoPrivilege, "no program that gives rights is found on this machine");
        FileState before = machine.Look(PrivilegeRules.Path);
        string text = PrivilegeRules.Write(programs, machine.Machine);
        plan.Add(new FileChange(PrivilegeRules.Path, before, before.WithBytes(Encoding.UTF8.GetBytes(text)), "records people starting programs that give rights"));
        BootRules.NoteIfNothingLoads(machine, plan);
        return plan;
    }

    static List<PrivilegedProgram> Find(SetupMachine machine, SetupPlan plan)
    {
        var search = new ProgramSearch(machine.Root, (path, isOtherDevice) =>
            !s_otherRoots.Contains(path) && !path.EndsWith("/.local/share/containers", StringComparison.Ordinal)
            && !path.EndsWith("/.local/share/docker", StringComparison.Ordinal) && (machine.IsThis ? machine.Mounts.IsSearched(path) : !isOtherDevice))
        {
            Lasts = path => machine.Mounts.FindVolatile(path) is null,
        };
        var selection = new PrivilegeSelection(plan, machine.Mounts);
        foreach (RightsGivingFile file in search.Find())
        {
            if (Describe(machine, file) is { } reason)
                selection.Take(file, reason);
        }

        NoteLimits(search, plan);
        return selection.End();
    }

    static void NoteLimits(ProgramSearch search, SetupPlan plan)
    {
        if (search.IsCut)
            plan.Warn(SetupMessage.SearchCut, string.Create(CultureInfo.InvariantCulture, $"the search ended after {search.NamesMax} names: programs behind it have no rule"));
        if (search.UnreadableCount > 0)
            plan.Note(SetupMessage.SearchCut, string.Create(CultureInfo.InvariantCulture, $"{search.UnreadableCount} names of {search.NameCount} could not be read: gone since, or not UTF-8, or not ours to read"));
    }

    static string? Describe(SetupMachine machine, RightsGivingFile file)
    {
        var reasons = new List<string>();
        if (ProgramSearch.GivesUser(file.Status.Mode))
            reasons.Add($"runs as {NameOf(machine, file.Status.Uid, machine.Host.Accounts.FindUserName)} (set-user-id)");
        if (ProgramSearch.GivesGroup(file.Status.Mode))
            reasons.Add($"runs with the group {NameOf(machine, file.Status.Gid, machine.Host.Accounts.FindGroupName)} (set-group-id)");
        if (FileCapabilities.Names(file.Capabilities) is { } names)
            reasons.Add($"gets {names} (file capabilities)");
        return reasons.Count > 0 ? string.Join(", ", reasons) : null;
    }

    // Accounts of an image aren't those of this machine.
    static string NameOf(SetupMachine machine, uint id, Func<uint, string?> find) =>
        id == 0 ? "root" : (machine.IsThis ? find(id) : null) ?? id.ToString(CultureInfo.InvariantCulture);

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (!KernelLoad.Load(machine, PrivilegeRules.Path, outcome))
            return false;
        if (outcome.IsUndo)
            return true;
        machine.Print("not verified by an event: starting such a program would be somebody's act; the kernel holds the rules");
        machine.Print($"see it: ausearch -i -k {PrivilegeRules.Key}");
        return true;
    }
}
