using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Search.Conditions;
using Akashi.Search.Query.Fields;

namespace Akashi.Search.Query;

/// <summary>Turns a query into conditions, by what the tables and this machine know.</summary>
/// <remarks>
/// <c>FIELD!=VALUE</c> is <c>not FIELD=VALUE</c>. Times that all must hold narrow what is read; others are conditions like any. A user that this machine
/// lacks is a doubt, no error: the machine that recorded may have looked the name up.
/// </remarks>
/// <param name="host">For accounts and the time.</param>
/// <param name="diagnostics">Receives what is wrong, with columns.</param>
public sealed partial class QueryCompiler(IHost host, DiagnosticBag diagnostics)
{
    readonly QueryTimes _times = new(host);
    readonly FieldContext _context = new(host);
    readonly List<TimePeriod> _windows = [];
    TimePeriod _period = TimePeriod.Always;

    /// <summary>Adds a period; where several are added, an event lies in one of them.</summary>
    public void AddWindow(TimePeriod window) => _windows.Add(window);

    /// <summary>Narrows the time.</summary>
    public void Narrow(TimePeriod period) => _period = _period.And(period);

    /// <summary>Compiles a query's text.</summary>
    /// <param name="text">What was typed; empty for everything.</param>
    /// <returns>Null where there are errors.</returns>
    public CompiledQuery? Compile(string text)
    {
        QueryNode? node = QueryParser.Parse(text, _times.IsTime, diagnostics);
        var conditions = new List<EventCondition>();
        if (node is not null)
            AddAll(node, conditions);
        TimePeriod hull = _windows.Count == 0 ? TimePeriod.Always
            : new TimePeriod(_windows.Min(window => window.StartUnixMilliseconds), _windows.Max(window => window.EndUnixMilliseconds));
        if (_windows.Count > 0)
            conditions.Add(new TimeCondition([.. _windows]));
        if (_period != TimePeriod.Always)
            conditions.Add(new TimeCondition(_period));
        if (!diagnostics.HasErrors && _period.StartUnixMilliseconds > _period.EndUnixMilliseconds)
            diagnostics.Add(new Diagnostic((int)QueryFault.TimesReversed, Severity.Error, "the time ends before it begins: no event can match"));
        return diagnostics.HasErrors ? null : new CompiledQuery(conditions, _period.And(hull)) { Doubts = _doubts };
    }

    void AddAll(QueryNode node, List<EventCondition> conditions)
    {
        if (node is QueryAnd all)
        {
            foreach (QueryNode part in all.Parts)
                AddAll(part, conditions);
        }
        else if (TryReadPeriod(node, out TimePeriod period))
            Narrow(period);
        else if (Make(node) is { } condition)
            conditions.Add(condition);
    }

    EventCondition? Make(QueryNode node)
    {
        if (TryReadPeriod(node, out TimePeriod period))
            return new TimeCondition(period);
        switch (node)
        {
            case QueryAnd and:
                return MakeParts(and.Parts) is { } all ? new AllConditions(all) : null;
            case QueryOr or:
                return MakeParts(or.Parts) is { } any ? new AnyCondition(any) : null;
            case QueryNot not:
                return Make(not.Part) is { } denied ? new NotCondition(denied) : null;
            default:
                return MakeTerm(((QueryTerm)node).Token);
        }
    }

    List<EventCondition>? MakeParts(IReadOnlyList<QueryNode> parts)
    {
        List<EventCondition> made = [.. parts.Select(Make).OfType<EventCondition>()];
        return made.Count == parts.Count ? made : null;
    }

    // since, until, and time with an operator that isn't negative.
    bool TryReadPeriod(QueryNode node, out TimePeriod period)
    {
        period = TimePeriod.Always;
        if (node is QueryTime time)
        {
            if (TryReadTime(time.Text, time.Column, time.Length, out TimePeriod named))
                period = Bound(time.IsSince ? QueryOperator.GreaterOrEqual : QueryOperator.LessOrEqual, named);
            return true;
        }

        if (node is not QueryTerm { Token: { Field: "time" } token } || token.Operator.IsNegative() || token.Operator == QueryOperator.Follows)
            return false;
        if (TryReadTime(token.Text, token.ValueColumn, token.Column + token.Length - token.ValueColumn, out TimePeriod compared))
            period = Bound(token.Operator, compared);
        return true;
    }

    static TimePeriod Bound(QueryOperator order, TimePeriod named) => order switch
    {
        QueryOperator.GreaterOrEqual => TimePeriod.Always with { StartUnixMilliseconds = named.StartUnixMilliseconds },
        QueryOperator.Greater => TimePeriod.Always with { StartUnixMilliseconds = named.EndUnixMilliseconds == long.MaxValue ? long.MaxValue : named.EndUnixMilliseconds + 1 },
        QueryOperator.LessOrEqual => TimePeriod.Always with { EndUnixMilliseconds = named.EndUnixMilliseconds },
        QueryOperator.Less => TimePeriod.Always with { EndUnixMilliseconds = named.StartUnixMilliseconds == long.MinValue ? long.MinValue : named.StartUnixMilliseconds - 1 },
        _ => named,
    };

    bool TryReadTime(string text, int column, int length, out TimePeriod period)
    {
        if (_times.TryRead(text, out period))
            return true;
        diagnostics.Add(QueryFault.TimeUnknown.At(column, length, $"'{text}' is no time", $"write {QueryTimes.Expected}"));
        return false;
    }
}
