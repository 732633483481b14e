using System.Globalization;
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
            Value("-T", "--log-timing", "FILE", Logs, "when each piece came", (request, text) => request.TimingPath = text),
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

    public List<string> InputPaths { get; } = [];

    public List<string> OutputPaths { get; } = [];

    public string? TimingPath { get; set; }

    public bool TimesToStandardError { get; private set; }

    public TimingFormat? Format { get; private set; }

    public bool Appends { get; private set; }

    public bool FlushesEach { get; private set; }

    public bool FollowsLinks { get; private set; }

    public long SizeMax { get; private set; }

    public string? Command { get; private set; }

    public bool ReturnsExitCode { get; private set; }

    public EchoMode Echo { get; private set; }

    public bool IsQuiet { get; private set; }

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    /// <summary>Whether the fault is of the command line itself, which the hint on --help follows.</summary>
    public bool IsValueFault { get; private set; }

    public bool HasTiming => TimingPath is not null || TimesToStandardError;

    /// <summary>Takes the words.</summary>
    /// <returns>Null, or the fault.</returns>
    public string? Take(IReadOnlyList<string> words)
    {
        int operands = 0;
        string? fault = Table.Parse(words, this, (request, found) =>
        {
            found.TryTakeAny(out string path);
            request.OutputPaths.Add(path);
            return ++operands > 1 ? "unexpected number of arguments" : null;
        });
        if (fault is not null)
            return fault;
        if (Format == TimingFormat.Classic && InputPaths.Count > 0 && OutputPaths.Count > 0 && HasTiming)
        {
            IsValueFault = true;
            return "log multiple streams is mutually exclusive with 'classic' format";
        }

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
                return words.Option.StartsWith("--", StringComparison.Ordinal)
                    ? $"option '{words.Option}' requires an argument"
                    : $"option requires an argument -- '{words.Option[1..]}'";
            string? fault = take(request, text);
            request.IsValueFault = fault is not null;
            return fault;
        });

    // The file must be attached: -tFILE, --timing=FILE.
    static string? TakeOldTiming(ScriptRequest request, OptionWords words)
    {
        string? path = words.TakeRest();
        request.TimesToStandardError = path is null;
        request.TimingPath = path is ['=', ..] ? path[1..] : path;
        return null;
    }

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
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        string suffix = text[digits..];
        const string Letters = "KMGTPE";
        int power = suffix.Length == 0 ? 0 : Letters.IndexOf(char.ToUpperInvariant(suffix[0]), StringComparison.Ordinal) + 1;
        bool isKnown = digits > 0 && (suffix.Length == 0 || (power > 0 && suffix[1..] is "" or "iB" or "B"));
        if (!isKnown || !decimal.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out decimal size))
            return $"failed to parse output limit size: '{text}': Invalid argument";
        decimal unit = suffix is [_, 'B'] ? 1000 : 1024;
        for (; power > 0; power--)
            size *= unit;
        if (size > long.MaxValue)
            return $"failed to parse output limit size: '{text}': Numerical result out of range";
        request.SizeMax = (long)size;
        return null;
    }
}
