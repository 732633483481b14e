using Akashi.Records;

namespace Akashi.Search;

/// <summary>Whole seconds since the epoch between which events are looked for, both ends counted in.</summary>
/// <param name="StartSeconds">long.MinValue for no start.</param>
/// <param name="EndSeconds">long.MaxValue for no end.</param>
public readonly record struct TimeRange(long StartSeconds, long EndSeconds)
{
    /// <summary>All of time.</summary>
    public static readonly TimeRange Always = new(long.MinValue, long.MaxValue);

    /// <summary>Whether a stamp lies in it.</summary>
    public bool Contains(EventStamp stamp) => stamp.UnixSeconds >= StartSeconds && stamp.UnixSeconds <= EndSeconds;
}
