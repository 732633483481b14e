using Akashi.Cli.CommandLine;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Protect;

/// <summary>What was typed after <c>akashi protect</c>.</summary>
sealed class ProtectOptions
{
    const string Instead = "Instead of guarding";

    /// <summary>The options.</summary>
    public static OptionTable<ProtectOptions> Table { get; } = new(
        [
            new(null, "--report", null, Instead, "say which files were written to before they had the flag, which have none, and who may still write anywhere in one",
                (typed, _) => Set(() => typed.IsReport = true)),
            new(null, "--undo", null, Instead, "clear the flags that it set", (typed, _) => Set(() => typed.IsUndo = true))
            {
                LongHelp = "Not while it guards the directory. What chattr(1) set stays.",
            },
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool IsReport { get; private set; }

    public bool IsUndo { get; private set; }

    public bool WantsHelp { get; private set; }

    public string? Directory { get; private set; }

    /// <summary>Takes DIR.</summary>
    public static string? TakeOperand(ProtectOptions typed, OptionWords words)
    {
        words.TryTakeAny(out string word);
        if (typed.Directory is not null)
            return $"one directory at a time: '{word}' is too much";
        typed.Directory = word;
        return null;
    }

    /// <summary>What is missing or too much; null for nothing.</summary>
    public string? FindFault() =>
        string.IsNullOrEmpty(Directory) ? "which directory? DIR is missing" : IsReport && IsUndo ? "--report and --undo exclude each other" : null;
}
