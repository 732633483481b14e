using System.Globalization;
using Akashi.Host;

namespace Akashi.Reports.Software;

/// <summary>Dates of histories.</summary>
static class HistoryDate
{
    /// <summary>Reads local time, <c>2026-11-21 07:18:33</c>, with one blank or two.</summary>
    public static bool TryParseLocal(string text, ILocalTime localTime, out long unixSeconds)
    {
        unixSeconds = 0;
        bool isDate = DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd  HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time);
        if (isDate)
            unixSeconds = localTime.ToUnixSeconds(new LocalDateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, 0, -1));
        return isDate;
    }

    /// <summary>Reads ISO 8601 with its offset, <c>2024-04-06T05:23:01+0000</c>.</summary>
    public static bool TryParseIso(string text, out long unixSeconds)
    {
        bool isDate = DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            || (text.Length == 24 && DateTimeOffset.TryParseExact(text.Insert(22, ":"), "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out time));
        unixSeconds = isDate ? time.ToUnixTimeSeconds() : 0;
        return isDate;
    }
}
