using System.Globalization;
using Akashi.Host;

namespace Akashi.Search.Query;

/// <summary>Reads times as people and programs write them.</summary>
/// <remarks>
/// <code>
/// date     2026-11-20 | 2026-11-20T10:30[:05[.123]][Z|+09:00] | 2026-11-20 10:30      without a zone: local time
/// clock    10:30 | 10:30:05                                                          today
/// epoch    @1626611363[.720] | 1626611363[.720]
/// ago      2h | -2h | 1h30m | 2h ago | 3 days ago                                     s m h d w, or the words
/// word     now recent today yesterday this-hour this-week week-ago this-month this-year boot start
/// both     yesterday 10:30 | week-ago 10:30:05                                       that day, as ausearch has it: for words that begin with a day
/// </code>
/// A day without a clock time, and the words from today on that name one, are a whole period: <c>since</c> takes its beginning, <c>until</c> its end. ISO
/// 8601 and RFC 3339 for dates. Weeks begin on Sunday, as ausearch's do.
/// </remarks>
/// <param name="host">For the clock, the boot and the time zone.</param>
public sealed class QueryTimes(IHost host)
{
    /// <summary>For messages.</summary>
    public const string Example = "2026-11-20";

    /// <summary>What is accepted, for messages.</summary>
    public const string Expected = "2026-11-20, '2026-11-20 10:30', 2026-11-20T10:30:05Z, 10:30, 'yesterday 10:30', 2h, '3 days ago', @1626611363, now, recent, "
        + "this-hour, today, yesterday, this-week, week-ago, this-month, this-year, boot, start";

    const long SecondsPerMinute = 60;
    const long SecondsPerHour = 3600;
    const long SecondsPerDay = 86400;
    const long SecondsPerWeek = 7 * SecondsPerDay;
    const int EpochDigitsMin = 9;
    const long UnixSecondsMax = 253_402_300_799;

    readonly long _nowMilliseconds = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    LocalDateTime Now => host.LocalTime.ToLocal(_nowMilliseconds / 1000) with { IsDaylight = -1 };

    /// <summary>Whether a text is a time.</summary>
    public bool IsTime(string text) => TryRead(text, out _);

    /// <summary>Reads a time.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="period">What it names.</param>
    /// <returns>False where it is none of the forms, or no such date.</returns>
    public bool TryRead(string text, out TimePeriod period)
    {
        text = text.Trim();
        return TryWord(text.ToLowerInvariant(), out period) || TryAgo(text.ToLowerInvariant(), out period) || TryEpoch(text, out period)
            || TryClock(text, out period) || TryDate(text, out period) || TryWordAndClock(text, out period);
    }

    bool TryWord(string word, out TimePeriod period)
    {
        LocalDateTime midnight = Now with { Hour = 0, Minute = 0, Second = 0 };
        TimePeriod? found = word switch
        {
            "now" => Moment(_nowMilliseconds),
            "recent" => From(_nowMilliseconds - (10 * SecondsPerMinute * 1000)),
            "boot" => From(host.BootTime.ToUnixTimeMilliseconds()),
            "start" => new TimePeriod(0, long.MaxValue),
            "this-hour" => From(Now with { Minute = 0, Second = 0 }),
            "today" => Days(midnight, 1),
            "yesterday" => Days(midnight with { Day = midnight.Day - 1 }, 1),
            "this-week" => Days(midnight with { Day = midnight.Day - midnight.DayOfWeek }, 7),
            "week-ago" => From(midnight with { Day = midnight.Day - 7 }),
            "this-month" => Between(midnight with { Day = 1 }, midnight with { Day = 1, Month = midnight.Month + 1 }),
            "this-year" => Between(midnight with { Day = 1, Month = 1 }, midnight with { Day = 1, Month = 1, Year = midnight.Year + 1 }),
            _ => null,
        };
        period = found ?? default;
        return found is not null;
    }

    TimePeriod From(LocalDateTime start) => From(Milliseconds(start));

    TimePeriod From(long start) => new(start, Math.Max(start, _nowMilliseconds));

