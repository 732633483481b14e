using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Whose logins are recorded, of those named: who can't be, and why.</summary>
/// <param name="machine">The machine.</param>
/// <param name="typed">What was typed.</param>
/// <param name="plan">Where it's said.</param>
sealed class LoginSelection(SetupMachine machine, SetupOptions typed, SetupPlan plan)
{
    static readonly string[] s_noLoginShells = ["nologin", "false"];

    readonly string _groupText = machine.Text("/etc/group") ?? "";

    /// <summary>The accounts of /etc/passwd.</summary>
    public IReadOnlyList<PasswdEntry> Accounts { get; } = PasswdEntry.Parse(machine.Text(RecordedLogins.PasswdPath) ?? "");

    /// <summary>Those of them whose logins are recorded.</summary>
    public List<PasswdEntry> Chosen { get; } = [];

    /// <summary>Users that a directory server knows, and whose logins sshd has recorded.</summary>
    public List<string> Foreign { get; } = [];

    bool IsProfile => typed.Way == "profile";

    /// <summary>Chooses.</summary>
    public void Choose()
    {
        HashSet<string> spared = [.. MembersOf(typed.BreakGlassGroup).Select(user => user.Name)];
        foreach (string name in typed.Users)
        {
            if (CommandRules.WhyUnusable(name) is { } why)
                plan.Refuse(SetupMessage.UserNameUnusable, $"'{name}': {why}");
            else if (Accounts.FirstOrDefault(user => user.Name == name) is { } user)
                Take(user, spared, isNamed: true);
            else
                TakeForeign(name);
        }

        foreach (string name in typed.Groups)
        {
            if (CommandRules.WhyUnusable(name) is { } why)
                plan.Refuse(SetupMessage.UserNameUnusable, $"'{name}': {why}");
            foreach (PasswdEntry user in MembersOf(name).Where(user => !Chosen.Contains(user)))
                Take(user, spared, isNamed: false);
        }

        if (typed.Groups.Count > 0 && typed.Way != "force-command")
            plan.Note(SetupMessage.NewMembers, $"who becomes a member of {string.Join(", ", typed.Groups)} later isn't recorded until this setup runs again");
        if (Chosen.Count + Foreign.Count == 0 && typed.Way != "force-command" && !plan.Diagnostics.HasErrors)
            plan.Refuse(SetupMessage.LoginsNone, "nobody is left whose sessions could be recorded");
    }

    IEnumerable<PasswdEntry> MembersOf(string name)
    {
        if (name.Length == 0)
            return [];
        if (GroupEntry.Find(_groupText, name) is { } group)
            return group.MembersOf(Accounts);
        if (!machine.IsThis || !machine.Host.Accounts.TryFindGroup(name, out _))
            plan.Refuse(SetupMessage.GroupUnknown, $"there is no group '{name}'");
        else if (name == typed.BreakGlassGroup || typed.Way != "force-command")
            plan.Refuse(SetupMessage.LoginNotLocal, $"group '{name}' isn't in /etc/group: who its members are isn't known here", "name them by --users, or --way force-command, where sshd asks");
        return [];
    }

    void Take(PasswdEntry user, HashSet<string> spared, bool isNamed)
    {
        (SetupMessage Message, string Text, string? Hint)? fault = FindFault(user, spared);
        if (fault is not { } found)
        {
            Chosen.Add(user);
            if (!IsProfile && machine.KindOf(user.Home) != FileKind.Directory)
                plan.Note(SetupMessage.LoginHomeMissing, $"{user.Name} has no home directory ({user.Home}): a session begins in /, and what its keys allow can't be looked at");
        }
        else if (isNamed)
        {
            plan.Refuse(found.Message, found.Text, found.Hint);
        }
        else
        {
            plan.Note(found.Message, found.Text + ": left as it is");
        }
    }

    (SetupMessage Message, string Text, string? Hint)? FindFault(PasswdEntry user, HashSet<string> spared)
    {
        if (s_noLoginShells.Contains(Path.GetFileName(user.Shell)))
            return (SetupMessage.LoginNotPossible, $"nobody logs in as {user.Name}: its shell is {user.Shell}", null);
        if (spared.Contains(user.Name))
            return (SetupMessage.LoginBreakGlass, $"{user.Name} is a member of {typed.BreakGlassGroup}, the break-glass group", "leave the name out");
        if (user.Uid == 0 && !IsProfile)
            return (SetupMessage.LoginOfRoot, $"{user.Name} is root: it must get in when the recorder doesn't work",
                "let people log in as themselves and use sudo, which is recorded; --way profile records root's logins where it can");
        if (!IsProfile && Accounts.FirstOrDefault(other => other.Uid == user.Uid && other.Name != user.Name) is { } twin)
            return (SetupMessage.LoginUidShared, $"{user.Name} and {twin.Name} are the same user for the kernel (uid {user.Uid}): whose shell would it be", null);
        if (user.Shell != RecordedLogins.ShellPath && machine.KindOf(user.Shell) != FileKind.Regular)
            return (SetupMessage.LoginShellMissing, $"{user.Name}'s shell {user.Shell} isn't there: nobody logs in as it", null);
        return null;
    }

    void TakeForeign(string name)
    {
        if (!machine.TryFindUser(name, out _))
            plan.Refuse(SetupMessage.UserUnknown, $"there is no user '{name}'");
        else if (typed.Way == "shell")
            plan.Refuse(SetupMessage.LoginNotLocal, $"{name} isn't in /etc/passwd (a directory server has it): its login shell can't be changed here", "--way force-command has sshd do it");
        else
            Foreign.Add(name);
    }
}
