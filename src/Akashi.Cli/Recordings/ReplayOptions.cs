using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Control;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Recordings;

/// <summary>What was typed after <c>akashi replay</c>.</summary>
sealed class ReplayOptions
{
    const string How = "How it plays";
    const string Else = "Instead of playing";
    const string Start = "Where it starts";

    /// <summary>The options.</summary>
    public static OptionTable<ReplayOptions> Table { get; } = new(
        [
            new("-d", "--speed", "FACTOR", How, "so many times as fast (default 1)", (typed, words) => typed.TakeSpeed(words)),
            new("-m", "--idle", "SECONDS", How, "wait so long at most where nothing happens (default: what the recording asks for)",
                (typed, words) => TakeSeconds(words, out double seconds) is { } fault ? fault : Set(() => typed.IdleSeconds = seconds)),
            new("-f", "--follow", null, How, "go on as the recording grows", (typed, _) => Set(() => typed.Follows = true)),
            new("-l", "--live", null, How, "a session that is recorded now: its screen as it is, then as it changes", (typed, _) => Set(() => typed.IsLive = typed.Follows = true))
            {
                LongHelp = "Going back (left, page up, g) leaves what happens now, G returns to it. The session doesn't notice, and never waits for who watches it.",
            },
            new(null, "--at", "TIME", Start, "at this time: seconds, M:S or H:M:S",
                (typed, words) => TakeTime(words, out double seconds) is { } fault ? fault : Set(() => typed.AtSeconds = seconds)),
            new(null, "--find", "TEXT", Start, "where this text comes on the screen first (ABC is abc)",
                (typed, words) => words.TryTakeAny(out string text) && text.Length > 0 ? Set(() => typed.FindText = text) : "--find needs a text"),
            new("-t", "--timing", "FILE", "What is read", "the timing file of a typescript; it may also follow the typescript",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.TimingPath = path) : "--timing needs a file"),
            new(null, "--socket", "FILE", "What is read", $"the control socket, which hands out sessions (default {ControlRequest.SocketPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.SocketPath = path) : "--socket needs a file"),
            new(null, "--text", null, Else, "print what was on the screen as plain lines with times", (typed, _) => Set(() => typed.IsText = true))
            {
                LongHelp = "Lines are printed as they stood when they left the screen or were erased, after all editing; of programs that fill the screen (editors, pagers) only "
                    + "their last screen: what they showed before is found by --find alone. So is it where standard output is no terminal.",
            },
            new(null, "--cat", null, Else, "print the recording itself, unpacked", (typed, _) => Set(() => typed.IsCat = true))
            {
                LongHelp = "An asciicast comes as it is; anything else as asciicast version 3. Not to a terminal.",
            },
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public double Speed { get; private set; } = 1;

    public double? IdleSeconds { get; set; }

    public double? AtSeconds { get; private set; }

    public string? FindText { get; private set; }

    public bool Follows { get; private set; }

    public bool IsLive { get; private set; }

    public string SocketPath { get; private set; } = ControlRequest.SocketPath;

    public string? Path { get; private set; }

    public string? TimingPath { get; private set; }

    public bool IsText { get; private set; }

    public bool IsCat { get; private set; }

    public bool WantsHelp { get; private set; }

    /// <summary>Takes FILE, and after it TIMING.</summary>
    public static string? TakeOperand(ReplayOptions typed, OptionWords words)
    {
        words.TryTakeAny(out string word);
        if (typed.Path is null)
            typed.Path = word;
        else if (typed.TimingPath is null)
            typed.TimingPath = word;
        else
            return $"one recording at a time: '{word}' is too much";
        return null;
    }

    /// <summary>Reads seconds, M:S or H:M:S.</summary>
    public static bool TryParseTime(string word, out double seconds)
    {
        seconds = 0;
        string[] parts = word.Split(':');
        foreach (string part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number > 1e8)
                return false;
            seconds = seconds * 60 + number;
        }

        return parts.Length <= 3;
    }

    static string? TakeTime(OptionWords words, out double seconds)
    {
        seconds = 0;
        return words.TryTakeAny(out string word) && TryParseTime(word, out seconds) ? null : $"{words.Option} needs a time: seconds, M:S or H:M:S";
    }

    static string? TakeSeconds(OptionWords words, out double seconds)
    {
        seconds = 0;
        return words.TryTakeAny(out string word) && TryParseTime(word, out seconds) ? null : $"{words.Option} needs seconds";
    }

    string? TakeSpeed(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || !double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed)
            || speed is < 0.01 or > 10_000)
            return "--speed needs a number, 0.01 to 10000";
        Speed = speed;
        return null;
    }
}
