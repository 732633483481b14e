using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>What of sshd's settings, and of people's keys, stands in the way of recording their sessions.</summary>
/// <param name="machine">The machine.</param>
/// <param name="typed">What was typed.</param>
/// <param name="plan">Where it's said.</param>
sealed class SshdChecks(SetupMachine machine, SetupOptions typed, SetupPlan plan)
{
    const string MainFile = "/etc/ssh/sshd_config";
    const string DropIns = "/etc/ssh/sshd_config.d/";
    const long KeysBytesMax = 4 << 20;

    /// <summary>Checks all that concerns those who were chosen.</summary>
    public void Check(LoginSelection selection)
    {
        bool isForced = typed.Way == "force-command";
        if (isForced && !IncludesDropIns())
            plan.Refuse(SetupMessage.SshdIncludesMissing, $"{MainFile} doesn't include {DropIns}*.conf before anything else", $"put 'Include {DropIns}*.conf' at its top");
        if (!machine.IsThis)
            return;
        if (Programs.Find("sshd") is null)
        {
            if (isForced)
                plan.Refuse(SetupMessage.SshdMissing, "there is no sshd on this machine", "--way shell");
            return;
        }

        if (typed.Way == "profile")
            return;
        CheckPam();
        bool isTold = false;
        foreach (PasswdEntry user in selection.Chosen)
        {
            if (SshdSettings.Ask(machine, user.Name, out string fault) is not { } settings)
            {
                plan.Refuse(SetupMessage.SshdUnreadable, $"sshd's settings are wrong already: {fault}", "sshd -t says where");
                return;
            }

            CheckLogin(user, settings);
            if (!isTold)
                TellOnce(settings);
            isTold = true;
        }
    }

    void CheckLogin(PasswdEntry user, SshdSettings settings)
    {
        if (settings.ForcedCommand is { } command && !command.Contains(RecordedLogins.ShellPath, StringComparison.Ordinal))
            plan.Refuse(SetupMessage.ForcedCommand, $"sshd forces a command on {user.Name} already (ForceCommand {command}): it isn't to be replaced, nor run inside another", "leave the name out");
        if (settings.Chroot is { } directory)
            plan.Refuse(SetupMessage.ChrootedLogin, $"sshd locks {user.Name} into {directory} (ChrootDirectory), where there is no recorder", "leave the name out");
        if (settings.KeysCommand is { } program)
            plan.Warn(SetupMessage.ForcedKeys, $"{program} tells which keys {user.Name} has (AuthorizedKeysCommand): whether they force commands (command=) can't be seen from here");
        foreach (string file in settings.KeyFiles(user))
            CheckKeys(user, file);
    }

    void CheckKeys(PasswdEntry user, string file)
    {
        if (machine.KindOf(file) != FileKind.Regular || machine.Resolve(file) is not { } resolved)
            return;
        if (new FileInfo(machine.PathOf(resolved)).Length > KeysBytesMax)
        {
            plan.Refuse(SetupMessage.ForcedKeys, $"{file} is larger than {KeysBytesMax >> 20} MB: whether its keys force commands can't be seen");
            return;
        }

        int line = AuthorizedKeys.FindForced(machine.Text(resolved) ?? "");
        if (line == 0)
            return;
        string why = typed.Way == "force-command"
            ? "ForceCommand would stand before it, and the key could do anything"
            : "what it's for is a program's business, and none of it should change";
        plan.Refuse(SetupMessage.ForcedKeys, $"{file}:{line}: this key of {user.Name} may run one command (command=): {why}", "give that key to an account of its own, or leave the name out");
    }

    void TellOnce(SshdSettings settings)
    {
        if (settings.HasInternalSftp && typed.Way == "shell")
            plan.Warn(SetupMessage.InternalSftp, "sshd serves sftp itself (internal-sftp) and starts no shell for it: such copies leave no line", "Subsystem sftp /usr/lib/openssh/sftp-server, or --way force-command");
        TellEnvironment(settings);
        if (settings.RunsUserRc)
            plan.Note(SetupMessage.UserRc, "sshd runs ~/.ssh/rc of these people before their shell: a process that it leaves behind holds the login's terminal and may write there unrecorded; "
                + "the recording names it (held_by)", "PermitUserRC no in sshd_config keeps ~/.ssh/rc from running");
        string all = (machine.Text(MainFile) ?? "") + string.Concat(machine.List(DropIns).Select(name => machine.Text(DropIns + name)));
        if (settings.ForcedCommand is null && all.Split('\n').Any(line => line.TrimStart().StartsWith("ForceCommand", StringComparison.OrdinalIgnoreCase)
            && !line.Contains(RecordedLogins.ShellPath, StringComparison.Ordinal)))
            plan.Warn(SetupMessage.ForcedCommand, "sshd's settings force commands under a Match that a login from 127.0.0.1 doesn't meet: where it's met by these people, look at it yourself");
    }

    // In way shell the kernel has the login side ignore what concerns the loader: FileState.StartsSecurely.
    void TellEnvironment(SshdSettings settings)
    {
        const string Mend = "PermitUserEnvironment no, and AcceptEnv LANG LC_*, in sshd_config";
        bool isForced = typed.Way == "force-command";
        if (settings.FindEnvironmentHole(isForced) is not { } setting)
            return;
        if (isForced)
            plan.Refuse(SetupMessage.UserEnvironment, $"sshd lets people set LD_PRELOAD or BASH_ENV ({setting}): their shell obeys it before it starts the recorder's login side, and they aren't recorded", Mend);
        else
            plan.Note(SetupMessage.UserEnvironment, $"sshd lets people set LD_PRELOAD ({setting}): the login side takes no orders from it, unless {RecordedLogins.Library} is on a file system mounted nosuid, or without extended attributes", Mend);
    }

    void CheckPam()
    {
        string? service = machine.Text("/etc/pam.d/sshd");
        if (service is not null && PamTtyAudit.Insert(service, ["nobody"], isStrict: false, name => machine.Text(name.StartsWith('/') ? name : $"/etc/pam.d/{name}")) is null)
            plan.Warn(SetupMessage.PamLoginUidMissing, "/etc/pam.d/sshd doesn't call pam_loginuid.so: recordings have no login user and no ses", "add to it: session required pam_loginuid.so");
        if (typed.Way != "shell" || typed.ListsShell)
            return;
        string[] asking = [.. machine.List("/etc/pam.d").Where(name => name is not ("chsh" or "chfn"))
            .Where(name => (machine.Text($"/etc/pam.d/{name}") ?? "").Split('\n').Any(line => PamLine.TryParse(line, out PamLine found) && found.IsModule("pam_shells.so")))];
        if (asking.Length > 0)
            plan.Warn(SetupMessage.ListedShells, $"{string.Join(", ", asking)}: lets nobody in whose login shell isn't in /etc/shells (pam_shells)", "--list-shell puts it there; these people may then change it by chsh");
    }

    // As the first thing that counts: a Match or a ForceCommand before it would stand before ours.
    bool IncludesDropIns() => (machine.Text(MainFile) ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
        .TakeWhile(line => !line.StartsWith("Match", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("ForceCommand", StringComparison.OrdinalIgnoreCase))
        .Any(line => line.StartsWith("Include", StringComparison.OrdinalIgnoreCase) && line.Contains(DropIns + "*.conf", StringComparison.Ordinal));
}
