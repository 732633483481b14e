using Akashi.Diagnostics;

namespace Akashi.Search.Query;

/// <summary>A query that can be run: it has no errors.</summary>
/// <param name="Conditions">All must hold.</param>
/// <param name="Times">Nothing outside can match.</param>
public sealed record CompiledQuery(IReadOnlyList<EventCondition> Conditions, TimePeriod Times)
{
    /// <summary>Why it may find nothing, though it has no errors: worth saying where it found nothing.</summary>
    public IReadOnlyList<Diagnostic> Doubts { get; init; } = [];

    /// <summary>How it is searched.</summary>
    public SearchPlan ToPlan() => new(Conditions) { Times = SecondsOf(Times) };

    static TimeRange SecondsOf(TimePeriod times) => new(
        times.StartUnixMilliseconds == long.MinValue ? long.MinValue : Math.Max(times.StartUnixMilliseconds, 0) / 1000,
        times.EndUnixMilliseconds == long.MaxValue ? long.MaxValue : times.EndUnixMilliseconds < 0 ? -1 : times.EndUnixMilliseconds / 1000);
}
