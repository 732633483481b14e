namespace Akashi.Search.Query;

/// <summary>What a time names: a moment, or a day, a week.</summary>
/// <param name="StartUnixMilliseconds">Its first millisecond since the epoch.</param>
/// <param name="EndUnixMilliseconds">Its last one, counted in.</param>
public readonly record struct TimePeriod(long StartUnixMilliseconds, long EndUnixMilliseconds)
{
    /// <summary>All of time.</summary>
    public static readonly TimePeriod Always = new(long.MinValue, long.MaxValue);

    /// <summary>Whether a time lies in it.</summary>
    public bool Contains(long unixMilliseconds) => unixMilliseconds >= StartUnixMilliseconds && unixMilliseconds <= EndUnixMilliseconds;

    /// <summary>What lies in both.</summary>
    public TimePeriod And(TimePeriod other) => new(
        Math.Max(StartUnixMilliseconds, other.StartUnixMilliseconds), Math.Min(EndUnixMilliseconds, other.EndUnixMilliseconds));
}
