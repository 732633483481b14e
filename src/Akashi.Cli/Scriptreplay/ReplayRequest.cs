using Akashi.Cli.CommandLine;
using Akashi.Recordings;

namespace Akashi.Cli.Scriptreplay;

/// <summary>What becomes of carriage returns.</summary>
enum CarriageReturns
{
    /// <summary>Line feeds in what was typed, as they are in what was shown.</summary>
    Auto,
    Never,
    Always,
}

/// <summary>What was typed after <c>scriptreplay</c>, and its options.</summary>
sealed class ReplayRequest
{
    const string Files = "Files";
    const string Shown = "What is shown";

    public static OptionTable<ReplayRequest> Table { get; } = new(
        [
            Row("-t", "--timing", "FILE", Files, "when each piece came", (request, text) => request.SetTiming(text)),
            Row("-T", "--log-timing", "FILE", Files, "the same", (request, text) => request.SetTiming(text)),
            Row("-I", "--log-in", "FILE", Files, "what was typed", (request, text) => request.Set(() => request._inputPath = text)),
            Row("-O", "--log-out", "FILE", Files, "what was shown (default: typescript)", (request, text) => request.SetOutput(text, isOldOption: false)),
            Row("-B", "--log-io", "FILE", Files, "both, but for what -I or -O names", (request, text) => request.Set(() => request._bothPath = text)),
            Row("-s", "--typescript", "FILE", Files, "the same as -O", (request, text) => request.SetOutput(text, isOldOption: true)),
            Row("-d", "--divisor", "NUMBER", "Pace", "so many times as fast", (request, text) => request.Pace.TakeDivisor(text)),
            Row("-m", "--maxdelay", "NUMBER", "Pace", "wait at most so many seconds", (request, text) => request.Pace.TakeDelayMax(text)),
            Row("-x", "--stream", "NAME", Shown, "out, in, signal or info; may be given again", (request, text) => request.TakeStream(text)),
            Row("-c", "--cr-mode", "MODE", Shown, "carriage returns: auto, never, always", (request, text) => request.TakeReturns(text)),
            Flag(null, "--summary", Shown, "facts about the session, and nothing else", request => request.WantsSummary = true),
            Flag("-h", "--help", "About", "print this", request => request.WantsHelp = true),
            Flag("-V", "--version", "About", "print the version", request => request.WantsVersion = true),
        ],
        OptionStyle.Getopt);

    bool? _isOldOutput;
    string? _inputPath;
    string? _outputPath;
    string? _bothPath;

    public string? TimingPath { get; private set; }

    public string? InputPath => _inputPath ?? _bothPath;

    public string? OutputPath => _outputPath ?? _bothPath;

    public PaceOptions Pace { get; } = new();

    public HashSet<TimingKind> Streams { get; } = [];

    public CarriageReturns Returns { get; private set; }

    public bool WantsSummary { get; private set; }

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    public bool IsValueFault { get; private set; }

    /// <summary>Takes the words: options, then TIMING [TYPESCRIPT [DIVISOR]] where -t isn't given.</summary>
    public string? Take(IReadOnlyList<string> words)
    {
        var operands = new List<string>();
        string? fault = Table.Parse(words, this, (_, found) =>
        {
            found.TryTakeAny(out string word);
            operands.Add(word);
            return null;
        });
        if (fault is not null || WantsHelp || WantsVersion)
            return fault;
        TimingPath ??= Shift(operands);
        if (TimingPath is null)
            return "timing file not specified";
        if (OutputPath is null && InputPath is null && !WantsSummary)
            _outputPath = Shift(operands) ?? "typescript";
        if (!Pace.IsDivisorGiven && Shift(operands) is { } divisor)
            fault = Pace.TakeDivisor(divisor);
        IsValueFault = fault is not null;
        if (Streams.Count == 0)
            Streams.Add(OutputPath is not null ? TimingKind.Output : TimingKind.Input);
        return fault;
    }

    static string? Shift(List<string> words)
    {
        if (words.Count == 0)
            return null;
        string first = words[0];
        words.RemoveAt(0);
        return first;
    }

    static Option<ReplayRequest> Flag(string? shortName, string longName, string category, string help, Action<ReplayRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) => request.Set(() => set(request)));

    static Option<ReplayRequest> Row(
        string shortName, string longName, string value, string category, string help, Func<ReplayRequest, string, string?> take) =>
        new(shortName, longName, value, category, help, (request, words) =>
        {
            if (!words.TryTakeAny(out string text))
                return words.MissingValue;
            string? fault = take(request, text);
            request.IsValueFault = fault is not null;
            return fault;
        });

    string? Set(Action set)
    {
        set();
        return null;
    }

    string? SetOutput(string path, bool isOldOption)
    {
        if (_isOldOutput is { } before && before != isOldOption)
            return "mutually exclusive arguments: --log-out --typescript";
        _isOldOutput = isOldOption;
        _outputPath = path;
        return null;
    }

    string? SetTiming(string path)
    {
        TimingPath = path;
        return null;
    }

    string? TakeStream(string text)
    {
        TimingKind? kind = text switch
        {
            "out" => TimingKind.Output,
            "in" => TimingKind.Input,
            "signal" => TimingKind.Signal,
            "info" => TimingKind.Header,
            _ => null,
        };
        if (kind is { } known)
            Streams.Add(known);
        return kind is null ? $"unsupported stream name: '{text}'" : null;
    }

    string? TakeReturns(string text)
    {
        CarriageReturns? mode = text switch
        {
            "auto" => CarriageReturns.Auto,
            "never" => CarriageReturns.Never,
            "always" => CarriageReturns.Always,
            _ => null,
        };
        Returns = mode ?? CarriageReturns.Auto;
        return mode is null ? $"unsupported mode name: '{text}'" : null;
    }
}
