namespace Akashi.Host;

/// <summary>Broken-down local time, as struct tm holds it.</summary>
/// <param name="Year">The full year, such as 2026.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 60.</param>
/// <param name="DayOfWeek">0 (Sunday) to 6.</param>
/// <param name="IsDaylight">tm_isdst: 1 in summer time, 0 otherwise, -1 to have mktime(3) find out.</param>
public readonly record struct LocalDateTime(
    int Year, int Month, int Day, int Hour, int Minute, int Second, int DayOfWeek, int IsDaylight);

/// <summary>Dates by the rules of the C library: the locale's %x and %X, the zone of TZ or /etc/localtime.</summary>
public interface ILocalTime
{
    /// <summary>Breaks seconds since the epoch into local time, localtime(3).</summary>
    LocalDateTime ToLocal(long unixSeconds);

    /// <summary>The seconds since the epoch of a local time, mktime(3); fields out of range are carried over.</summary>
    long ToUnixSeconds(LocalDateTime local);

    /// <summary>Writes a time by a strftime(3) format into the destination.</summary>
    /// <param name="format">A strftime format in ASCII, such as <c>%x %T</c>.</param>
    /// <param name="unixSeconds">Seconds since the epoch.</param>
    /// <param name="destination">Receives UTF-8 (whatever the locale's encoding is).</param>
    /// <returns>The bytes written; 0 where the destination is too short.</returns>
    int Format(string format, long unixSeconds, Span<byte> destination);

    /// <summary>Reads a text by a strptime(3) format, over the fields of <paramref name="start"/>.</summary>
    /// <returns>False where the whole text doesn't follow the format.</returns>
    bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result);
}
