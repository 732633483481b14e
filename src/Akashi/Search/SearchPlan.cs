using Akashi.Events;

namespace Akashi.Search;

/// <summary>What a search looks for, and how it finds candidates.</summary>
public sealed class SearchPlan
{
    readonly EventCondition[] _conditions;

    /// <summary>Makes a plan; the candidates come from the condition whose shortest needle is longest.</summary>
    /// <param name="conditions">All must hold; none means every event.</param>
    public SearchPlan(IReadOnlyList<EventCondition> conditions)
    {
        _conditions = [.. conditions];
        Needles = Choose(conditions);
        Candidates = Needles.Count == 0 ? new EveryLine() : new NeedleScan(Needles);
    }

    /// <summary>The texts that candidates are found by; empty where every line is one.</summary>
    public IReadOnlyList<byte[]> Needles { get; }

    /// <summary>Where candidates come from.</summary>
    public ICandidateSource Candidates { get; init; }

    /// <summary>Records outside are passed over before they are joined: they don't count as newer ones either.</summary>
    public TimeRange Times { get; init; } = TimeRange.Always;

    /// <summary>Whether an event meets every condition.</summary>
    public bool Matches(AuditEvent auditEvent)
    {
        foreach (EventCondition condition in _conditions)
        {
            if (!condition.Matches(auditEvent))
                return false;
        }

        return true;
    }

    /// <summary>The needles of the condition whose shortest is longest; empty where none has any.</summary>
    internal static IReadOnlyList<byte[]> Choose(IReadOnlyList<EventCondition> conditions) => conditions
        .Select(condition => condition.Needles)
        .Where(needles => needles.Count > 0)
        .OrderByDescending(needles => needles.Min(needle => needle.Length))
        .FirstOrDefault() ?? [];
}
