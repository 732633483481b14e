using Akashi.Events;
using Akashi.Host;

namespace Akashi.Reports.Counting;

/// <summary>How long the steps are in which events are counted.</summary>
public enum CountStep
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour of local time.</summary>
    Hour,

    /// <summary>A day of local time, which has 23 or 25 hours where the clock changes.</summary>
    Day,
}

/// <summary>Counts events over time; memory is bounded by the steps in which there are any.</summary>
/// <param name="localTime">For the beginnings of hours and days.</param>
/// <param name="step">How long a step is.</param>
public sealed class TimeCounts(ILocalTime localTime, CountStep step)
{
    const long SecondsPerMinute = 60;

    readonly SortedDictionary<long, long> _counts = [];
    long _second = long.MinValue;
    long _start;

    /// <summary>The beginnings of the steps that have events, as seconds since the epoch, oldest first, and how many.</summary>
    public IReadOnlyDictionary<long, long> Counts => _counts;

    /// <summary>Counts an event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        // Thousands of events share a second.
        if (auditEvent.Stamp.UnixSeconds != _second)
        {
            _second = auditEvent.Stamp.UnixSeconds;
            _start = StartOf(_second);
        }

        _counts[_start] = _counts.GetValueOrDefault(_start) + 1;
    }

    /// <summary>The beginning of the step behind another.</summary>
    public long After(long start)
    {
        if (step == CountStep.Minute)
            return start + SecondsPerMinute;
        LocalDateTime local = localTime.ToLocal(start) with { IsDaylight = -1 };
        if (step == CountStep.Day)
            return localTime.ToUnixSeconds(local with { Day = local.Day + 1 });

        // By the clock an hour may come twice, or not at all: time itself goes on.
        return StartOf(start + (60 * SecondsPerMinute));
    }

    long StartOf(long second)
    {
        LocalDateTime local = localTime.ToLocal(second);
        return step switch
        {
            CountStep.Minute => second - local.Second,
            CountStep.Hour => second - local.Second - (local.Minute * SecondsPerMinute),
            _ => localTime.ToUnixSeconds(local with { Hour = 0, Minute = 0, Second = 0, IsDaylight = -1 }),
        };
    }
}
