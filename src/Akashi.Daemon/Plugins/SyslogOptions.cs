namespace Akashi.Daemon.Plugins;

/// <summary>How audisp-syslog writes, by the words of its <c>args</c>.</summary>
/// <param name="Facility">As in syslog(3), a multiple of 8.</param>
/// <param name="Priority">0 (LOG_EMERG) to 7 (LOG_DEBUG).</param>
/// <param name="Interprets">Whether records are written in words.</param>
public sealed record SyslogOptions(int Facility, int Priority, bool Interprets)
{
    /// <summary>LOG_USER.</summary>
    public const int UserFacility = 1 << 3;

    const int Information = 6;

    // syslog.h
    static readonly string[] s_priorities = ["LOG_EMERG", "LOG_ALERT", "LOG_CRIT", "LOG_ERR", "LOG_WARNING", "LOG_NOTICE", "LOG_INFO", "LOG_DEBUG"];

    /// <summary>Reads the words; the last of a kind counts.</summary>
    /// <param name="words">In any order.</param>
    /// <param name="unknown">The first word that means nothing; null where there is none.</param>
    /// <returns>Null where a word means nothing.</returns>
    public static SyslogOptions? Parse(IEnumerable<string> words, out string? unknown)
    {
        var options = new SyslogOptions(UserFacility, Information, false);
        foreach (string word in words)
        {
            int priority = Array.IndexOf(s_priorities, word);
            if (word == "interpret")
                options = options with { Interprets = true };
            else if (priority >= 0)
                options = options with { Priority = priority };
            else if (FindFacility(word) is { } facility)
                options = options with { Facility = facility };
            else
            {
                unknown = word;
                return null;
            }
        }

        unknown = null;
        return options;
    }

    static int? FindFacility(string word) => word switch
    {
        "LOG_USER" => UserFacility,
        "LOG_DAEMON" => 3 << 3,
        "LOG_AUTH" => 4 << 3,
        "LOG_SYSLOG" => 5 << 3,
        "LOG_AUTHPRIV" => 10 << 3,
        _ when word.Length == 10 && word.StartsWith("LOG_LOCAL", StringComparison.Ordinal) && word[9] is >= '0' and <= '7' => (16 + word[9] - '0') << 3,
        _ => null,
    };
}
