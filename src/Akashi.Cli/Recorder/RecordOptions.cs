using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Recordings;

namespace Akashi.Cli.Recorder;

/// <summary>What was typed after <c>akashi record</c>.</summary>
sealed class RecordOptions
{
    const string Session = "What runs";
    const string File = "The file";
    const string Content = "What is recorded";
    const string About = "About";
    const int SizeMax = 1000;

    /// <summary>The options.</summary>
    public static OptionTable<RecordOptions> Table { get; } = new(
        [
            Value("-c", "--command", "COMMAND", Session, "run this by the shell, not an interactive shell", (typed, text) => typed.Command = text),
            Flag("-e", "--return", Session, "return what the session returns", typed => typed.ReturnsExitCode = true),
            Checked(null, "--size", "SIZE", Session, "give the session's terminal so many columns and rows, 80x24", (typed, text) => typed.TakeSize(text))
                with { Values = new(ValueKind.Anything), LongHelp = "Whatever the terminal around it has. Without a terminal around it, 80x24 is the default." },
            Flag("-q", "--quiet", Session, "no messages of ours", typed => typed.IsQuiet = true),
            Flag("-a", "--append", File, "add a session to a recording", typed => typed.Appends = true)
                with { LongHelp = "Its running hash goes on. Recordings of asciinema (version 3) can be added to, too." },
            Flag(null, "--overwrite", File, "replace what the file holds", typed => typed.Overwrites = true),
            Flag("-I", "--input", Content, "record what is typed, too, but not what the screen doesn't show", typed => typed.RecordsInput = true)
                with
                {
                    LongHelp = "What is typed into a line that the terminal doesn't echo (passwords) is never stored, only that something was typed; in raw "
                        + "mode, characters that the screen doesn't show within 300 ms aren't either. Read SECRETS above before you use it.",
                },
            Value("-t", "--title", "TITLE", Content, "a title, for players", (typed, text) => typed.Title = text),
            Checked("-i", "--idle-limit", "SECONDS", Content, "players are to wait so long at most where nothing happens", (typed, text) => typed.TakeIdle(text)),
            Value(null, "--env", "NAMES", Content, "variables of the environment to be written into the file (default: SHELL)",
                (typed, text) => typed.Environment = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                with { LongHelp = "With commas between them. None: --env=''." },
            Flag("-h", "--help", About, "print this", typed => typed.WantsHelp = true),
        ],
        OptionStyle.Getopt);

    public string? Path { get; private set; }

    /// <summary>For the shell; null for none.</summary>
    public string? Command { get; private set; }

    /// <summary>A program and its arguments, from behind <c>--</c>; empty for none.</summary>
    public IReadOnlyList<string> Program { get; private set; } = [];

    public bool ReturnsExitCode { get; private set; }

    public int ColumnCount { get; private set; }

    public int RowCount { get; private set; }

    public bool IsQuiet { get; private set; }

    public bool Appends { get; private set; }

    public bool Overwrites { get; private set; }

    public bool RecordsInput { get; private set; }

    public string? Title { get; private set; }

    public double? IdleSeconds { get; private set; }

    public IReadOnlyList<string> Environment { get; private set; } = ["SHELL"];

    public bool WantsHelp { get; private set; }

    /// <summary>Takes the words: options and FILE, then what stands behind <c>--</c>.</summary>
    /// <returns>Null, or the fault.</returns>
    public string? Take(IReadOnlyList<string> words)
    {
        int end = words.TakeWhile(word => word != "--").Count();
        Program = [.. words.Skip(end + 1)];
        string? fault = Table.Parse([.. words.Take(end)], this, TakeOperand);
        if (fault is not null || WantsHelp)
            return fault;
        if (Command is not null && Program.Count > 0)
            return "--command and a command behind -- exclude one another";
        if (end < words.Count && Program.Count == 0)
            return "a command is missing behind --";
        return Appends && Overwrites ? "--append and --overwrite exclude one another" : null;
    }

    static string? TakeOperand(RecordOptions typed, OptionWords words)
    {
        words.TryTakeAny(out string word);
        if (typed.Path is not null)
            return $"one file at a time: '{word}' is too much; a command stands behind --";
        typed.Path = word;
        return null;
    }

    static Option<RecordOptions> Flag(string? shortName, string longName, string category, string help, Action<RecordOptions> set) =>
        new(shortName, longName, null, category, help, (typed, _) =>
        {
            set(typed);
            return null;
        });

    static Option<RecordOptions> Value(
        string? shortName, string longName, string value, string category, string help, Action<RecordOptions, string> set) =>
        Checked(shortName, longName, value, category, help, (typed, text) =>
        {
            set(typed, text);
            return null;
        });

    static Option<RecordOptions> Checked(
        string? shortName, string longName, string value, string category, string help, Func<RecordOptions, string, string?> take) =>
        new(shortName, longName, value, category, help, (typed, words) =>
            words.TryTakeAny(out string text) ? take(typed, text) : $"{words.Option} needs a value: {value}");

    string? TakeSize(string text)
    {
        string[] parts = text.Split('x');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            || columns is < 2 or > SizeMax || rows is < 1 or > SizeMax)
            return $"--size: '{text}' isn't COLUMNSxROWS, 2x1 to {SizeMax}x{SizeMax}";
        (ColumnCount, RowCount) = (columns, rows);
        return null;
    }

    string? TakeIdle(string text)
    {
        if (!ReplayOptions.TryParseTime(text, out double seconds) || seconds <= 0)
            return $"--idle-limit: '{text}' isn't a number of seconds above 0";
        IdleSeconds = seconds;
        return null;
    }
}
