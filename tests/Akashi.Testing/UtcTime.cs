using System.Globalization;
using System.Text;
using Akashi.Host;

namespace Akashi.Testing;

/// <summary>Dates in UTC and the C locale: <c>%x</c> is MM/DD/YY, <c>%X</c> and <c>%T</c> are HH:MM:SS.</summary>
public sealed class UtcTime : ILocalTime
{
    /// <inheritdoc/>
    public LocalDateTime ToLocal(long unixSeconds)
    {
        DateTime time = DateTime.UnixEpoch.AddSeconds(unixSeconds);
        return new LocalDateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, (int)time.DayOfWeek, 0);
    }

    /// <inheritdoc/>
    public long ToUnixSeconds(LocalDateTime local) =>
        (long)(new DateTime(local.Year, 1, 1).AddMonths(local.Month - 1).AddDays(local.Day - 1)
            .AddHours(local.Hour).AddMinutes(local.Minute).AddSeconds(local.Second) - DateTime.UnixEpoch).TotalSeconds;

    /// <inheritdoc/>
    public int Format(string format, long unixSeconds, Span<byte> destination)
    {
        DateTime time = DateTime.UnixEpoch.AddSeconds(unixSeconds);
        string text = format
            .Replace("%x", time.ToString("MM/dd/yy", CultureInfo.InvariantCulture))
            .Replace("%X", "%T")
            .Replace("%T", time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        if (text.Contains('%'))
            throw new NotSupportedException(format);
        return Encoding.UTF8.TryGetBytes(text, destination, out int length) ? length : 0;
    }

    /// <inheritdoc/>
    public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result)
    {
        result = start;
        string expected = format
            .Replace("%x", "M/d/yy").Replace("%X", "H:m:s").Replace("%Y", "yyyy").Replace("%m", "M").Replace("%d", "d")
            .Replace("%H", "H").Replace("%M", "m").Replace("%S", "s");
        if (!DateTime.TryParseExact(text, expected, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out DateTime read))
            return false;
        bool hasDate = expected.Contains('d'), hasTime = expected.Contains('H');
        if (hasDate)
            result = result with { Year = read.Year, Month = read.Month, Day = read.Day };
        if (hasTime)
            result = result with { Hour = read.Hour, Minute = read.Minute, Second = read.Second };
        return true;
    }
}
