using Akashi.Cli.CommandLine;
using Akashi.Reports;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Reporting;

/// <summary>What was typed after <c>akashi report NAME</c>, and the options of every report.</summary>
sealed class ReportRequest
{
    const string What = "What is shown";

    /// <summary>The options that every report has.</summary>
    public static IReadOnlyList<Option<ReportRequest>> Common { get; } =
    [
        Value("--user", "USER", What, "this person's alone: the login user, by name or number", (request, text) => request.User = text) with
        {
            LongHelp = "Also what this person did after becoming another user.",
        },
        Value("--since", "TIME", What, "from then on: 2h, '3 days ago', 10:30, 2026-11-20, 2026-11-20T10:30:05Z, yesterday, boot …", (request, text) => request.Since = text) with
        {
            LongHelp = "m, h and d are minutes, hours and days ago. Without it, from the trail's beginning.",
            Values = new(ValueKind.Time, "10m 1h 1d"),
        },
        Value("--until", "TIME", What, "until then, in the same forms; a day counts whole", (request, text) => request.Until = text),
        new(null, "--format", "FORMAT", What, "table (default), json (a line each), csv", TakeFormat) { Values = new(ValueKind.Words, "table json csv") },
        new(null, "--json", null, What, "the same as --format json", (request, _) => Set(() => request.Format = RowFormat.Json)),
        Value("--trail", "PATH", What, "read this log, or the logs of this directory", (request, text) => request.TrailPath = text) with
        {
            LongHelp = "Otherwise it's the trail that auditd.conf names.",
        },
        Value("--input", "PATH", What, "the same as --trail", (request, text) => request.TrailPath = text),
        new("-h", "--help", null, "About", "print this", (request, _) => Set(() => request.WantsHelp = true)),
    ];

    public string? User { get; private set; }

    public string? Since { get; private set; }

    public string? Until { get; private set; }

    public string? TrailPath { get; private set; }

    public RowFormat Format { get; private set; }

    /// <summary>The directory below which the machine's histories are looked for; null where it was not typed.</summary>
    public string? Root { get; set; }

    public bool WantsHelp { get; private set; }

    /// <summary>An option with a value.</summary>
    public static Option<ReportRequest> Value(string name, string value, string category, string help, Action<ReportRequest, string> set) =>
        new(null, name, value, category, help, (request, words) =>
            words.TryTakeAny(out string text) ? Set(() => set(request, text)) : $"{words.Option} needs a value");

    static string? TakeFormat(ReportRequest request, OptionWords words)
    {
        words.TryTakeAny(out string word);
        RowFormat? format = word switch { "table" => RowFormat.Table, "json" => RowFormat.Json, "csv" => RowFormat.Csv, _ => null };
        request.Format = format ?? RowFormat.Table;
        return format is null ? $"unknown format '{word}': table, json, csv" : null;
    }
}
