namespace Akashi.Daemon.Recorder;

/// <summary>Whether the clock can be trusted with the age of recordings: one that jumped ahead would make all of them old.</summary>
/// <remarks>Compared with the time that passed since (monotonic): an hour of difference between two looks is a jump, and for a day after one the clock isn't trusted. One thread's.</remarks>
/// <param name="clock">The clock.</param>
sealed class ClockSteadiness(TimeProvider clock)
{
    static readonly TimeSpan s_jump = TimeSpan.FromHours(1);
    static readonly TimeSpan s_distrust = TimeSpan.FromDays(1);

    DateTimeOffset _last = clock.GetUtcNow();
    long _lastTimestamp = clock.GetTimestamp();
    long? _jumpTimestamp;

    /// <summary>Looks at the clock.</summary>
    /// <param name="jump">How far it jumped since the last look; null where it didn't.</param>
    /// <returns>The time; null where it isn't trusted.</returns>
    public DateTimeOffset? Look(out TimeSpan? jump)
    {
        DateTimeOffset now = clock.GetUtcNow();
        long timestamp = clock.GetTimestamp();
        TimeSpan difference = now - _last - clock.GetElapsedTime(_lastTimestamp, timestamp);
        jump = difference.Duration() > s_jump ? difference : null;
        (_last, _lastTimestamp) = (now, timestamp);
        if (jump is not null)
            _jumpTimestamp = timestamp;
        return _jumpTimestamp is { } jumped && clock.GetElapsedTime(jumped, timestamp) < s_distrust ? null : now;
    }
}
