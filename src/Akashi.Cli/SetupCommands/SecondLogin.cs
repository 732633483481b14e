using Akashi.Daemon.KernelState;
using Akashi.Daemon.Recorder;

namespace Akashi.Cli.SetupCommands;

/// <summary>Logs a person in by ssh as the machine stands, with a key made for this one time: before a change, and after it, before it stands.</summary>
/// <remarks>
/// A second sshd, the machine's own program with its own settings, serves one login over a pipe (<c>sshd -i</c>, started as ssh's ProxyCommand): it listens nowhere, and touches
/// neither the running one nor the person's keys. PAM, accounts and shells are the real ones. Three logins: with a terminal, without one, sftp; each must end as it should.
/// </remarks>
/// <param name="machine">This machine.</param>
sealed class SecondLogin(SetupMachine machine)
{
    // No usual program ends so by itself.
    const int Sign = 42;

    static readonly (string Name, string Words)[] s_logins = [("without a terminal", $"-T trial 'exit {Sign}'"), ("with a terminal", $"-tt trial 'exit {Sign}'"), ("for sftp", "-s trial sftp")];

    // $1 the directory, $2 the user, $3 ssh's words. The proxy's own words are read by a shell once more.
    const string Script = """
        cd "$1" || exit 90
        if [ ! -e key ]; then
            ssh-keygen -q -t ed25519 -N '' -f key </dev/null && ssh-keygen -q -t ed25519 -N '' -f host </dev/null || exit 91
            chmod 644 key.pub
        fi
        export SHELL=/bin/sh
        user=$2
        server="$3 -i -h '$1/host' -E '$1/log' -o PubkeyAuthentication=yes -o AuthorizedKeysFile='$1/key.pub' -o AuthorizedKeysCommand=none -o LogLevel=INFO"
        eval "set -- $4"
        exec ssh -F none -i key -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=none -o BatchMode=yes \
            -o LogLevel=ERROR -o User="$user" -o ProxyCommand="$server" "$@" >/dev/null 2>client </dev/null
        """;

    /// <summary>Tries the logins of a person.</summary>
    /// <param name="user">Who.</param>
    /// <returns>Null where all is well; else what isn't.</returns>
    public string? FindFault(string user)
    {
        if (Programs.Find("sshd") is not { } server || Programs.Find("ssh") is null || Programs.Find("ssh-keygen") is null)
            return "sshd, ssh or ssh-keygen isn't on this machine";
        string directory = MakeDirectory();
        SetupProbe.Bracket(machine.Host, "login-trial", "begin");
        try
        {
            foreach ((string name, string words) in s_logins)
            {
                int exitCode = machine.RunProgram("sh", ["-c", Script, "sh", directory, user, server, words]);
                if (exitCode != (words.Contains("exit", StringComparison.Ordinal) ? Sign : 0))
                    return $"a login of {user} by ssh {name} ended with {exitCode}{LastWords(directory)}";
            }

            return null;
        }
        finally
        {
            SetupProbe.Bracket(machine.Host, "login-trial", "end");
            Directory.Delete(directory, recursive: true);
        }
    }

    // Root's, and open to look into: sshd reads keys as the person, and only where nobody else could have written them. Its name marks these logins as what they are.
    static string MakeDirectory()
    {
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        string directory = LoginTrial.PathOf(ProcessMark.Self);
        Directory.CreateDirectory(directory, Open);
        File.SetUnixFileMode(directory, Open);
        return directory;
    }

    static string LastWords(string directory)
    {
        string[] said = [.. new[] { "client", "log" }.Select(name => $"{directory}/{name}").Where(File.Exists)
            .SelectMany(File.ReadLines).Where(line => line.Length > 0)];
        return said.Length > 0 ? ": " + said[^1] : "";
    }
}
