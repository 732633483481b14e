using Akashi.Host;

namespace Akashi.Cli.CommandLine;

/// <summary>Reads the one or two words after -ts and -te: a keyword, a date, a time, or two of them.</summary>
/// <remarks>
/// Dates and times are the locale's, <c>%x</c> and <c>%X</c>, where a time may lack its seconds. Of two words the first is the date unless it has a colon;
/// one word is a time if it has one. A date alone starts at midnight, and ends at the clock time of now; a time alone is today's. Unlike the original,
/// this-hour is the top of the hour.
/// </remarks>
/// <param name="host">For the clock, the boot time and the locale.</param>
public sealed class TimeSpecification(IHost host)
{
    const int YearMin = 2004;
    const int SecondsPerMinute = 60;
    const int FindDaylight = -1;

    // A time of five letters at most lacks its seconds, as the original has it.
    const int ShortTimeLengthMax = 5;

    readonly long _now = host.Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>
    /// Whether summer time is taken as the original takes it: a date's is that of its midnight, a keyword's that of now, this-year has none. On the day of
    /// a clock change that is an hour off after the change. Otherwise it is found for the very time.
    /// </summary>
    public bool IsClassic { get; init; }

    /// <summary>Reads the words.</summary>
    /// <param name="words">One or two.</param>
    /// <param name="isEnd">Whether they are an end.</param>
    /// <param name="unixSeconds">Seconds since the epoch.</param>
    /// <returns>Null, or what is wrong: lower case, no full stop.</returns>
    public string? Read(string[] words, bool isEnd, out long unixSeconds)
    {
        unixSeconds = 0;
        string kind = isEnd ? "end" : "start";
        (string? date, string? time) = Split(words);
        LocalDateTime local = host.LocalTime.ToLocal(_now);
        if (date is not null && TryKeyword(date, isEnd, out LocalDateTime meant, out long moment))
        {
            if (time is null)
            {
                unixSeconds = moment;
                return null;
            }

            local = meant;
        }
        else if (date is not null)
        {
            if (!host.LocalTime.TryParse(date, "%x", local, out LocalDateTime parsed))
                return $"invalid {kind} date ({date}): month, day and year are required";
            if (parsed.Year < YearMin)
                return $"invalid {kind} date ({date}): the year is {parsed.Year}, expected {YearMin} or later";
            LocalDateTime midnight = AtMidnight(parsed);
            int daylight = host.LocalTime.ToLocal(ToUnixSeconds(midnight with { IsDaylight = 0 })).IsDaylight;
            local = (isEnd ? midnight with { Hour = local.Hour, Minute = local.Minute, Second = local.Second } : midnight) with { IsDaylight = daylight };
        }

        if (time is not null && !TryTime(time, local, out local))
            return $"invalid {kind} time ({time}): hour, minute and second are required";
        unixSeconds = ToUnixSeconds(local);
        return null;
    }

    static (string? Date, string? Time) Split(string[] words)
    {
        bool isTimeFirst = words[0].Contains(':', StringComparison.Ordinal);
        if (words.Length == 2)
            return isTimeFirst ? (words[1], words[0]) : (words[0], words[1]);
        return isTimeFirst ? (null, words[0]) : (words[0], null);
    }

    long ToUnixSeconds(LocalDateTime local) => host.LocalTime.ToUnixSeconds(IsClassic ? local : local with { IsDaylight = FindDaylight });

    static LocalDateTime AtMidnight(LocalDateTime local) => local with { Hour = 0, Minute = 0, Second = 0 };

    bool TryTime(string time, LocalDateTime date, out LocalDateTime result)
    {
        string whole = time.Length <= ShortTimeLengthMax ? time + ":00" : time;
        if (!host.LocalTime.TryParse(whole, "%X", date, out LocalDateTime parsed))
        {
            result = default;
            return false;
        }

        result = date with { Hour = parsed.Hour, Minute = parsed.Minute, Second = parsed.Second };
        return true;
    }

    bool TryKeyword(string word, bool isEnd, out LocalDateTime local, out long unixSeconds)
    {
        LocalDateTime now = host.LocalTime.ToLocal(_now);
        LocalDateTime midnight = AtMidnight(now);
        LocalDateTime? found = word switch
        {
            "this-hour" => now with { Minute = 0, Second = 0 },
            "today" => isEnd ? now : midnight,
            "yesterday" => midnight with { Day = now.Day - 1 },
            "this-week" => midnight with { Day = now.Day - now.DayOfWeek },
            "week-ago" => midnight with { Day = now.Day - 7 },
            "this-month" => midnight with { Day = 1 },
            "this-year" => midnight with { Month = 1, Day = 1, IsDaylight = 0 },
            _ => null,
        };
        unixSeconds = word switch
        {
            "now" => _now,
            "recent" => _now - (10 * SecondsPerMinute),
            "boot" => host.BootTime.ToUnixTimeSeconds(),
            _ => found is { } known ? ToUnixSeconds(known) : 0,
        };
        local = found ?? host.LocalTime.ToLocal(unixSeconds);
        return found is not null || word is "now" or "recent" or "boot";
    }
}
