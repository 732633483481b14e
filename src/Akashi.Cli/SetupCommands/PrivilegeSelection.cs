using System.Globalization;
using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Which of the programs found get a rule: those that give most first, and none whose directory somebody else may take away, or the next boot.</summary>
/// <remarks>
/// Anybody may make set-user-id files of his own, as many as he likes: they mustn't push root's out. And the kernel refuses a rule whose directory is gone, at which
/// auditctl -R ends: who can take the directory away could take away all rules behind that one, too.
/// </remarks>
/// <param name="plan">Where what gets none is told.</param>
/// <param name="mounts">Tells which places the next boot empties.</param>
sealed class PrivilegeSelection(SetupPlan plan, MountTable mounts)
{
    const int ProgramsMax = 500;
    const int NamesToldMax = 5;

    readonly List<(Origin Origin, PrivilegedProgram Program)> _taken = [];
    readonly List<string> _unsafe = [];
    readonly List<string> _volatile = [];
    int _peoplesCount;

    // Who made the file what it is, and so how much it can give.
    enum Origin
    {
        Root,
        System,
        Person,
    }

    /// <summary>Takes a program that was found.</summary>
    public void Take(RightsGivingFile file, string reason)
    {
        Origin origin = OriginOf(file);
        string? fault = FileRules.WhyUnusable(file.Path);
        if (origin == Origin.Person && (fault is not null || !file.IsInRootsDirectories))
            _peoplesCount++;
        else if (fault is not null)
            plan.Note(SetupMessage.PathUnusable, $"'{file.Path}' {reason}, and gets no rule: {fault}");
        else if (mounts.FindVolatile(file.Path) is not null)
            _volatile.Add($"'{file.Path}' {reason}");
        else if (!file.IsInRootsDirectories)
            _unsafe.Add($"'{file.Path}' {reason}");
        else
            _taken.Add((origin, new PrivilegedProgram(file.Path, reason)));
    }

    /// <summary>Ends it, and says who gets no rule.</summary>
    /// <returns>The programs, by path; at most 500.</returns>
    public List<PrivilegedProgram> End()
    {
        if (_peoplesCount > 0)
        {
            plan.Note(SetupMessage.ProgramsOfPeople, Text(
                $"{_peoplesCount} programs of people, who may give their own rights away, get no rule: they stand in directories that others than root may change, or under names that no rule can have"));
        }

        if (_unsafe.Count > 0)
        {
            plan.Warn(
                SetupMessage.ProgramsUnsafe,
                Text($"{_unsafe.Count} programs stand in directories that others than root may take away, and get no rule: {Some(_unsafe)}"),
                "move them to a directory of root's: the kernel refuses a rule whose directory is gone, and at boot all rules behind it would be missing");
        }

        if (_volatile.Count > 0)
        {
            plan.Warn(
                SetupMessage.PathVolatile,
                Text($"{_volatile.Count} programs stand where the next boot leaves nothing (/tmp, /run, file systems in memory), and get no rule: {Some(_volatile)}"),
                "look at them, such programs are seldom meant there; one that is meant belongs into a directory that stays");
        }

        int rootsCount = _taken.Count(taken => taken.Origin == Origin.Root);
        if (rootsCount > ProgramsMax)
            plan.Refuse(SetupMessage.SearchCut, Text($"{rootsCount} programs of root's are found, and {ProgramsMax} rules are the most: no choice is made among them"), "that many are seldom meant: find / -xdev -perm /6000 -user 0");
        else if (_taken.Count > ProgramsMax)
            plan.Warn(SetupMessage.SearchCut, Text($"{_taken.Count} such programs are found: {_taken.Count - ProgramsMax} that give least get no rule"), "that many are seldom meant: find / -xdev -perm /6000");
        return [.. _taken.OrderBy(taken => taken.Origin).ThenBy(taken => taken.Program.Path, StringComparer.Ordinal).Take(ProgramsMax)
            .Select(taken => taken.Program).OrderBy(program => program.Path, StringComparer.Ordinal)];
    }

    static string Some(List<string> names) => string.Join("; ", names.Take(NamesToldMax)) + (names.Count > NamesToldMax ? "; …" : "");

    // By the owner: of a group that a person is in he may make files, too. Capabilities of revision 3 hold in a user namespace alone, and its owner may set them.
    static Origin OriginOf(RightsGivingFile file)
    {
        bool isCapable = FileCapabilities.Names(file.Capabilities) is not null && file.Capabilities[3] != 3;
        return file.Status.Uid == 0 || isCapable ? Origin.Root
            : file.Status.Uid < ProgramSearch.FirstPersonsId ? Origin.System
            : Origin.Person;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
