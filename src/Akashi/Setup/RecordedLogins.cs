using System.Globalization;
using System.Text;

namespace Akashi.Setup;

/// <summary>The files of a machine that records the sessions of people.</summary>
/// <remarks>
/// <code>
/// /usr/local/lib/akashi/akashi                          the service's program
/// /usr/local/lib/akashi/akashi-login-shell              the same at a fixed address, or another name of it; nobody but root reads it, so that what runs of it can't be traced
/// /etc/systemd/system/akashi-recorder.service           and its link in multi-user.target.wants; akashi-recorder.socket, in sockets.target.wants
/// /etc/akashi/recorder.conf                             only where there is none
/// /etc/akashi/login-shells                              the real shells; way shell
/// /etc/passwd                                           their login shells, and the account of keepers: lines, other lines are left alone
/// /etc/shells                                           with --list-shell
/// /etc/ssh/sshd_config.d/00-akashi-sessions.conf        way force-command: before others, as sshd takes the first value
/// /etc/profile.d/akashi-sessions.sh                     way profile
/// </code>
/// </remarks>
public static class RecordedLogins
{
    /// <summary>Where the programs are.</summary>
    public const string Library = "/usr/local/lib/akashi";

    /// <summary>The program.</summary>
    public const string ProgramPath = Library + "/akashi";

    /// <summary>The login shell.</summary>
    public const string ShellPath = Library + "/akashi-login-shell";

    /// <summary>The unit.</summary>
    public const string Unit = "akashi-recorder.service";

    /// <summary>The unit that listens for it.</summary>
    public const string SocketUnit = "akashi-recorder.socket";

    /// <summary>Settings of the recorder.</summary>
    public const string ConfigurationPath = "/etc/akashi/recorder.conf";

    /// <summary>Sshd's settings.</summary>
    public const string DropInPath = "/etc/ssh/sshd_config.d/00-akashi-sessions.conf";

    /// <summary>What login shells read.</summary>
    public const string ProfilePath = "/etc/profile.d/akashi-sessions.sh";

    /// <summary>Accounts.</summary>
    public const string PasswdPath = "/etc/passwd";

    /// <summary>Login shells that people may choose.</summary>
    public const string ShellsPath = "/etc/shells";

    /// <summary>The account of keepers.</summary>
    public const string Account = "akashi-recorder";

    const uint NoGroup = 65534;
    const string Made = "Made by akashi setup sessions; akashi setup sessions --undo takes it away.";

    // --x--x--x, and its owner may write: who runs it can't read it.
    const UnixFileMode RunOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Program, unit, settings: what every way needs.</summary>
    /// <param name="program">The program's bytes.</param>
    /// <param name="shell">Those of the login shell, which keepers run as too; null where it's another name of the program.</param>
    /// <param name="unit">The service's unit, with @LIBRARY@ in it.</param>
    /// <param name="socketUnit">The socket's.</param>
    /// <param name="breakGlassGroup">Whose members are never locked out; empty for none.</param>
    /// <param name="look">What stands under a path.</param>
    public static IEnumerable<FileChange> Service(byte[] program, byte[]? shell, string unit, string socketUnit, string breakGlassGroup, Func<string, FileState> look)
    {
        var file = FileState.File(program, RunOnly) with { StartsSecurely = true };
        yield return new FileChange(ProgramPath, look(ProgramPath), file, "the recorder's program");
        yield return new FileChange(ShellPath, look(ShellPath), shell is null ? file with { OtherName = ProgramPath } : file with { Bytes = shell }, "the login shell");
        foreach ((string name, string text, string wants) in new[] { (SocketUnit, socketUnit, "sockets.target.wants"), (Unit, unit, "multi-user.target.wants") })
        {
            string path = $"{AuditService.UnitDirectory}/{name}", link = $"{AuditService.UnitDirectory}/{wants}/{name}";
            yield return new FileChange(path, look(path), Text(text.Replace("@LIBRARY@", Library, StringComparison.Ordinal)), name == Unit ? "the recorder's unit" : "where logins connect");
            yield return new FileChange(link, look(link), FileState.Link(path), "started at boot");
        }

        if (look(ConfigurationPath).Kind == FileStateKind.Missing)
            yield return new FileChange(ConfigurationPath, FileState.Missing, Text(Settings(breakGlassGroup)), "what becomes of logins that can't be recorded");
    }

    /// <summary>A drop-in for sshd that has it start the recorder's login side.</summary>
    /// <param name="users">Whose logins.</param>
    /// <param name="groups">Members of which groups; where users are named too, each gets a block.</param>
    /// <param name="breakGlassGroup">Whose members are left alone; empty for none.</param>
    public static string DropIn(IReadOnlyList<string> users, IReadOnlyList<string> groups, string breakGlassGroup)
    {
        var text = new StringBuilder($"# Sessions of these people are recorded. {Made}\n");
        string spared = breakGlassGroup.Length > 0 ? $" Group *,!{breakGlassGroup}" : "";
        if (users.Count > 0)
            Append($"User {string.Join(',', users)}{spared}");
        if (groups.Count > 0)
            Append($"Group {string.Join(',', groups)}{(breakGlassGroup.Length > 0 ? ",!" + breakGlassGroup : "")} User *,!root");
        return text.ToString();

        // Through exec: the login side must be the leader of its session. Every shell has it.
        void Append(string criteria) => text.Append($"Match {criteria}\n    ForceCommand exec {ShellPath} --forced-command\n");
    }

    /// <summary>A file of /etc/profile.d that has login shells on a terminal become the recorder's login side.</summary>
    /// <param name="uids">Whose.</param>
    public static string Profile(IEnumerable<uint> uids)
    {
        string cases = string.Join('|', uids.Select(uid => uid.ToString(CultureInfo.InvariantCulture)));
        return $"""
            # Sessions of these people are recorded. {Made}
            # The shell that the recorder starts reads this again: it has the number that stands in AKASHI_LOGIN, and goes on.
            if [ "${"{AKASHI_LOGIN-}"}" = "$$" ]; then
                unset AKASHI_LOGIN
            elif [ -t 0 ] && [ -x {ShellPath} ]; then
                case $(id -u) in
                {cases})
                    AKASHI_LOGIN=$$
                    export AKASHI_LOGIN
                    exec {ShellPath} --profile
                    ;;
                esac
            fi

            """;
    }

    /// <summary>The line of /etc/passwd for the account of keepers: nobody logs in as it, it owns nothing.</summary>
    public static string AccountLine(uint uid) =>
        string.Create(CultureInfo.InvariantCulture, $"{Account}:*:{uid}:{NoGroup}:Akashi session recorder:/nonexistent:/usr/sbin/nologin");

    /// <summary>A number for it: the highest of a system's account that nobody has.</summary>
    /// <returns>0 where none is left.</returns>
    public static uint FindFreeUid(Func<uint, bool> isTaken)
    {
        const uint First = 999, Last = 100;
        for (uint uid = First; uid >= Last; uid--)
        {
            if (!isTaken(uid))
                return uid;
        }

        return 0;
    }

    static string Settings(string breakGlassGroup) => $"""
        # The session recorder, akashi-recorder.service: recorder.conf(5).
        # What becomes of a login that can't be recorded: degrade (a session all the same, which is noted), strict (none), off (nobody is recorded).
        policy = degrade
        {(breakGlassGroup.Length > 0 ? $"break_glass_group = {breakGlassGroup}\n" : "")}
        """;

    static FileState Text(string text) => FileState.File(Encoding.UTF8.GetBytes(text));
}
