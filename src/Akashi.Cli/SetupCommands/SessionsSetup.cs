using System.Text;
using Akashi.Cli.Doctor;
using Akashi.Cli.Recorder;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup sessions --users NAMES | --groups NAMES [--way WAY]</c>.</summary>
static class SessionsSetup
{
    const string RunningSystemd = "/run/systemd/system";
    const int TriedMax = 5;
    const string Refused = ": sessions are recorded all the same, but a look at one needs its audit record, so akashi replay SESSION, replay --live and recordings --text refuse";

    public static SetupKind Kind { get; } = new(
        "sessions", "", "records the sessions of people from their login on, where they can't reach", SetupOptions.OfSessions, Plan, Finish)
    {
        FindMissing = typed => typed.Users.Count + typed.Groups.Count == 0
            ? ("whose sessions: --users or --groups is missing", $"akashi setup sessions{SetupOptions.RootOptionOf(typed.Root)} --users NAME,NAME") : null,
        TryBefore = TryBefore,
        TryAfter = TryAfter,
        Hold = () => AccountsLock.Take(),
    };

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        var selection = new LoginSelection(machine, typed, plan);
        selection.Choose();
        if (plan.Diagnostics.HasErrors)
            return plan;
        new SshdChecks(machine, typed, plan).Check(selection);
        if (plan.Diagnostics.HasErrors)
            return plan;
        foreach (FileChange change in RecordedLogins.Service(new SetupFiles("/").Look(Environment.ProcessPath!).Bytes, LoginShellFile.Read(), Packaged(RecordedLogins.Unit), Packaged(RecordedLogins.SocketUnit), typed.BreakGlassGroup, machine.Look))
            plan.Add(change);
        PlanSshd(machine, typed, plan);
        PlanProfile(machine, typed, plan, selection);

