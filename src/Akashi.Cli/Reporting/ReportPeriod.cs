using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Search.Query;

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
            if (!TryRead(since, isEnd: false, host, out TimePeriod time))
                return Fault("--since", since);
            period = period with { SinceUnixMilliseconds = Math.Max(time.StartUnixMilliseconds, 0) };
        }

        if (request.Until is { } until)
        {
            if (!TryRead(until, isEnd: true, host, out TimePeriod time))
                return Fault("--until", until);
            period = period with { UntilUnixMilliseconds = time.EndUnixMilliseconds };
        }

        return period.SinceUnixMilliseconds > period.UntilUnixMilliseconds ? $"--until '{request.Until}' is before --since '{request.Since}': no event can match" : null;
    }

    /// <summary>Reads a time; dates of the locale too, as ausearch takes them, where a clock time means its whole second.</summary>
    public static bool TryRead(string text, bool isEnd, IHost host, out TimePeriod period)
    {
        if (new QueryTimes(host).TryRead(text, out period))
            return true;
        bool isRead = new TimeSpecification(host).Read(text.Split(' ', 2), isEnd, out long unixSeconds) is null;
        period = new TimePeriod(unixSeconds * MillisecondsPerSecond, (unixSeconds * MillisecondsPerSecond) + MillisecondsPerSecond - 1);
        return isRead;
    }

    static string Fault(string option, string text) => $"{option} takes {QueryTimes.Expected}; not '{text}'";
}