    TimePeriod Days(LocalDateTime start, int days) => Between(start, start with { Day = start.Day + days });

    TimePeriod Between(LocalDateTime start, LocalDateTime end) => new(Milliseconds(start), Milliseconds(end) - 1);

    long Milliseconds(LocalDateTime local) => host.LocalTime.ToUnixSeconds(local with { IsDaylight = -1 }) * 1000;

    static TimePeriod Moment(long unixMilliseconds) => new(unixMilliseconds, unixMilliseconds);

    // 3 days ago, 1h30m, -2h.
    bool TryAgo(string text, out TimePeriod period)
    {
        period = default;
        ReadOnlySpan<char> rest = text;
        bool isAgo = rest.EndsWith(" ago", StringComparison.Ordinal);
        if (isAgo)
            rest = rest[..^4];
        else if (rest.StartsWith("-"))
            rest = rest[1..];
        if (rest.IsEmpty)
            return false;
        long seconds = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTakePiece(ref rest, ref seconds))
                return false;
        }

        period = Moment(_nowMilliseconds - (seconds * 1000));
        return true;
    }

    static bool TryTakePiece(ref ReadOnlySpan<char> rest, ref long seconds)
    {
        rest = rest.TrimStart(' ');
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is <= 0 or > 9)
            return false;
        long number = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[digits..].TrimStart(' ');
        int letters = rest.IndexOfAnyExceptInRange('a', 'z');
        ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
        long unitSeconds = unit switch
        {
            "s" or "sec" or "secs" or "second" or "seconds" => 1,
            "m" or "min" or "mins" or "minute" or "minutes" => SecondsPerMinute,
            "h" or "hour" or "hours" => SecondsPerHour,
            "d" or "day" or "days" => SecondsPerDay,
            "w" or "week" or "weeks" => SecondsPerWeek,
            _ => 0,
        };
        seconds += number * unitSeconds;
        rest = rest[unit.Length..];
        return unitSeconds > 0 && seconds < UnixSecondsMax;
    }

    static bool TryEpoch(string text, out TimePeriod period)
    {
        period = default;
        ReadOnlySpan<char> digits = text.StartsWith('@') ? text.AsSpan(1) : text;
        int dot = digits.IndexOf('.');
        ReadOnlySpan<char> whole = dot < 0 ? digits : digits[..dot];
        if ((whole.Length < EpochDigitsMin && !text.StartsWith('@')) || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > UnixSecondsMax)
        {
            return false;
        }

        if (dot < 0)
            period = new TimePeriod(seconds * 1000, (seconds * 1000) + 999);
        else if (TryFraction(digits[(dot + 1)..], out int milliseconds))
            period = Moment((seconds * 1000) + milliseconds);
        else
            return false;
        return true;
    }

    bool TryClock(string text, out TimePeriod period)
    {
        LocalDateTime today = Now;
        period = default;
        if (!TryReadClock(text, out LocalDateTime clock, out int milliseconds, out bool hasFraction))
            return false;
        long start = Milliseconds(clock with { Year = today.Year, Month = today.Month, Day = today.Day });
        period = OfClock(start, milliseconds, hasFraction, text);
        return true;
    }

    // The day on which the word's period begins; what ausearch takes, too.
    bool TryWordAndClock(string text, out TimePeriod period)
    {
        period = default;
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        string word = blank < 0 ? "" : text[..blank].ToLowerInvariant();
        return word is "today" or "yesterday" or "this-week" or "week-ago" or "this-month" or "this-year"
            && TryWord(word, out TimePeriod day) && TryClockOf(host.LocalTime.ToLocal(day.StartUnixMilliseconds / 1000), text[(blank + 1)..].TrimStart(), out period);
    }

    bool TryDate(string text, out TimePeriod period)
    {
        const int DateLength = 10;
        period = default;
        if (text.Length < DateLength || !DateOnly.TryParseExact(text.AsSpan(0, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            || date.Year < 1970)
        {
            return false;
        }

        var local = new LocalDateTime(date.Year, date.Month, date.Day, 0, 0, 0, 0, -1);
        if (text.Length == DateLength)
        {
            period = Days(local, 1);
            return true;
        }

        return text[DateLength] is 'T' or 't' or ' ' && TryClockOf(local, text[(DateLength + 1)..], out period);
    }

    bool TryClockOf(LocalDateTime date, string text, out TimePeriod period)
    {
        period = default;
        int zone = text.AsSpan().IndexOfAny("Zz+-");
        string clockText = zone < 0 ? text : text[..zone];
        if (!TryReadClock(clockText, out LocalDateTime clock, out int milliseconds, out bool hasFraction))
            return false;
        clock = clock with { Year = date.Year, Month = date.Month, Day = date.Day };
        long start;
        if (zone < 0)
            start = Milliseconds(clock);
        else if (TryZone(text.AsSpan(zone), out long offsetSeconds))
            start = (new DateTimeOffset(clock.Year, clock.Month, clock.Day, clock.Hour, clock.Minute, clock.Second, TimeSpan.Zero).ToUnixTimeSeconds() - offsetSeconds) * 1000;
        else
            return false;
        period = OfClock(start, milliseconds, hasFraction, clockText);
        return true;
    }

    // Up to its last millisecond: 10:30:05 is a second; 10:30 the moment at which the minute begins.
    static TimePeriod OfClock(long start, int milliseconds, bool hasFraction, string text)
    {
        bool hasSeconds = text.Count(letter => letter == ':') == 2;
        return hasSeconds && !hasFraction ? new TimePeriod(start, start + 999) : Moment(start + milliseconds);
    }

    static bool TryReadClock(ReadOnlySpan<char> text, out LocalDateTime clock, out int milliseconds, out bool hasFraction)
    {
        clock = default;
        milliseconds = 0;
        int dot = text.IndexOf('.');
        hasFraction = dot >= 0;
        if (hasFraction && !TryFraction(text[(dot + 1)..], out milliseconds))
            return false;
        ReadOnlySpan<char> whole = hasFraction ? text[..dot] : text;
        if (!TryTwo(whole, 0, 23, out int hour) || whole.Length < 5 || whole[2] != ':' || !TryTwo(whole, 3, 59, out int minute))
            return false;
        int second = 0;
        if (whole.Length != 5 && (whole.Length != 8 || whole[5] != ':' || !TryTwo(whole, 6, 59, out second)))
            return false;
        clock = new LocalDateTime(0, 0, 0, hour, minute, second, 0, -1);
        return !hasFraction || whole.Length == 8;
    }

    static bool TryTwo(ReadOnlySpan<char> text, int at, int max, out int number)
    {
        number = 0;
        return text.Length >= at + 2 && int.TryParse(text.Slice(at, 2), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
    }

    // Z, +09:00, +0900, +09.
    static bool TryZone(ReadOnlySpan<char> text, out long offsetSeconds)
    {
        offsetSeconds = 0;
        if (text is "Z" or "z")
            return true;
        ReadOnlySpan<char> digits = text[1..];
        bool hasColon = digits.Length == 5 && digits[2] == ':';
        int minute = 0;
        if (!TryTwo(digits, 0, 14, out int hour) || (digits.Length != 2 && !(hasColon || digits.Length == 4))
            || (digits.Length > 2 && !TryTwo(digits, hasColon ? 3 : 2, 59, out minute)))
        {
            return false;
        }

        offsetSeconds = ((hour * SecondsPerHour) + (minute * SecondsPerMinute)) * (text[0] == '-' ? -1 : 1);
        return text[0] is '+' or '-';
    }

    static bool TryFraction(ReadOnlySpan<char> digits, out int milliseconds)
    {
        milliseconds = 0;
        if (digits.IsEmpty || digits.Length > 9 || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        Span<char> three = stackalloc char[3];
        three.Fill('0');
        digits[..Math.Min(digits.Length, 3)].CopyTo(three);
        milliseconds = int.Parse(three, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }
}
