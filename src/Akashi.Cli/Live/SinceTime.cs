using Akashi.Cli.Reporting;
using Akashi.Host;
using Akashi.Search.Query;

namespace Akashi.Cli.Live;

/// <summary>The moment from which events are shown, as it is typed after <c>--since</c>: the times of search and report.</summary>
static class SinceTime
{
    /// <summary>Reads it.</summary>
    /// <param name="text">What was typed; null for now.</param>
    /// <param name="host">Its clock and its time zone.</param>
    /// <param name="unixMilliseconds">Milliseconds since the epoch; 0 for the beginning.</param>
    /// <returns>False where the text is none of the forms.</returns>
    public static bool TryParse(string? text, IHost host, out long unixMilliseconds)
    {
        unixMilliseconds = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (text is null)
            return true;
        bool isRead = ReportPeriod.TryRead(text, isEnd: false, host, out TimePeriod period);
        unixMilliseconds = Math.Max(period.StartUnixMilliseconds, 0);
        return isRead;
    }
}
