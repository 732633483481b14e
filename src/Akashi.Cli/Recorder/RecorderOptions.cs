using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Recorder;

/// <summary>What was typed after <c>akashi recorder</c>.</summary>
sealed class RecorderOptions
{
    /// <summary>The options.</summary>
    public static OptionTable<RecorderOptions> Table { get; } = new(
        [
            new(null, "--check", null, "Instead of serving", $"read {RecorderConfiguration.DefaultPath}, or FILE, and say what is wrong: line and legal values",
                (typed, _) => Set(() => typed.IsCheck = true)),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool IsCheck { get; private set; }

    public bool WantsHelp { get; private set; }

    public string Path { get; private set; } = RecorderConfiguration.DefaultPath;

    bool _hasPath;

    /// <summary>Takes FILE, which stands behind --check.</summary>
    public static string? TakeOperand(RecorderOptions typed, OptionWords words)
    {
        words.TryTakeAny(out string word);
        if (!typed.IsCheck || typed._hasPath)
            return $"'{word}' is too much";
        (typed.Path, typed._hasPath) = (word, true);
        return null;
    }
}
