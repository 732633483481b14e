namespace Akashi.Testing;

/// <summary>A clock that stands still until a test moves it; any thread may look.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    long _now = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
}
