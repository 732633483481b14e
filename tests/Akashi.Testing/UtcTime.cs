using Akashi.Host;

namespace Akashi.Testing;

/// <summary>Local time of a machine whose zone is UTC and whose dates are ISO's.</summary>
public sealed class UtcTime : ILocalTime
{
    public LocalDateTime ToLocal(long unixSeconds)
    {
        // Later than .NET's calendar reaches is as good as its last day.
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(Math.Min(unixSeconds, 253402300799));
        return new LocalDateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, (int)time.DayOfWeek, 0);
    }

    public long ToUnixSeconds(LocalDateTime local) => new DateTimeOffset(local.Year, 1, 1, 0, 0, 0, TimeSpan.Zero)
        .AddMonths(local.Month - 1).AddDays(local.Day - 1).AddHours(local.Hour).AddMinutes(local.Minute).AddSeconds(local.Second)
        .ToUnixTimeSeconds();

    public int Format(string format, long unixSeconds, Span<byte> destination) => throw new NotSupportedException();

    public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result) => throw new NotSupportedException();
}
