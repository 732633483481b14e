using System.Text;
using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup software</c>.</summary>
static class SoftwareSetup
{
    public static SetupKind Kind { get; } = new(
        "software", "", "records what installs, upgrades and removes software: the package managers found on this machine", [], Plan, Finish);

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        IReadOnlyList<FoundManager> managers = FindManagers(machine, plan);
        IReadOnlyList<WatchedPath> places = FindPlaces(machine);
        if (managers.Count == 0 && places.Count == 0)
            plan.Refuse(SetupMessage.NoManager, "no package manager is found on this machine");
        FileState before = machine.Look(SoftwareRules.Path);
        string text = SoftwareRules.Write(managers, places, machine.Machine);
        plan.Add(new FileChange(SoftwareRules.Path, before, before.WithBytes(Encoding.UTF8.GetBytes(text)), "records what changes software"));
        BootRules.NoteIfNothingLoads(machine, plan);
        return plan;
    }

    static List<FoundManager> FindManagers(SetupMachine machine, SetupPlan plan)
    {
        var found = new List<(string Program, string Name)>();
        string[] directories = [.. SoftwareRules.ProgramDirectories.SelectMany(directory => Expand(machine, directory)).Where(directory => machine.Resolve(directory) is not null)];
        foreach (string name in SoftwareRules.ProgramNames)
        {
            foreach (string directory in directories)
            {
                string path = $"{directory}/{name}";
                if (machine.KindOf(path) != FileKind.Regular || machine.Resolve(path) is not { } program || LeadsOutOfHome(machine, path, program))
                    continue;

                // Where /bin is a link to /usr/bin the same name is there twice.
                string shown = machine.Resolve(directory) is { } real ? $"{real}/{name}" : path;
                if (SoftwareRules.SharedPrograms.Contains(Path.GetFileName(program).TrimEnd("0123456789.".ToCharArray())) || SoftwareRules.SharedPrograms.Contains(Path.GetFileName(program)))
                    plan.Note(SetupMessage.ManagerShared, $"{shown} is {program}, which is many commands in one: no rule is made for it");
                else if (FileRules.WhyUnusable(program) is null && machine.Mounts.FindVolatile(program) is null)
                    found.Add((program, shown));
            }
        }

        return [.. found.GroupBy(pair => pair.Program).Select(group => new FoundManager([.. group.Select(pair => pair.Name).Distinct()], group.Key))];
    }

    static List<WatchedPath> FindPlaces(SetupMachine machine)
    {
        var found = new List<WatchedPath>();
        foreach (string place in SoftwareRules.Places.SelectMany(place => Expand(machine, place)))
        {
            if (machine.Resolve(place) is { } path && found.All(other => other.Path != path) && !LeadsOutOfHome(machine, place, path) && FileRules.WhyUnusable(path) is null
                && machine.Mounts.FindVolatile(path) is null)
                found.Add(new WatchedPath(path, machine.KindOf(path) == FileKind.Directory));
        }

        return found;
    }

    // What people link to in their own directories is theirs to choose: a watch of /usr, say, would fill the trail.
    static bool LeadsOutOfHome(SetupMachine machine, string path, string resolved) =>
        path.Split('/') is ["", "home", var user, ..] && machine.Resolve($"/home/{user}") is var home && !resolved.StartsWith(home + "/", StringComparison.Ordinal);

    // One name of the path may end in a star.
    static IEnumerable<string> Expand(SetupMachine machine, string place)
    {
        string[] names = place.Split('/');
        int star = Array.FindIndex(names, name => name.EndsWith('*'));
        if (star < 0)
            return [place];
        string directory = string.Join('/', names[..star]), start = names[star].TrimEnd('*');
        return machine.List(directory).Where(name => name.StartsWith(start, StringComparison.Ordinal))
            .Select(name => string.Join('/', [directory, name, .. names[(star + 1)..]]));
    }

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (!KernelLoad.Load(machine, SoftwareRules.Path, outcome))
            return false;
        if (outcome.IsUndo)
            return true;
        if (FindPlaces(machine) is [var place, ..])
            machine.Print(SetupProbe.VerifyAccess(machine, place.Path, "a", SoftwareRules.Key));
        machine.Print("see it: akashi report software");
        return true;
    }
}
