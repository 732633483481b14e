using Akashi.Host;

namespace Akashi.Cli.CommandLine;

/// <summary>Reads the one or two words after -ts and -te: a keyword, a date, a time, or two of them.</summary>
/// <remarks>
/// Dates and times are the locale's, <c>%x</c> and <c>%X</c>, where a time may lack its seconds; the one with a colon is the time. A date alone
/// starts at midnight, and ends at the clock time of now; a time alone is today's. Unlike the original, this-hour is the top of the
/// hour, and summer time is found anew for every date.
/// </remarks>
/// <param name="host">For the clock, the boot time and the locale.</param>
public sealed class TimeSpecification(IHost host)
{
    const int YearMin = 2004;
    const int SecondsPerMinute = 60;

    readonly long _now = host.Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Reads the words.</summary>
    /// <param name="words">One or two.</param>
    /// <param name="isEnd">Whether they are an end.</param>
    /// <param name="unixSeconds">Seconds since the epoch.</param>
    /// <returns>Null, or what is wrong: lower case, no full stop.</returns>
    public string? Read(string[] words, bool isEnd, out long unixSeconds)
    {
        unixSeconds = 0;
        string kind = isEnd ? "end" : "start";
        string? time = Array.Find(words, word => word.Contains(':', StringComparison.Ordinal));
        string? date = Array.Find(words, word => !word.Contains(':', StringComparison.Ordinal));
        if (words.Length == 2 && (time is null || date is null))
            return $"invalid {kind} time ({string.Join(' ', words)}): a date and a time are needed";

        LocalDateTime local = host.LocalTime.ToLocal(_now) with { IsDaylight = -1 };
        if (date is not null && TryKeyword(date, isEnd, out long moment))
        {
            if (time is null)
            {
                unixSeconds = moment;
                return null;
            }

            local = host.LocalTime.ToLocal(moment) with { IsDaylight = -1 };
        }
        else if (date is not null)
        {
            if (!host.LocalTime.TryParse(date, "%x", local, out local))
                return $"invalid {kind} date ({date}): month, day and year are required";
            if (local.Year < YearMin)
                return $"invalid {kind} date ({date}): the year is {local.Year}, expected {YearMin} or later";
            if (!isEnd)
                local = AtMidnight(local);
        }

        if (time is not null && !TryTime(time, local, out local))
            return $"invalid {kind} time ({time}): hour, minute and second are required";
        unixSeconds = host.LocalTime.ToUnixSeconds(local with { IsDaylight = -1 });
        return null;
    }

    static LocalDateTime AtMidnight(LocalDateTime local) => local with { Hour = 0, Minute = 0, Second = 0 };

    bool TryTime(string time, LocalDateTime date, out LocalDateTime result)
    {
        string whole = time.Count(letter => letter == ':') == 1 ? time + ":00" : time;
        if (!host.LocalTime.TryParse(whole, "%X", date, out LocalDateTime parsed))
        {
            result = default;
            return false;
        }

        result = date with { Hour = parsed.Hour, Minute = parsed.Minute, Second = parsed.Second };
        return true;
    }

    bool TryKeyword(string word, bool isEnd, out long unixSeconds)
    {
        LocalDateTime now = host.LocalTime.ToLocal(_now) with { IsDaylight = -1 };
        LocalDateTime midnight = AtMidnight(now);
        LocalDateTime? local = word switch
        {
            "this-hour" => now with { Minute = 0, Second = 0 },
            "today" => isEnd ? now : midnight,
            "yesterday" => midnight with { Day = now.Day - 1 },
            "this-week" => midnight with { Day = now.Day - now.DayOfWeek },
            "week-ago" => midnight with { Day = now.Day - 7 },
            "this-month" => midnight with { Day = 1 },
            "this-year" => midnight with { Month = 1, Day = 1 },
            _ => null,
        };
        unixSeconds = word switch
        {
            "now" => _now,
            "recent" => _now - (10 * SecondsPerMinute),
            "boot" => host.BootTime.ToUnixTimeSeconds(),
            _ => local is { } found ? host.LocalTime.ToUnixSeconds(found) : 0,
        };
        return local is not null || word is "now" or "recent" or "boot";
    }
}
