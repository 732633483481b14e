using System.Text;
using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Auvirt;

/// <summary>What was typed after <c>auvirt</c>, and its options.</summary>
sealed class AuvirtRequest
{
    const string What = "What is shown";
    const string Input = "Input";
    const int UuidLength = 36;

    public static OptionTable<AuvirtRequest> Table { get; } = new(
        [
            Flag(null, "--all-events", What, "stops, resources, denials and anomalies beside starts", request => request.ShowsAll = true) with
            {
                LongHelp = "A row for every event about a guest, in the order of time.",
            },
            Flag(null, "--summary", What, "counts alone", request => request.ShowsSummary = true),
            Flag(null, "--show-uuid", What, "a column with the guests' uuids", request => request.ShowsUuids = true),
            Flag(null, "--proof", What, "which events say so", request => request.ShowsProof = true),
            Value("-v", "--vm", "NAME", What, "guests of this name", (request, text) => request.Name = Encoding.UTF8.GetBytes(text)),
            new("-u", "--uuid", "UUID", What, "this guest", TakeUuid),
            new("-ts", "--start", "TIME", What, "from then: a date, a time or both, or a word", (request, words) => TakeTime(words, time => request.Start = time))
            {
                LongHelp = "As for ausearch: the locale's date and time, or now, recent, this-hour, boot, today, yesterday, this-week, week-ago, this-month, this-year.",
            },
            new("-te", "--end", "TIME", What, "until then", (request, words) => TakeTime(words, time => request.End = time))
            {
                LongHelp = "In the same forms.",
            },
            Value("-f", "--file", "FILE", Input, "read this file", (request, text) => request.Path = text) with
            {
                LongHelp = "Otherwise it's the logs that auditd.conf names.",
            },
            Flag(null, "--stdin", Input, "read standard input", request => request.ReadsStandardInput = true) with
            {
                LongHelp = "For the output of ausearch --raw.",
            },
            Flag(null, "--debug", Input, "accepted; nothing more is said", _ => { }),
            Flag("-h", "--help", "About", "print this", request => request.WantsHelp = true),
        ],
        OptionStyle.WholeWords);

    public bool ShowsAll { get; private set; }

    public bool ShowsSummary { get; private set; }

    public bool ShowsUuids { get; private set; }

    public bool ShowsProof { get; private set; }

    public byte[]? Name { get; private set; }

    public byte[]? Uuid { get; private set; }

    public string[]? Start { get; private set; }

    public string[]? End { get; private set; }

    public string? Path { get; private set; }

    public bool ReadsStandardInput { get; private set; }

    public bool WantsHelp { get; private set; }

    static Option<AuvirtRequest> Flag(string? shortName, string longName, string category, string help, Action<AuvirtRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });

    static Option<AuvirtRequest> Value(string shortName, string longName, string value, string category, string help, Action<AuvirtRequest, string> set) =>
        new(shortName, longName, value, category, help, (request, words) =>
        {
            if (!words.TryTake(out string text))
                return $"\"{words.Option}\" option requires an argument.";
            set(request, text);
            return null;
        });

    static string? TakeTime(OptionWords words, Action<string[]> assign)
    {
        if (!words.TryTake(out string first))
            return $"\"{words.Option}\" option requires at least one argument.";
        assign(words.TryTake(out string second) ? [first, second] : [first]);
        return null;
    }

    static string? TakeUuid(AuvirtRequest request, OptionWords words)
    {
        if (!words.TryTake(out string text))
            return $"\"{words.Option}\" option requires an argument.";
        bool isUuid = text.Length == UuidLength && Guid.TryParseExact(text, "D", out _);
        request.Uuid = Encoding.UTF8.GetBytes(text);
        return isUuid ? null : $"Invalid uuid: {text}";
    }
}
