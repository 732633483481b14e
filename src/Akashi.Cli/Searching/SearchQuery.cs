using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Search.Query;
using Akashi.Search.Query.Fields;

namespace Akashi.Cli.Searching;

/// <summary>What was typed, turned into a query by what the tables and the machine know.</summary>
static class SearchQuery
{
    const int ColumnsMax = 256;
    const string UsualColumns = "time,node,serial,kind,who,as,session,terminal,action,object,how,result,key,command";

    /// <summary>Compiles the query with the times of the options.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="host">The machine.</param>
    /// <param name="diagnostics">Receives what is wrong with the query.</param>
    /// <param name="fault">Null, or what is wrong with an option.</param>
    public static CompiledQuery? Compile(SearchRequest request, IHost host, DiagnosticBag diagnostics, out string? fault)
    {
        var compiler = new QueryCompiler(host, diagnostics);
        fault = AddTimes(request, new QueryTimes(host), compiler);
        return fault is null ? compiler.Compile(request.Query) : null;
    }

    /// <summary>The columns of csv.</summary>
    /// <returns>Null, and a fault, where one isn't known.</returns>
    public static List<(string, FieldReader)>? Columns(SearchRequest request, IHost host, out string? fault)
    {
        var columns = new List<(string, FieldReader)>();
        var context = new FieldContext(host);
        string[] names = (request.Fields ?? UsualColumns).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > ColumnsMax)
        {
            fault = $"--fields: {names.Length} fields, and at most {ColumnsMax} are printed";
            return null;
        }

        foreach (string name in names)
        {
            if (FindReader(name, "--fields", context, out fault) is not { } reader)
                return null;
            columns.Add((name, reader));
        }

        fault = columns.Count == 0 ? "--fields needs names of fields, joined by commas" : null;
        return fault is null ? columns : null;
    }

    /// <summary>The reader of a field that an option names.</summary>
    public static FieldReader? FindReader(string name, string option, FieldContext context, out string? fault)
    {
        QueryField? field = QueryFields.Find(name);
        fault = field is null ? $"{option}: no field is called '{name}'\nhint: {QueryFields.HintFor(name)}"
            : field.Name == "any" ? $"{option}: 'any' is no single field"
            : null;
        return fault is null ? field!.MakeReader(context) : null;
    }

    static string? AddTimes(SearchRequest request, QueryTimes times, QueryCompiler compiler)
    {
        TimePeriod start = TimePeriod.Always, end = TimePeriod.Always;
        if (request.Since is { } since && !times.TryRead(since, out start))
            return NoTime("--since", since);
        if (request.Until is { } until && !times.TryRead(until, out end))
            return NoTime("--until", until);
        if (start.StartUnixMilliseconds > end.EndUnixMilliseconds)
            return $"--until '{request.Until}' is before --since '{request.Since}': no event can match";
        compiler.Narrow(new TimePeriod(start.StartUnixMilliseconds, end.EndUnixMilliseconds));

        foreach (string window in request.Windows)
        {
            if (AddWindow(window, times, compiler) is { } fault)
                return fault;
        }

        return null;
    }

    // An end may be missing: yesterday.. goes on until now; a single time is the period it names.
    static string? AddWindow(string window, QueryTimes times, QueryCompiler compiler)
    {
        int dots = window.IndexOf("..", StringComparison.Ordinal);
        string from = dots < 0 ? window : window[..dots], to = dots < 0 ? window : window[(dots + 2)..];
        TimePeriod start = TimePeriod.Always, end = TimePeriod.Always;
        if (from.Length > 0 && !times.TryRead(from, out start))
            return NoTime("--window", from);
        if (to.Length > 0 && !times.TryRead(to, out end))
            return NoTime("--window", to);
        if (start.StartUnixMilliseconds > end.EndUnixMilliseconds)
            return $"--window '{window}' ends before it begins";
        compiler.AddWindow(new TimePeriod(start.StartUnixMilliseconds, end.EndUnixMilliseconds));
        return null;
    }

    static string NoTime(string option, string text) => $"{option}: '{text}' is no time\nhint: write {QueryTimes.Expected}";
}
