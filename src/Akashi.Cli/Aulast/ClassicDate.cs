using System.Globalization;
using Akashi.Host;

namespace Akashi.Cli.Aulast;

/// <summary>Dates and durations as last(1) writes them: English whatever the locale, as ctime(3) has them.</summary>
static class ClassicDate
{
    static readonly string[] s_days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    static readonly string[] s_months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary><c>Tue Nov 14 22:15</c>.</summary>
    public static string Format(LocalDateTime time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s_days[time.DayOfWeek]} {s_months[time.Month - 1]} {time.Day,2} {time.Hour:00}:{time.Minute:00}");

    /// <summary><c>01:23</c>, <c>1+01:23</c>.</summary>
    /// <remarks>Where a clock was set back the parts are negative, each with its sign and padded to two places as printf does.</remarks>
    public static string Duration(long seconds)
    {
        long minutes = seconds / 60 % 60, hours = seconds / 3600 % 24, days = seconds / 86400;
        string time = Padded(hours) + ":" + Padded(minutes);
        return days == 0 ? time : days.ToString(CultureInfo.InvariantCulture) + "+" + time;
    }

    static string Padded(long number) => number < 0
        ? number.ToString(CultureInfo.InvariantCulture)
        : number.ToString("00", CultureInfo.InvariantCulture);
}
