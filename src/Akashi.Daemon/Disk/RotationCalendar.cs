using Akashi.Host;

namespace Akashi.Daemon.Disk;

/// <summary>Into which stretch of the local day a time falls: <c>rotate_every</c> of akashi.conf.</summary>
/// <remarks>The stretches begin at midnight, whatever the clock did in between: where summer time begins or ends one of them is an hour shorter or longer.</remarks>
/// <param name="localTime">The zone.</param>
/// <param name="hours">The length of a stretch: a divisor of 24.</param>
public sealed class RotationCalendar(ILocalTime localTime, int hours)
{
    /// <summary>A number for the stretch, other than those of all others.</summary>
    public long StretchOf(DateTimeOffset time)
    {
        LocalDateTime local = localTime.ToLocal(time.ToUnixTimeSeconds());
        return (((((long)local.Year * 12) + local.Month) * 31) + local.Day) * 24 + (local.Hour / hours * hours);
    }
}