        // Last: from then on logins come to the recorder.
        PlanAccounts(machine, typed, plan, selection);
        if (machine.IsThis && machine.Host.Files.KindOf(RunningSystemd) != FileKind.Directory)
            plan.Note(SetupMessage.NoSystemd, "systemd doesn't run here: the unit is put in place, nothing is started", $"{RecordedLogins.ProgramPath} recorder starts it by hand");
        if (machine.IsThis)
            NoteLooks(machine, plan);
        return plan;
    }

    // Recordings are made all the same.
    static void NoteLooks(SetupMachine machine, SetupPlan plan)
    {
        try
        {
            using IAuditKernel kernel = machine.Host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            if (status is { Enabled: > 0, Pid: > 0 })
                return;
            plan.Note(SetupMessage.LooksRefused, (status.Enabled == 0 ? "the kernel's audit is off" : "no audit daemon runs") + Refused, "akashi setup service");
        }
        catch (KernelRequestException exception)
        {
            plan.Note(SetupMessage.LooksRefused, exception.Message + Refused);
        }
    }

    static void PlanSshd(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        FileState before = machine.Look(RecordedLogins.DropInPath);
        FileState after = typed.Way == "force-command"
            ? FileState.File(Encoding.UTF8.GetBytes(RecordedLogins.DropIn(typed.Users, typed.Groups, typed.BreakGlassGroup)))
            : FileState.Missing;
        plan.Add(new FileChange(RecordedLogins.DropInPath, before, after, after.Kind == FileStateKind.Missing ? "of another way" : "sshd starts the recorder's login side"));
        if (typed.Way == "force-command")
            plan.Note(SetupMessage.WayWeak, "force-command: logins at a console, by su and by other servers aren't recorded; what a person's shell reads first (~/.bashrc, ~/.zshenv) runs before the recorder");
    }

    static void PlanProfile(SetupMachine machine, SetupOptions typed, SetupPlan plan, LoginSelection selection)
    {
        FileState before = machine.Look(RecordedLogins.ProfilePath);
        FileState after = typed.Way == "profile"
            ? FileState.File(Encoding.UTF8.GetBytes(RecordedLogins.Profile(selection.Chosen.Select(user => user.Uid).Concat(selection.Foreign.Select(name => Uid(machine, name))))))
            : FileState.Missing;
        plan.Add(new FileChange(RecordedLogins.ProfilePath, before, after, after.Kind == FileStateKind.Missing ? "of another way" : "login shells become the recorder's login side"));
        if (typed.Way == "profile")
            plan.Warn(SetupMessage.WayWeak, "profile: whoever doesn't want to be recorded isn't: ssh -t HOST bash --noprofile, or another shell, reads no /etc/profile; it serves those who agree", "--way shell");
    }

    static uint Uid(SetupMachine machine, string name) => machine.TryFindUser(name, out uint uid) ? uid : uint.MaxValue;

    static void PlanAccounts(SetupMachine machine, SetupOptions typed, SetupPlan plan, LoginSelection selection)
    {
        string text = TextOf(machine.Look(RecordedLogins.PasswdPath));
        IReadOnlyList<LoginShellEntry> kept = LoginShells.Parse(machine.Text(LoginShells.Path) ?? "");
        string made = WithAccount(machine, plan, selection, text);
        var shells = new List<LoginShellEntry>();
        foreach (PasswdEntry user in selection.Accounts)
        {
            bool isWrapped = user.Shell == RecordedLogins.ShellPath;
            string? real = isWrapped ? kept.FirstOrDefault(entry => entry.Uid == user.Uid).Shell : user.Shell;
            bool isToBe = typed.Way == "shell" && selection.Chosen.Contains(user);
            if (real is null && (isToBe || isWrapped))
                plan.Refuse(SetupMessage.LoginShellUnknown, $"{user.Name} has {RecordedLogins.ShellPath} as login shell, but {LoginShells.Path} doesn't say which it had", $"usermod -s /bin/bash {user.Name}");
            if (isToBe && real is not null)
                shells.Add(new LoginShellEntry(user.Uid, user.Name, real));
            if (isToBe != isWrapped)
                made = PasswdEntry.WithShell(made, user.Name, isToBe ? RecordedLogins.ShellPath : real ?? user.Shell);
        }

        FileState before = machine.Look(LoginShells.Path);
        plan.Add(new FileChange(LoginShells.Path, before, shells.Count > 0 ? FileState.File(Encoding.UTF8.GetBytes(LoginShells.Write(shells))) : FileState.Missing, "their real shells"));
        PlanListing(machine, typed, plan);
        before = machine.Look(RecordedLogins.PasswdPath);
        plan.Add(new FileChange(RecordedLogins.PasswdPath, before, before.WithBytes(Encoding.Latin1.GetBytes(made)),
            shells.Count > 0 ? "their login shells, and the account of the recorder" : "the account of the recorder") { IsShared = true });
    }

    static string WithAccount(SetupMachine machine, SetupPlan plan, LoginSelection selection, string text)
    {
        PasswdEntry? account = selection.Accounts.FirstOrDefault(user => user.Name == RecordedLogins.Account);
        if (account is null)
        {
            uint free = RecordedLogins.FindFreeUid(uid => selection.Accounts.Any(user => user.Uid == uid) || (machine.IsThis && machine.Host.Accounts.FindUserName(uid) is not null));
            if (free == 0)
                plan.Refuse(SetupMessage.AccountTaken, "no number from 100 to 999 is left for the recorder's account", $"useradd --system {RecordedLogins.Account}");
            return PasswdEntry.WithLine(text, RecordedLogins.AccountLine(free));
        }

        if (account.Uid == 0 || selection.Accounts.Any(user => user.Uid == account.Uid && user != account))
            plan.Refuse(SetupMessage.AccountTaken, $"the account {account.Name} is no account of its own: its uid {account.Uid} is another's too");
        return text;
    }

    static void PlanListing(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        FileState before = machine.Look(RecordedLogins.ShellsPath);
        if (!typed.ListsShell || typed.Way != "shell" || before.Kind != FileStateKind.File || TextOf(before).Split('\n').Contains(RecordedLogins.ShellPath))
            return;
        plan.Add(new FileChange(RecordedLogins.ShellsPath, before, before.WithBytes(Encoding.Latin1.GetBytes(PasswdEntry.WithLine(TextOf(before), RecordedLogins.ShellPath))),
            "for services that ask whether a login shell is listed") { IsShared = true });
        plan.Warn(SetupMessage.ListedShells, "chsh lets these people choose another login shell from now on: then they aren't recorded", "take pam_shells.so out of the service, or chsh's set-user-id bit away");
    }

    static string? TryBefore(SetupMachine machine, SetupOptions typed)
    {
        if (typed.IsUntried || typed.Way == "profile" || Programs.Find("sshd") is null)
            return null;
        foreach (string user in Tried(machine, typed))
        {
            if (new SecondLogin(machine).FindFault(user) is { } fault)
                return $"{fault}: without any change; so it couldn't be seen whether the change is good (--untried sets it up all the same)";
        }

        return null;
    }

    // Those who will meet it: the first few of all that were named.
    static IEnumerable<string> Tried(SetupMachine machine, SetupOptions typed)
    {
        var selection = new LoginSelection(machine, typed, new SetupPlan(Kind.Name));
        selection.Choose();
        return selection.Chosen.Select(user => user.Name).Concat(selection.Foreign).Take(TriedMax);
    }

    static string? TryAfter(SetupMachine machine, SetupOptions typed)
    {
        machine.Host.Accounts.Forget();
        if (Programs.Find("sshd") is { } && typed.Way != "profile" && machine.RunProgram(Programs.Find("sshd")!, ["-t"]) != 0)
            return "sshd refuses its settings (sshd -t)";
        if (StartService(machine) is { } fault)
            return fault;
        if (typed.IsUntried || typed.Way == "profile" || Programs.Find("sshd") is null)
        {
            machine.Print("not tried: no login was made to see whether it works");
            return null;
        }

        foreach (string user in Tried(machine, typed))
        {
            if (new SecondLogin(machine).FindFault(user) is { } refused)
                return refused;
            machine.Print($"tried: {user} logs in by ssh with a terminal, without one, and for sftp");
        }

        return null;
    }

    static string? StartService(SetupMachine machine)
    {
        if (machine.Host.Files.KindOf(RunningSystemd) != FileKind.Directory)
            return null;
        machine.Flush();
        string[][] steps = [["daemon-reload"], ["start", RecordedLogins.SocketUnit], ["restart", RecordedLogins.Unit]];
        return steps.FirstOrDefault(step => machine.RunProgram("systemctl", step) != 0) is { } failed
            ? $"systemctl {string.Join(' ', failed)} failed (journalctl -u {RecordedLogins.Unit} says why)" : null;
    }

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        bool isRunning = machine.Host.Files.KindOf(RunningSystemd) == FileKind.Directory;
        machine.Flush();
        if (outcome.IsUndo)
            StopService(machine, isRunning);

        if (outcome.Changes.Any(change => change.Path == RecordedLogins.DropInPath))
            ReloadSshd(machine, isRunning);
        if (outcome.IsUndo)
            machine.Print("what was recorded stays in /var/log/akashi; sessions that go on are recorded to their end, and packed and counted as finished by the next setup");
        else
            machine.Print($"from their next login on; see it: {(IsInPath() ? "akashi" : RecordedLogins.ProgramPath)} recordings");
        return true;
    }

    // Keepers go on: sessions that are recorded now are recorded to their end. Where an earlier setup stands still, its service does.
    static void StopService(SetupMachine machine, bool isRunning)
    {
        bool hasService = machine.Look($"{AuditService.UnitDirectory}/{RecordedLogins.Unit}").Kind == FileStateKind.File;
        if (isRunning && !hasService)
            machine.RunProgram("systemctl", ["stop", RecordedLogins.SocketUnit, RecordedLogins.Unit]);
        if (isRunning)
            machine.RunProgram("systemctl", ["daemon-reload"]);
        if (isRunning && hasService)
            machine.RunProgram("systemctl", ["restart", RecordedLogins.Unit]);
        if (!hasService)
            new RecorderFacts().Forget();
    }

    static void ReloadSshd(SetupMachine machine, bool isRunning)
    {
        string? unit = new[] { "ssh.service", "sshd.service" }.FirstOrDefault(unit =>
            new[] { "/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system" }.Any(directory => machine.KindOf($"{directory}/{unit}") == FileKind.Regular));
        if (!isRunning || unit is null || machine.RunProgram("systemctl", ["try-reload-or-restart", unit]) != 0)
            machine.Say("sshd that runs has its old settings still", "kill -HUP $(cat /run/sshd.pid)");
    }

    static bool IsInPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Any(directory => File.Exists(Path.Combine(directory, "akashi")));

    static string Packaged(string name)
    {
        using Stream stream = typeof(SessionsSetup).Assembly.GetManifestResourceStream("packaging/" + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static string TextOf(FileState state) => Encoding.Latin1.GetString(state.Bytes);
}
