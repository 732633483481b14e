using System.Text;
using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup commands --users NAMES [--tty]</c>.</summary>
static class CommandsSetup
{
    static readonly string[] s_services = ["sshd", "login"];

    /// <summary>The services whose sessions are recorded.</summary>
    public static IReadOnlyList<string> Services => s_services;

    static readonly string[] s_moduleDirectories =
        ["/lib/security", "/lib64/security", "/usr/lib/security", "/usr/lib64/security", "/usr/lib/pam", "/usr/lib/x86_64-linux-gnu/security", "/usr/lib/aarch64-linux-gnu/security"];

    public static SetupKind Kind { get; } = new(
        "commands", "", "records every program that named people start, and with --tty their keystrokes", SetupOptions.OfCommands, Plan, Finish)
    {
        FindMissing = typed => typed.Users.Count == 0 ? ("whose commands: --users is missing", $"akashi setup commands{SetupOptions.RootOptionOf(typed.Root)} --users NAME,NAME") : null,
    };

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        var users = new List<UserAccount>();
        foreach (string name in typed.Users)
        {
            if (CommandRules.WhyUnusable(name) is { } why)
                plan.Refuse(SetupMessage.UserNameUnusable, $"'{name}': {why}");
            else if (machine.TryFindUser(name, out uint uid))
                users.Add(new UserAccount(name, uid));
            else
                plan.Refuse(SetupMessage.UserUnknown, $"there is no user '{name}'");
        }

        if (plan.Diagnostics.HasErrors)
            return plan;
        FileState before = machine.Look(CommandRules.Path);
        string text = CommandRules.Write(users, machine.Machine);
        plan.Add(new FileChange(CommandRules.Path, before, before.WithBytes(Encoding.UTF8.GetBytes(text)), "records every program that they start"));
        if (typed.IsTty)
            PlanKeystrokes(machine, typed, plan);
        else
            NoteKeystrokesKept(machine, plan);
        plan.Note(SetupMessage.LoginUidImmutable, "root can change the login user (auid) of a process; --loginuid-immutable in a rule file forbids it until the next boot, "
            + "and breaks programs that start sessions inside sessions (containers, some job schedulers)");
        plan.Note(SetupMessage.RulesImmutable, "root can take rules away; -e 2 as the last line of the last rule file locks them until the next boot");
        BootRules.NoteIfNothingLoads(machine, plan);
        return plan;
    }

    static void PlanKeystrokes(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        if (!s_moduleDirectories.Any(directory => machine.KindOf($"{directory}/{PamTtyAudit.Module}") == FileKind.Regular))
        {
            plan.Refuse(SetupMessage.PamModuleMissing, $"{PamTtyAudit.Module} is not on this machine", "install libpam-modules (Debian, Ubuntu) or pam (Fedora, RHEL)");
            return;
        }

        string[] present = [.. s_services.Where(service => machine.Text($"/etc/pam.d/{service}") is not null)];
        foreach (string service in s_services.Except(present))
            plan.Note(SetupMessage.PamServiceMissing, $"there is no /etc/pam.d/{service}: nothing to change for it");
        if (present.Length == 0)
            plan.Refuse(SetupMessage.PamServiceMissing, "neither sshd nor login has a file in /etc/pam.d: there is no login to record");
        foreach (string service in present)
            PlanService(machine, typed, plan, service);
        plan.Warn(SetupMessage.Keystrokes, "keystrokes are recorded as typed: passwords that a program reads with echo off are left out only as long as log_passwd isn't set; "
            + "what is typed into other programs (a mail, a token on a command line) is in the trail, which only root should read");
        if (typed.IsStrict)
            plan.Warn(SetupMessage.StrictLocksOut, "--strict: where the kernel refuses (a container, audit=0) nobody can log in through these services any more");
    }

    // Of an earlier run with --tty: without it the line stays, and so do the people that it names.
    static void NoteKeystrokesKept(SetupMachine machine, SetupPlan plan)
    {
        foreach (string service in s_services)
        {
            if (machine.Text($"/etc/pam.d/{service}") is { } text && PamTtyAudit.FindOwnUsers(text) is { } users)
                plan.Note(SetupMessage.Keystrokes, $"keystrokes of {users} stay recorded: the line in /etc/pam.d/{service} is of an earlier run with --tty, and stays",
                    $"akashi setup commands{machine.RootOption} --undo takes it away, with the rules; then set up again without --tty");
        }
    }

    static void PlanService(SetupMachine machine, SetupOptions typed, SetupPlan plan, string service)
    {
        string path = machine.Resolve($"/etc/pam.d/{service}")!, text = machine.Text(path)!;
        if (PamTtyAudit.FindOther(text) is { } other)
        {
            plan.Warn(SetupMessage.PamOtherLine, $"{path} has a line of its own for {PamTtyAudit.Module} ({other.Arguments}): it is left as it is", "take it away, or add the users to its enable=");
            if (other.Arguments.Contains("log_passwd", StringComparison.Ordinal))
                plan.Warn(SetupMessage.PasswordsLogged, $"log_passwd in {path}: passwords typed at prompts, of sudo and ssh too, are in the trail in clear", "take log_passwd away");
            return;
        }

        string? made = PamTtyAudit.Insert(text, typed.Users, typed.IsStrict, name => machine.Text(name.StartsWith('/') ? name : $"/etc/pam.d/{name}"));
        if (made is null)
        {
            plan.Refuse(SetupMessage.PamLoginUidMissing, $"{path} doesn't call pam_loginuid.so: records of its sessions would name nobody", $"add to {path}: session required pam_loginuid.so");
            return;
        }

        FileState before = machine.Look(path);
        plan.Add(new FileChange(path, before, before.WithBytes(Encoding.UTF8.GetBytes(made)), "keystrokes of these people become TTY records, from their next login on"));
    }

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (!KernelLoad.Load(machine, CommandRules.Path, outcome))
            return false;
        if (outcome.IsUndo)
            return true;
        foreach (string user in typed.Users)
        {
            if (machine.TryFindUser(user, out uint uid))
                machine.Print(SetupProbe.VerifyCommand(machine, user, uid));
        }

        machine.Print($"see it: akashi report commands --user {typed.Users[0]}, or ausearch -k {CommandRules.KeyOf(typed.Users[0])}");
        return true;
    }
}
