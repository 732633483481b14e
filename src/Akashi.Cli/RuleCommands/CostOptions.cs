using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Live;
using Akashi.Linux.Files;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.RuleCommands;

/// <summary>What was typed after <c>akashi rules cost</c>.</summary>
sealed class CostOptions : ShowingOptions
{
    const string Measuring = "Measuring";
    const int LimitMax = 1_000_000;

    /// <summary>The options.</summary>
    public static OptionTable<CostOptions> Table { get; } = new(
        [
            new(null, "--seconds", "N", Measuring, "listen for so many seconds (default 60)", (typed, words) => typed.TakeSeconds(words)),
            new(null, "--limit", "EVENTS", Measuring, "take the candidates away when they make more events a second (default 1000)",
                (typed, words) => typed.TakeLimit(words)),
            new(null, "--lock", "FILE", Measuring, $"the lock against others that change the kernel's audit (default {FileLock.AuditPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.LockPath = path) : "--lock needs a file"),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    /// <summary>The most events a second that the candidates may make.</summary>
    public int EventsPerSecondMax { get; private set; } = 1000;

    public string LockPath { get; private set; } = FileLock.AuditPath;

    /// <summary>Files and directories of candidate rules; empty to measure what is loaded.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Reads the words.</summary>
    /// <returns>Null, or the fault.</returns>
    public string? Parse(IReadOnlyList<string> words) => Table.Parse(words, this, static (typed, rest) =>
    {
        if (rest.TryTakeAny(out string path))
            typed.Paths.Add(path);
        return null;
    });

    string? TakeLimit(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
            || limit is < 1 or > LimitMax)
            return "--limit needs a number from 1 to 1000000";
        EventsPerSecondMax = limit;
        return null;
    }
}
