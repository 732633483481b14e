using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>What sshd would do with a login, by its own word: <c>sshd -T -C user=NAME</c>.</summary>
sealed class SshdSettings
{
    // ld.so(8); bash(1), dash(1), zsh(1).
    static readonly string[] s_loaderVariables = ["LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH"];
    static readonly string[] s_shellVariables = ["BASH_ENV", "ENV", "ZDOTDIR"];

    readonly Dictionary<string, List<string>> _values = [];

    SshdSettings(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank <= 0)
                continue;
            if (!_values.TryGetValue(line[..blank], out List<string>? values))
                _values.Add(line[..blank], values = []);
            values.Add(line[(blank + 1)..]);
        }
    }

    /// <summary>The command that every login runs; null for none.</summary>
    public string? ForcedCommand => Value("forcecommand") is { } command && command != "none" ? command : null;

    /// <summary>The directory that it's locked into; null for none.</summary>
    public string? Chroot => Value("chrootdirectory") is { } directory && directory != "none" ? directory : null;

    /// <summary>Whether sftp is served by sshd itself, which starts no shell.</summary>
    public bool HasInternalSftp => _values.GetValueOrDefault("subsystem")?.Any(value => value.StartsWith("sftp internal-sftp", StringComparison.Ordinal)) == true;

    /// <summary>Whether ~/.ssh/rc is run.</summary>
    public bool RunsUserRc => Value("permituserrc") != "no";

    /// <summary>The setting by which people may have code of theirs run before the recorder's login side does anything; null for none.</summary>
    /// <param name="startsShellFirst">Whether the person's own shell starts it (ForceCommand): then variables that name a file for shells to read count, too.</param>
    public string? FindEnvironmentHole(bool startsShellFirst)
    {
        string[] names = startsShellFirst ? [.. s_loaderVariables, .. s_shellVariables] : s_loaderVariables;
        string user = Value("permituserenvironment") ?? "no";
        if (user == "yes" || (user != "no" && names.Any(name => IsInList(user, name))))
            return $"PermitUserEnvironment {user}";
        return (_values.GetValueOrDefault("acceptenv") ?? []).FirstOrDefault(pattern => names.Any(name => IsMatch(pattern, name))) is { } accepted ? $"AcceptEnv {accepted}" : null;
    }

    /// <summary>A program that tells keys; null for none.</summary>
    public string? KeysCommand => Value("authorizedkeyscommand") is { } command && command != "none" ? command : null;

    /// <summary>Where a person's keys are.</summary>
    public IEnumerable<string> KeyFiles(PasswdEntry user)
    {
        foreach (string pattern in (Value("authorizedkeysfile") ?? "none").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(pattern => pattern != "none"))
        {
            string path = pattern.Replace("%%", "\0", StringComparison.Ordinal).Replace("%h", user.Home, StringComparison.Ordinal)
                .Replace("%u", user.Name, StringComparison.Ordinal).Replace("%U", user.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace('\0', '%');
            yield return path.StartsWith('/') ? path : $"{user.Home}/{path}";
        }
    }

    /// <summary>What <c>sshd -T</c> printed.</summary>
    internal static SshdSettings Parse(string text) => new(text);

    /// <summary>Asks it.</summary>
    /// <param name="machine">This machine.</param>
    /// <param name="user">Who logs in.</param>
    /// <param name="fault">What it says where it can't; else empty.</param>
    public static SshdSettings? Ask(SetupMachine machine, string user, out string fault)
    {
        string directory = Directory.CreateTempSubdirectory("akashi-sshd-").FullName, file = directory + "/settings";
        try
        {
            int exitCode = machine.RunProgram("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", file, Programs.Find("sshd") ?? "sshd", "-T", "-C", $"user={user},host=localhost,addr=127.0.0.1"]);
            string text = File.Exists(file) ? File.ReadAllText(file) : "";
            fault = exitCode == 0 ? "" : text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {exitCode}";
            return exitCode == 0 ? new SshdSettings(text) : null;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // ssh_config(5), PATTERNS: a list is met where one pattern is, and none with an exclamation mark.
    static bool IsInList(string list, string name)
    {
        string[] patterns = list.Split(',');
        return patterns.Any(pattern => pattern is not ['!', ..] && IsMatch(pattern, name)) && !patterns.Any(pattern => pattern is ['!', ..] && IsMatch(pattern[1..], name));
    }

    static bool IsMatch(string pattern, string name) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), name, ignoreCase: false);

    string? Value(string name) => _values.GetValueOrDefault(name) is [var first, ..] ? first : null;
}
