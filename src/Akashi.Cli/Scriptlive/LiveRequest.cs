using Akashi.Cli.CommandLine;
using Akashi.Cli.Scriptreplay;
using Akashi.Linux.Terminals;

namespace Akashi.Cli.Scriptlive;

/// <summary>What was typed after <c>scriptlive</c>, and its options.</summary>
sealed class LiveRequest
{
    public static OptionTable<LiveRequest> Table { get; } = new(
        [
            Row("-t", "--timing", "FILE", "Files", "when each piece came", (request, text) => request.SetTiming(text)),
            Row("-T", "--log-timing", "FILE", "Files", "the same", (request, text) => request.SetTiming(text)),
            Row("-I", "--log-in", "FILE", "Files", "what was typed", (request, text) => request.SetLog(text, hasBoth: false)),
            Row("-B", "--log-io", "FILE", "Files", "what was typed and shown", (request, text) => request.SetLog(text, hasBoth: true)),
            Row("-c", "--command", "COMMAND", "Session", "run this, not an interactive shell", (request, text) => request.SetCommand(text)),
            Row("-E", "--echo", "WHEN", "Session", "whether what is typed is shown: auto, always or never", (request, text) => request.TakeEcho(text)),
            Row("-d", "--divisor", "NUMBER", "Pace", "so many times as fast", (request, text) => request.Pace.TakeDivisor(text)),
            Row("-m", "--maxdelay", "NUMBER", "Pace", "wait at most so many seconds", (request, text) => request.Pace.TakeDelayMax(text)),
            new("-h", "--help", null, "About", "print this", (request, _) => request.SetHelp()),
            new("-V", "--version", null, "About", "print the version", (request, _) => request.SetVersion()),
        ],
        OptionStyle.Getopt);

    bool _isValueFault;

    public string? TimingPath { get; private set; }

    public string? LogPath { get; private set; }

    public bool LogHasBoth { get; private set; }

    public string? Command { get; private set; }

    /// <summary>Whether the session's terminal shows what is typed; auto is always, as in util-linux 2.41.</summary>
    public EchoMode Echo { get; private set; }

    public PaceOptions Pace { get; } = new();

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    /// <summary>Whether the fault is one that the hint on --help follows.</summary>
    public bool IsSyntaxFault { get; private set; }

    /// <summary>Takes the words: options, then TIMING [LOG [DIVISOR]] for what no option gave.</summary>
    public string? Take(IReadOnlyList<string> words)
    {
        var operands = new Queue<string>();
        string? fault = Table.Parse(words, this, (_, found) =>
        {
            found.TryTakeAny(out string word);
            operands.Enqueue(word);
            return null;
        });
        if (WantsHelp || WantsVersion)
            return null;
        IsSyntaxFault = fault is not null && !_isValueFault;
        if (fault is not null)
            return fault;
        if ((TimingPath ??= Next(operands)) is null)
            return "timing file not specified";
        if ((LogPath ??= Next(operands)) is null)
            return "stdin typescript file not specified";
        return !Pace.IsDivisorGiven && Next(operands) is { } divisor ? Pace.TakeDivisor(divisor) : null;
    }

    static string? Next(Queue<string> words) => words.TryDequeue(out string? word) ? word : null;

    static Option<LiveRequest> Row(
        string shortName, string longName, string value, string category, string help, Func<LiveRequest, string, string?> take) =>
        new(shortName, longName, value, category, help, (request, words) =>
        {
            if (!words.TryTakeAny(out string text))
                return words.MissingValue;
            string? fault = take(request, text);
            request._isValueFault = fault is not null;
            return fault;
        });

    string? SetTiming(string path)
    {
        TimingPath = path;
        return null;
    }

    string? SetLog(string path, bool hasBoth)
    {
        if (LogPath is not null && LogHasBoth != hasBoth)
            return "mutually exclusive arguments: --log-io --log-in";
        LogPath = path;
        LogHasBoth = hasBoth;
        return null;
    }

    string? SetCommand(string text)
    {
        Command = text;
        return null;
    }

    string? SetHelp()
    {
        WantsHelp = true;
        return null;
    }

    string? SetVersion()
    {
        WantsVersion = true;
        return null;
    }

    // As script's, but for its spelling of the fault.
    string? TakeEcho(string text)
    {
        Echo = text == "never" ? EchoMode.Never : EchoMode.Always;
        return text is "auto" or "always" or "never" ? null : $"unsupported echo mode: '{text}'";
    }
}
