using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Counting;
using Akashi.Search.Query.Fields;

namespace Akashi.Cli.Searching;

/// <summary>Counts events, and prints the counts in the end.</summary>
interface ISearchSummary
{
    /// <summary>Counts an event.</summary>
    void Add(AuditEvent auditEvent);

    /// <summary>Prints the counts.</summary>
    void Print();
}

/// <summary>The summaries of <c>akashi search</c>.</summary>
static class SearchSummaries
{
    /// <summary>The one that was asked for; null where events are shown.</summary>
    public static ISearchSummary? Make(Invocation invocation, SearchRequest request, FieldReader? top) => request.Summary switch
    {
        SearchSummary.Count => new EventCount(invocation, request.Format),
        SearchSummary.Top => new TopValues(invocation, request, top!),
        SearchSummary.Times => new TimeBars(invocation, request),
        _ => null,
    };
}

/// <summary>How many events there are.</summary>
sealed class EventCount(Invocation invocation, SearchFormat? format) : ISearchSummary
{
    long _count;

    public void Add(AuditEvent auditEvent) => _count++;

    public void Print()
    {
        using var output = new Utf8Output(invocation.Output);
        output.Write(format switch { SearchFormat.Json => $"{{\"count\":{_count}}}\n", SearchFormat.Csv => $"count\r\n{_count}\r\n", _ => $"{_count}\n" });
        output.Flush();
    }
}
