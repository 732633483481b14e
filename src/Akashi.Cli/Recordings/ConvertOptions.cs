using Akashi.Cli.CommandLine;
using Akashi.Recordings;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Recordings;

/// <summary>What was typed after <c>akashi recordings convert</c>.</summary>
sealed class ConvertOptions
{
    /// <summary>The options.</summary>
    public static OptionTable<ConvertOptions> Table { get; } = new(
        [
            new(null, "--to", "FORMAT", "Converting", "v1, v2, v3 (asciicast), akashi, typescript, advanced or ttyrec", (typed, words) => typed.TakeFormat(words))
            {
                Values = OptionValues.Of("v1 v2 v3 akashi typescript advanced ttyrec"),
            },
            new("-t", "--timing", "FILE", "Converting", "the timing file of the typescript that is read",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.TimingPath = path) : "--timing needs a file"),
            new(null, "--timing-out", "FILE", "Converting", "the timing file of the typescript that is written (default: NEW.time)",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.NewTimingPath = path) : "--timing-out needs a file"),
            new(null, "--force", null, "Converting", "convert a recording that was altered, or whose end is missing", (typed, _) => Set(() => typed.IsForced = true)),
        ],
        OptionStyle.Getopt);

    public RecordingFormat? Format { get; private set; }

    public bool IsForced { get; private set; }

    public string? TimingPath { get; private set; }

    public string? NewTimingPath { get; private set; }

    public string? Path { get; private set; }

    public string? NewPath { get; private set; }

    /// <summary>Takes FILE and NEW.</summary>
    public static string? TakeOperand(ConvertOptions typed, OptionWords words)
    {
        words.TryTakeAny(out string word);
        if (typed.Path is null)
            typed.Path = word;
        else if (typed.NewPath is null)
            typed.NewPath = word;
        else
            return $"'{word}' is too much";
        return null;
    }

    /// <summary>What is missing; null for nothing.</summary>
    public string? FindFault() =>
        Format is null ? "--to FORMAT is missing" : NewPath is null ? "convert needs FILE and NEW" : null;

    string? TakeFormat(OptionWords words)
    {
        words.TryTakeAny(out string word);
        Format = word switch
        {
            "v1" => RecordingFormat.AsciicastV1,
            "v2" => RecordingFormat.AsciicastV2,
            "v3" => RecordingFormat.AsciicastV3,
            "akashi" => RecordingFormat.Akashi,
            "typescript" => RecordingFormat.Typescript,
            "advanced" => RecordingFormat.TypescriptAdvanced,
            "ttyrec" => RecordingFormat.Ttyrec,
            _ => null,
        };
        return Format is null ? $"no format '{word}': v1, v2, v3, akashi, typescript, advanced or ttyrec" : null;
    }
}
