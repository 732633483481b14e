using Akashi.Reports.Counting;

namespace Akashi.Cli.Searching;

/// <summary>What was typed after <c>akashi search</c>: checked as far as that goes without asking the machine.</summary>
sealed class SearchRequest
{
    public List<string> QueryWords { get; } = [];

    /// <summary>The words of the query as one text.</summary>
    public string Query => string.Join(' ', QueryWords);

    public string? Since { get; set; }

    public string? Until { get; set; }

    /// <summary>FROM..TO each.</summary>
    public List<string> Windows { get; } = [];

    /// <summary>Logs and directories of logs.</summary>
    public List<string> InputPaths { get; } = [];

    /// <summary>Whether the logs of auditd.conf are to be read even where standard input is a pipe.</summary>
    public bool ReadsLogs { get; set; }

    public SearchFormat? Format { get; set; }

    /// <summary>Columns of csv; null for the usual ones.</summary>
    public string? Fields { get; set; }

    public int? Limit { get; set; }

    public bool IsNewestFirst { get; set; }

    public bool Follows { get; set; }

    public SearchSummary Summary { get; set; }

    /// <summary>Whether two ways of counting were asked for.</summary>
    public bool HasTwoSummaries { get; set; }

    /// <summary>Whose values are counted.</summary>
    public string TopField { get; set; } = "";

    public CountStep Step { get; set; }

    /// <summary>Whether a trail is read from its beginning, whatever the time.</summary>
    public bool ScansAll { get; set; }

    public bool ShowsPlan { get; set; }

    public bool? HasColors { get; set; }

    public bool WantsHelp { get; set; }

    /// <summary>Null, or why options don't go together.</summary>
    public string? Check()
    {
        if (HasTwoSummaries)
            return "--count, --count-by and --top can't be had together: choose one";
        if (Summary != SearchSummary.None && (Follows || IsNewestFirst))
            return $"{(Follows ? "--follow" : "--newest")} shows events, and --count, --count-by and --top count them: choose one";
        if (Follows && IsNewestFirst)
            return "--follow and --newest can't be had together: what comes is the newest";
        if (Follows && InputPaths.Count > 1)
            return "--follow follows one log";
        if (Fields is not null && Format != SearchFormat.Csv)
            return "--fields chooses the columns of --format csv";
        if (Summary != SearchSummary.None && Format is not (null or SearchFormat.Json or SearchFormat.Csv))
            return "counts are printed as a table, or with --format json or csv";
        if (Summary is SearchSummary.Count or SearchSummary.Times && Limit is not null)
            return "--limit has no meaning beside a count of all";
        return null;
    }
}
