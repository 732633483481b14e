using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Reports.Counting;

namespace Akashi.Cli.Searching;

/// <summary>The options of <c>akashi search</c>.</summary>
static class SearchOptions
{
    const string When = "When";
    const string Printing = "How events are shown";
    const string Which = "Which, and in which order";
    const string Counting = "Counting instead of showing";
    const string Input = "Where they are read";
    const string About = "About";

    public static OptionTable<SearchRequest> Table { get; } = new(
        [
            Value("--since", "TIME", When, "from then on; the same as since TIME in the query", (request, text) => request.Since = text),
            Value("--until", "TIME", When, "until then; a day counts whole", (request, text) => request.Until = text),
            Value("--window", "FROM..TO", When, "within a period; may be given again for more of them", (request, text) => request.Windows.Add(text)),
            new(null, "--format", "FORMAT", Printing, "line (default), text, json, csv, raw, interpreted", TakeFormat) { Values = new(ValueKind.Words, "line text json csv raw interpreted") },
            Flag(null, "--json", Printing, "the same as --format json", request => request.Format = SearchFormat.Json),
            Value("--fields", "A,B,C", Printing, "the columns of csv: any fields of the query language", (request, text) => request.Fields = text),
            new(null, "--color", "WHEN", Printing, "auto (default), always, never; NO_COLOR counts where it is auto", TakeColor) { Values = new(ValueKind.Words, "auto always never") },
            Flag("-n", "--newest", Which, "the newest first, read from the end", request => request.IsNewestFirst = true),
            new("-l", "--limit", "N", Which, "end after so many events; with --top, so many values (default 10)", TakeLimit),
            Flag("-f", "--follow", Which, "go on with what happens from now on, or since TIME; Ctrl-C ends it", request => request.Follows = true),
            Flag("-c", "--count", Counting, "how many events", request => Summarize(request, SearchSummary.Count)),
            new(null, "--count-by", "STEP", Counting, "how many each minute, hour or day, as bars on a terminal", TakeStep) { Values = new(ValueKind.Words, "minute hour day") },
            new(null, "--top", "FIELD", Counting, "the most frequent values of a field", TakeTop)
            {
                Values = new(ValueKind.Words, "exe user who key file syscall type host command action object"),
            },
            Value("--input", "PATH", Input, "a log, or a directory with audit.log; may be given again (-if as in ausearch)", (request, text) => request.InputPaths.Add(text)),
            Value("--trail", "PATH", Input, "the same as --input", (request, text) => request.InputPaths.Add(text)),
            Flag(null, "--input-logs", Input, "the logs of auditd.conf, even where standard input is a pipe", request => request.ReadsLogs = true),
            Flag(null, "--scan-all", Input, "read all, even where the times asked for seem to be farther on", request => request.ScansAll = true),
            Flag(null, "--plan", About, "say how the query would be searched, and search nothing", request => request.ShowsPlan = true),
            Flag("-h", "--help", About, "print this", request => request.WantsHelp = true),
        ],
        OptionStyle.Getopt);

    /// <summary>Parses the arguments.</summary>
    /// <returns>Null, or the fault.</returns>
    public static string? Parse(IReadOnlyList<string> arguments, SearchRequest request) =>
        Table.Parse([.. arguments.Select(Unmistakable)], request, (typed, words) =>
        {
            words.TryTakeAny(out string word);
            typed.QueryWords.Add(word);
            return null;
        }) ?? request.Check();

    // -if is two letters to getopt, and -2h an option: 2h means the same.
    static string Unmistakable(string word)
    {
        if (word == "-if")
            return "--input";
        bool isAgo = word.Length > 2 && word[0] == '-' && char.IsAsciiDigit(word[1]) && char.IsAsciiLetter(word[^1]);
        return isAgo ? word[1..] : word;
    }

    static Option<SearchRequest> Flag(string? shortName, string longName, string category, string help, Action<SearchRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });

    static Option<SearchRequest> Value(string longName, string value, string category, string help, Action<SearchRequest, string> set) =>
        new(null, longName, value, category, help, (request, words) =>
        {
            if (!words.TryTakeAny(out string text))
                return $"{words.Option} needs a value: {value}";
            set(request, text);
            return null;
        });

    static void Summarize(SearchRequest request, SearchSummary summary)
    {
        request.HasTwoSummaries |= request.Summary != SearchSummary.None && request.Summary != summary;
        request.Summary = summary;
    }

    static string? TakeFormat(SearchRequest request, OptionWords words)
    {
        words.TryTakeAny(out string word);
        SearchFormat? format = word switch
        {
            "line" => SearchFormat.Line,
            "text" => SearchFormat.Text,
            "json" => SearchFormat.Json,
            "csv" => SearchFormat.Csv,
            "raw" => SearchFormat.Raw,
            "interpreted" or "interpret" => SearchFormat.Interpreted,
            _ => null,
        };
        request.Format = format;
        return format is null ? $"unknown format '{word}': line, text, json, csv, raw, interpreted" : null;
    }

    static string? TakeColor(SearchRequest request, OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || word is not ("auto" or "always" or "never"))
            return "--color needs auto, always or never";
        request.HasColors = word == "auto" ? null : word == "always";
        return null;
    }

    static string? TakeLimit(SearchRequest request, OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit == 0)
            return $"{words.Option} needs a number from 1 on";
        request.Limit = limit;
        return null;
    }

    static string? TakeStep(SearchRequest request, OptionWords words)
    {
        words.TryTakeAny(out string word);
        CountStep? step = word switch { "minute" => CountStep.Minute, "hour" => CountStep.Hour, "day" => CountStep.Day, _ => null };
        if (step is null)
            return $"--count-by needs minute, hour or day, not '{word}'";
        request.Step = step.Value;
        Summarize(request, SearchSummary.Times);
        return null;
    }

    static string? TakeTop(SearchRequest request, OptionWords words)
    {
        if (!words.TryTakeAny(out string field))
            return "--top needs a field, such as exe";
        request.TopField = field;
        Summarize(request, SearchSummary.Top);
        return null;
    }
}
