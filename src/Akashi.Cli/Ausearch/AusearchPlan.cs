using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>What was typed, turned into conditions by what the machine knows.</summary>
static class AusearchPlan
{
    /// <summary>Makes the plan.</summary>
    /// <param name="fault">Null, or why there is none: lower case, no full stop.</param>
    /// <param name="unreadable">Counts the events that every search leaves out.</param>
    public static SearchPlan? Make(AusearchRequest request, IHost host, UnreadableCondition unreadable, out string? fault)
    {
        var conditions = new List<EventCondition>();
        TimeRange times = TimeRange.Always;
        fault = AddMachine(request, host, conditions, out Machine machine)
            ?? ReadTimes(request, host, out times)
            ?? AddSelected(request, new ConditionContext(host, machine, request.MatchesWholeWords), conditions);
        if (request.RecordTypes is { } types && !request.TakesEveryType)
            conditions.Add(new RecordTypeCondition(types));
        if (request.Nodes.Count > 0)
            conditions.Add(new NodeCondition(request.Nodes));

        // Last, so that it counts only what would have been printed.
        conditions.Add(unreadable);
        return fault is null ? new SearchPlan(conditions) { Times = times } : null;
    }

    static string? AddMachine(AusearchRequest request, IHost host, List<EventCondition> conditions, out Machine machine)
    {
        if (!MachineOption.TryResolve(request.MachineName, host, out machine))
            return $"unknown machine '{request.MachineName}'";
        if (request.MachineName is not null)
            conditions.Add(new ArchCondition(machine));
        return null;
    }

    static string? ReadTimes(AusearchRequest request, IHost host, out TimeRange range)
    {
        range = TimeRange.Always;
        string[]? typedStart = request.StartsAtCheckpoint ? null : request.Start;
        if (typedStart is null && request.End is null)
            return null;
        var times = new TimeSpecification(host) { IsClassic = true };
        long start = long.MinValue, end = long.MaxValue;
        string? fault = typedStart is null ? null : times.Read(typedStart, isEnd: false, out start);
        fault ??= request.End is null ? null : times.Read(request.End, isEnd: true, out end);
        range = new TimeRange(start, end);
        return fault;
    }

    static string? AddSelected(AusearchRequest request, ConditionContext context, List<EventCondition> conditions)
    {
        foreach (TypedCondition typed in request.Conditions)
        {
            EventCondition? condition = typed.Build(typed.Option, typed.Value, context, out string? fault);
            if (condition is null)
                return fault;
            conditions.Add(condition);
        }

        return null;
    }
}
