using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Search.Query.Fields;

namespace Akashi.Cli.Searching;

/// <summary><c>akashi search</c>: finds events by a query, prints or counts them.</summary>
/// <remarks>Exit codes as grep's: 0 something was found; 1 nothing was; 2 the query or an option is wrong, or a log can't be read.</remarks>
static class SearchTool
{
    const int Found = 0;
    const int NotFound = 1;
    const int Fault = 2;

    public static Tool Tool { get; } = new("search", "find events by a query: who, what, when, with which result", Run) { Manual = SearchManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        try
        {
            return Run(invocation, error);
        }
        catch (AuditException exception)
        {
            return Refuse(error, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(error, exception.Message);
        }
    }

    static int Run(Invocation invocation, Utf8Output error)
    {
        var request = new SearchRequest();
        if (SearchOptions.Parse(invocation.Arguments, request) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi search", fault);
        if (request.WantsHelp)
            return CommandHelp.Print(invocation, "search");
        var diagnostics = new DiagnosticBag();
        CompiledQuery? query = SearchQuery.Compile(request, invocation.Host, diagnostics, out string? timeFault);
        QueryComplaints.Write(diagnostics.All, request.Query, error);
        if (timeFault is not null)
            return Refuse(error, timeFault);
        if (query is null)
            return Fault;
        string? fieldFault = null;
        List<(string, FieldReader)>? columns = request.Format == SearchFormat.Csv ? SearchQuery.Columns(request, invocation.Host, out fieldFault) : null;
        FieldReader? top = fieldFault is null && request.Summary == SearchSummary.Top ? SearchQuery.FindReader(request.TopField, "--top", new FieldContext(invocation.Host), out fieldFault) : null;
        if (fieldFault is not null)
            return Refuse(error, fieldFault);
        if (request.Follows || request.ShowsPlan)
            QueryComplaints.Write(query.Doubts, request.Query, error);
        if (request.Follows)
            return Following.Run(invocation, request, query, columns, error);
        using SearchInput input = SearchInput.Open(request, invocation);
        if (request.ShowsPlan)
            return SearchExplanation.Print(invocation, request, query, input);
        return request.IsNewestFirst ? ShowNewest(invocation, request, query, columns, input, error) : Search(invocation, request, query, columns, top, input, error);
    }

    static int Search(
        Invocation invocation, SearchRequest request, CompiledQuery query, List<(string, FieldReader)>? columns, FieldReader? top, SearchInput input, Utf8Output error)
    {
        using var progress = SearchProgress.Start(invocation, input, printsAtEnd: request.Summary != SearchSummary.None);
        SearchPlan plan = query.ToPlan();
        input.SeekTo(plan.Times);
        using var search = new TrailSearch(input.Reader, plan, new EventAssembler());
        ISearchSummary? summary = SearchSummaries.Make(invocation, request, top);
        using EventPrinter? printer = summary is null ? new EventPrinter(request, columns, invocation) : null;
        long found = 0;
        while (found < (summary is null ? request.Limit ?? long.MaxValue : long.MaxValue) && search.TryNext(out AuditEvent? match))
        {
            found++;
            summary?.Add(match);
            printer?.Write(match);
        }

        progress?.Dispose();
        printer?.Finish();
        summary?.Print();
        if (found == 0)
            QueryComplaints.WriteDoubts(query, request.Query, invocation);
        return CodeOf(found, search.Counts, input, error);
    }

    static int ShowNewest(
        Invocation invocation, SearchRequest request, CompiledQuery query, List<(string, FieldReader)>? columns, SearchInput input, Utf8Output error)
    {
        if (input.Trail is null && request.Limit is null)
            return Refuse(error, "--newest reads a pipe to its end and keeps what it finds: it needs --limit N");
        using var progress = SearchProgress.Start(invocation, input);
        using var printer = new EventPrinter(request, columns, invocation);
        long found = 0;
        using NewestEvents newest = NewestEvents.Of(input, query, request.Limit);
        while (found < (request.Limit ?? long.MaxValue) && newest.TryNext(out AuditEvent? match))
        {
            found++;
            printer.Write(match);
        }

        progress?.Dispose();
        printer.Finish();
        if (found == 0)
            QueryComplaints.WriteDoubts(query, request.Query, invocation);
        return CodeOf(found, newest.Counts, input, error);
    }

    // A bad log among good ones doesn't stop a search, but shows in the code.
    static int CodeOf(long found, SearchCounts counts, SearchInput input, Utf8Output error)
    {
        PassedOver.Say(counts, "akashi search", error);
        return input.SayDamage(error) ? Fault : found > 0 ? Found : NotFound;
    }

    static int Refuse(Utf8Output error, string fault)
    {
        error.Write("akashi search: "u8);
        foreach (Range line in fault.AsSpan().Split('\n'))
        {
            error.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(fault[line]));
            error.EndLine();
        }

        return Fault;
    }
}
