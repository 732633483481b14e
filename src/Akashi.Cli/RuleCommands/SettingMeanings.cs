namespace Akashi.Cli.RuleCommands;

/// <summary>What the lines of a rule file mean that set something instead of adding a rule; auditctl(8).</summary>
static class SettingMeanings
{
    /// <summary>The meaning.</summary>
    /// <param name="option">The line's first word.</param>
    /// <param name="value">The word behind it; null for none.</param>
    /// <returns>Null where it is no setting.</returns>
    public static string? Find(string option, string? value) => option switch
    {
        "-e" => value switch
        {
            "0" => "switches auditing off",
            "1" => "switches auditing on",
            "2" => "switches auditing on and locks rules and settings until the next boot; what stands after it is refused",
            _ => "switches auditing off (0), on (1), or on and locked until the next boot (2)",
        },
        "-f" => value switch
        {
            "0" => "where the kernel can't audit, it says nothing",
            "1" => "where the kernel can't audit, it says so in its log",
            "2" => "where the kernel can't audit, it panics: the machine stops",
            _ => "what the kernel does where it can't audit: nothing (0), a line in its log (1), panic (2)",
        },
        "-b" => value == "0" ? "as many records as there are may wait for the daemon" : $"so many records may wait for the daemon{Said(value)}; at more, processes wait or records are lost",
        "-r" => value == "0" ? "no limit of records a second" : $"so many records a second at most{Said(value)}; what is more is lost",
        "-D" => value == "-k" ? "deletes all rules with a key" : "deletes all rules that were loaded before",
        "-i" => "faults of the lines after it are passed over, and the exit code is 0",
        "-c" => "faults of the lines after it are passed over, and the exit code tells of them",
        "--backlog_wait_time" => $"so long a process waits where too many records wait for the daemon{Said(value)}, in ticks of the kernel",
        "--loginuid-immutable" => "nobody, not even root, can change the login user (auid) of a process any more, until the next boot",
        "--reset-lost" => "sets the count of lost records to zero",
        "--reset_backlog_wait_time_actual" => "sets the sum of waiting times to zero",
        _ => null,
    };

    static string Said(string? value) => value is null ? "" : $" ({value})";
}
