using Akashi.Cli.CommandLine;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Cli.Script;

/// <summary>What was typed after <c>script</c>, and its options.</summary>
sealed class ScriptRequest
{
    const string Logs = "What is recorded";
    const string Session = "Session";
    const string About = "About";

    public static OptionTable<ScriptRequest> Table { get; } = new(
        [
            Value("-I", "--log-in", "FILE", Logs, "what is typed, passwords included", (request, text) => request.InputPaths.Add(text)),
            Value("-O", "--log-out", "FILE", Logs, "what is shown (default: typescript)", (request, text) => request.OutputPaths.Add(text)),
            Value("-B", "--log-io", "FILE", Logs, "both, in one file", (request, text) => request.TakeBoth(text)),
            Checked("-T", "--log-timing", "FILE", Logs, "when each piece came", TakeTiming),
            new("-t", "--timing", "[FILE]", Logs, "the same, to standard error where no file is attached", TakeOldTiming),
            Checked("-m", "--logging-format", "NAME", Logs, "classic or advanced timing", TakeFormat),
            Flag("-a", "--append", Logs, "add to the files, timing included", request => request.Appends = true),
            Flag("-f", "--flush", Logs, "write each piece at once, not within 200 ms", request => request.FlushesEach = true),
            Flag(null, "--force", Logs, "use typescript even where it is a link", request => request.FollowsLinks = true),
            Checked("-o", "--output-limit", "SIZE", Logs, "end once the files are larger", TakeLimit),
            Value("-c", "--command", "COMMAND", Session, "run this, not an interactive shell", (request, text) => request.Command = text),
            Flag("-e", "--return", Session, "return the session's exit code", request => request.ReturnsExitCode = true),
            Checked("-E", "--echo", "WHEN", Session, "whether typed keys are shown: auto, always or never", TakeEcho),
            Flag("-q", "--quiet", Session, "no messages of ours", request => request.IsQuiet = true),
            Flag("-h", "--help", About, "print this", request => request.WantsHelp = true),
            Flag("-V", "--version", About, "print the version", request => request.WantsVersion = true),
        ],
        OptionStyle.Getopt);

    bool _isNewTiming;
    bool _isOldTiming;

    public List<string> InputPaths { get; } = [];

    public List<string> OutputPaths { get; } = [];

    public string? TimingPath { get; set; }

    public bool TimesToStandardError { get; private set; }

    public TimingFormat? Format { get; private set; }

    public bool Appends { get; private set; }

    public bool FlushesEach { get; private set; }

    public bool FollowsLinks { get; private set; }

    /// <summary>Whether nobody gave the output's name, and it may be no link.</summary>
    public bool HasUnnamedOutput { get; set; }

    public ulong SizeMax { get; private set; }

    public string? Command { get; private set; }

    public bool ReturnsExitCode { get; private set; }

    public EchoMode Echo { get; private set; }

    public bool IsQuiet { get; private set; }

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    /// <summary>Whether the fault is a value's; no hint on --help follows.</summary>
    public bool IsValueFault { get; private set; }

    public bool HasTiming => TimingPath is not null || TimesToStandardError;

    /// <summary>Takes the words.</summary>
    /// <returns>Null, or the fault.</returns>
    public string? Take(IReadOnlyList<string> words)
    {
        var before = new List<string>();
        var after = new List<string>();
        string? fault = Table.Parse(words, this, (_, found) =>
        {
            found.TryTakeAny(out string word);
            (found.IsAfterDashes ? after : before).Add(word);
            return null;
        });
        if (fault is not null || (fault = TakeOperands(before, after)) is not null)
            return fault;
        if (Format == TimingFormat.Classic && InputPaths.Count > 0 && OutputPaths.Count > 0 && HasTiming)
        {
            IsValueFault = true;
            return "log multiple streams is mutually exclusive with 'classic' format";
        }

        return null;
    }

    // [FILE] [-- COMMAND [ARGUMENT...]], as of 2.42. A single word after the dashes is the file, as in 2.38.1, which refuses more than one word.
    string? TakeOperands(List<string> before, List<string> after)
    {
        const string TooMany = "unexpected number of arguments";
        bool isCommand = after.Count > 0 && (before.Count + after.Count > 1 || OutputPaths.Count + InputPaths.Count > 0);
        if (isCommand && Command is not null)
            return "option --command and '-- program' are mutually exclusive";
        if (isCommand)
            Command = string.Join(' ', after);
        else
            before.AddRange(after);
        if (before.Count > (OutputPaths.Count + InputPaths.Count > 0 ? 0 : 1))
            return TooMany;
        OutputPaths.AddRange(before);
        return null;
    }

    static Option<ScriptRequest> Flag(string? shortName, string longName, string category, string help, Action<ScriptRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });

    static Option<ScriptRequest> Value(
        string shortName, string longName, string value, string category, string help, Action<ScriptRequest, string> set) =>
        Checked(shortName, longName, value, category, help, (request, text) =>
        {
            set(request, text);
            return null;
        });

    static Option<ScriptRequest> Checked(
        string shortName, string longName, string value, string category, string help, Func<ScriptRequest, string, string?> take) =>
        new(shortName, longName, value, category, help, (request, words) =>
        {
            if (!words.TryTakeAny(out string text))
                return words.MissingValue;
            string? fault = take(request, text);
            request.IsValueFault = fault is not null;
            return fault;
        });

    static string? TakeTiming(ScriptRequest request, string path)
    {
        request.TimingPath = path;
        request._isNewTiming = true;
        return request.FindTimingFault();
    }

    // The file must be attached: -tFILE, --timing=FILE.
    static string? TakeOldTiming(ScriptRequest request, OptionWords words)
    {
        request._isOldTiming = true;
        string? path = words.TakeRest();
        request.TimesToStandardError = path is null;
        request.TimingPath = path is ['=', ..] ? path[1..] : path;
        string? fault = request.FindTimingFault();
        request.IsValueFault = fault is not null;
        return fault;
    }

    string? FindTimingFault() => _isNewTiming && _isOldTiming ? "mutually exclusive arguments: --log-timing --timing" : null;

    void TakeBoth(string path)
    {
        InputPaths.Add(path);
        OutputPaths.Add(path);
    }

    static string? TakeFormat(ScriptRequest request, string text)
    {
        request.Format = text.ToUpperInvariant() switch
        {
            "CLASSIC" => TimingFormat.Classic,
            "ADVANCED" => TimingFormat.Advanced,
            _ => null,
        };
        return request.Format is null ? $"unsupported logging format: '{text}'" : null;
    }

    // The second word is spelled as the original spells it.
    static string? TakeEcho(ScriptRequest request, string text)
    {
        EchoMode? echo = text switch
        {
            "auto" => EchoMode.Auto,
            "always" => EchoMode.Always,
            "never" => EchoMode.Never,
            _ => null,
        };
        request.Echo = echo ?? EchoMode.Auto;
        return echo is null ? $"unssuported echo mode: '{text}'" : null;
    }

    static string? TakeLimit(ScriptRequest request, string text)
    {
        string? reason = SizeNumber.Read(text, out ulong size);
        request.SizeMax = size;
        return reason is null ? null : $"failed to parse output limit size: '{text}': {reason}";
    }
}
