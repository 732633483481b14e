using Akashi.Cli.CommandLine;
using Akashi.Cli.Live;
using Akashi.Host;

namespace Akashi.Cli.Reporting;

/// <summary>The time a report is about.</summary>
/// <param name="SinceUnixMilliseconds">From then on.</param>
/// <param name="UntilUnixMilliseconds">Until then, inclusive.</param>
readonly record struct ReportPeriod(long SinceUnixMilliseconds, long UntilUnixMilliseconds)
{
    const int MillisecondsPerSecond = 1000;

    /// <summary>Reads it.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ReportRequest request, IHost host, out ReportPeriod period)
    {
        period = new ReportPeriod(0, long.MaxValue);
        if (request.Since is { } since)
        {
            if (!TryRead(since, isEnd: false, host, out long time))
                return Fault("--since", since);
            period = period with { SinceUnixMilliseconds = time };
        }

        if (request.Until is { } until)
        {
            if (!TryRead(until, isEnd: true, host, out long time))
                return Fault("--until", until);
            // A clock time means its whole second.
            period = period with { UntilUnixMilliseconds = time + MillisecondsPerSecond - 1 };
        }

        return null;
    }

    static bool TryRead(string text, bool isEnd, IHost host, out long unixMilliseconds)
    {
        if (SinceTime.TryParse(text, host, out unixMilliseconds))
            return true;
        bool isRead = new TimeSpecification(host).Read(text.Split(' ', 2), isEnd, out long unixSeconds) is null;
        unixMilliseconds = unixSeconds * MillisecondsPerSecond;
        return isRead;
    }

    static string Fault(string option, string text) =>
        $"{option} takes 10m, 2h, 3d, HH:MM, YYYY-MM-DD, 'YYYY-MM-DD HH:MM:SS', start, or a word such as today, yesterday, boot; not '{text}'";
}
