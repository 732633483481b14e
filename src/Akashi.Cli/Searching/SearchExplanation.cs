using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Trail;

namespace Akashi.Cli.Searching;

/// <summary><c>akashi search --plan</c>: what would be read, what lines would be looked for.</summary>
static class SearchExplanation
{
    const double BytesPerMegabyte = 1_000_000;

    public static int Print(Invocation invocation, SearchRequest request, CompiledQuery query, SearchInput input)
    {
        using var output = new Utf8Output(invocation.Output);
        SearchPlan plan = query.ToPlan();
        Row("query", request.Query.Length == 0 ? "everything" : request.Query, output);
        Row("times", $"{TimeOf(query.Times.StartUnixMilliseconds, "the beginning")} to {TimeOf(query.Times.EndUnixMilliseconds, "the end")}", output);
        if (plan.Needles.Count == 0)
            Row("looks at", "every event: no text stands in all that match", output);
        else
        {
            Row("looks at", "events with a line that holds one of", output);
            foreach (byte[] needle in plan.Needles)
                Row("", "  " + Encoding.UTF8.GetString(needle), output);
        }

        Row("reads", input.Trail is null ? "standard input" : Describe(input.Trail, request), output);
        Row("time seek", DescribeSeek(request, plan, input), output);
        return 0;
    }

    // The same look at the trail's order as a search takes: a few samples.
    static string DescribeSeek(SearchRequest request, SearchPlan plan, SearchInput input)
    {
        if (input.Trail is null || plan.Times.StartSeconds == long.MinValue || request.IsNewestFirst)
            return "no";
        if (request.ScansAll)
            return "no: --scan-all reads all";
        input.SeekTo(plan.Times);
        return input.PassedOverBytes == 0
            ? "no: the logs are small, or not in order, or begin within the times"
            : string.Create(CultureInfo.InvariantCulture, $"passes over the first {input.PassedOverBytes / BytesPerMegabyte:0.0} MB; --scan-all reads them too");
    }

    static string Describe(AuditTrail trail, SearchRequest request)
    {
        double megabytes = trail.Segments.Sum(segment => segment.Identity.LengthWhenOpened) / BytesPerMegabyte;
        string order = request.IsNewestFirst ? ", from the end" + (request.Limit is { } limit ? $" until {limit} are found" : "") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', trail.Segments.Select(segment => segment.Path))} ({megabytes:0.0} MB){order}");
    }

    static string TimeOf(long unixMilliseconds, string otherwise) => unixMilliseconds is long.MinValue or long.MaxValue
        ? otherwise
        : DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    static void Row(string name, string text, Utf8Output output)
    {
        output.Write($"{name,-10}");
        output.WriteEscaped(Encoding.UTF8.GetBytes(text));
        output.EndLine();
    }
}
