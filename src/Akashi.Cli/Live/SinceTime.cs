using Akashi.Host;

namespace Akashi.Cli.Live;

/// <summary>The moment from which events are shown, as it is typed after <c>--since</c>.</summary>
static class SinceTime
{
    static readonly string[] s_dates = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"];
    static readonly string[] s_times = ["%H:%M:%S", "%H:%M"];

    /// <summary>Reads it.</summary>
    /// <param name="text">What was typed; null for now.</param>
    /// <param name="host">Its clock and its time zone.</param>
    /// <param name="unixMilliseconds">Milliseconds since the epoch; 0 for the beginning.</param>
    /// <returns>False where the text is none of the forms.</returns>
    public static bool TryParse(string? text, IHost host, out long unixMilliseconds)
    {
        unixMilliseconds = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (text is null or "now")
            return true;
        if (text == "start")
        {
            unixMilliseconds = 0;
            return true;
        }

        if (Durations.TryParse(text, out TimeSpan ago))
        {
            unixMilliseconds -= (long)ago.TotalMilliseconds;
            return true;
        }

        return TryParseDate(text, host.LocalTime, ref unixMilliseconds);
    }

    static bool TryParseDate(string text, ILocalTime localTime, ref long unixMilliseconds)
    {
        LocalDateTime midnight = localTime.ToLocal(unixMilliseconds / 1000) with { Hour = 0, Minute = 0, Second = 0, IsDaylight = -1 };
        foreach (string format in (ReadOnlySpan<string>)[.. s_dates, .. s_times])
        {
            if (localTime.TryParse(text, format, midnight, out LocalDateTime found))
            {
                unixMilliseconds = localTime.ToUnixSeconds(found with { IsDaylight = -1 }) * 1000;
                return true;
            }
        }

        return false;
    }
}
