using System.Globalization;
using Akashi.Search.Query;
using Akashi.Testing;

namespace Akashi.Tests.Search.Query;

/// <summary>It is Saturday, 2026-11-21 12:00:00 UTC.</summary>
public class QueryTimesTests
{
    static readonly QueryTimes s_times = new(new TestHost());

    [Theory]
    [InlineData("2026-11-20", "2026-11-20T00:00:00.000", "2026-11-20T23:59:59.999")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.000", "2024-02-29T23:59:59.999")]
    [InlineData("2026-11-20T10:30", "2026-11-20T10:30:00.000", "2026-11-20T10:30:00.000")]
    [InlineData("2026-11-20 10:30:05", "2026-11-20T10:30:05.000", "2026-11-20T10:30:05.999")]
    [InlineData("2026-11-20T10:30:05.25", "2026-11-20T10:30:05.250", "2026-11-20T10:30:05.250")]
    [InlineData("2026-11-20T10:30:05Z", "2026-11-20T10:30:05.000", "2026-11-20T10:30:05.999")]
    [InlineData("2026-11-20T10:30:05+09:00", "2026-11-20T01:30:05.000", "2026-11-20T01:30:05.999")]
    [InlineData("2026-11-20T10:30-0530", "2026-11-20T16:00:00.000", "2026-11-20T16:00:00.000")]
    [InlineData("10:30", "2026-11-21T10:30:00.000", "2026-11-21T10:30:00.000")]
    [InlineData("@1795245515", "2026-11-21T07:18:35.000", "2026-11-21T07:18:35.999")]
    [InlineData("1795245515.264", "2026-11-21T07:18:35.264", "2026-11-21T07:18:35.264")]
    [InlineData("2h", "2026-11-21T10:00:00.000", "2026-11-21T10:00:00.000")]
    [InlineData("-90m", "2026-11-21T10:30:00.000", "2026-11-21T10:30:00.000")]
    [InlineData("3 days ago", "2026-11-18T12:00:00.000", "2026-11-18T12:00:00.000")]
    [InlineData("1h30m ago", "2026-11-21T10:30:00.000", "2026-11-21T10:30:00.000")]
    [InlineData("1w", "2026-11-14T12:00:00.000", "2026-11-14T12:00:00.000")]
    [InlineData("now", "2026-11-21T12:00:00.000", "2026-11-21T12:00:00.000")]
    [InlineData("Today", "2026-11-21T00:00:00.000", "2026-11-21T23:59:59.999")]
    [InlineData("yesterday", "2026-11-20T00:00:00.000", "2026-11-20T23:59:59.999")]
    [InlineData("yesterday 10:30", "2026-11-20T10:30:00.000", "2026-11-20T10:30:00.000")]
    [InlineData("Today 10:30:05", "2026-11-21T10:30:05.000", "2026-11-21T10:30:05.999")]
    [InlineData("week-ago 10:30", "2026-11-14T10:30:00.000", "2026-11-14T10:30:00.000")]
    [InlineData("this-month 00:00", "2026-11-01T00:00:00.000", "2026-11-01T00:00:00.000")]
    [InlineData("this-week", "2026-11-15T00:00:00.000", "2026-11-21T23:59:59.999")]
    [InlineData("this-month", "2026-11-01T00:00:00.000", "2026-11-30T23:59:59.999")]
    [InlineData("this-year", "2026-01-01T00:00:00.000", "2026-12-31T23:59:59.999")]
    [InlineData("week-ago", "2026-11-14T00:00:00.000", "2026-11-21T12:00:00.000")]
    [InlineData("boot", "2026-11-21T09:00:00.000", "2026-11-21T12:00:00.000")]
    [InlineData("this-hour", "2026-11-21T12:00:00.000", "2026-11-21T12:00:00.000")]
    public void Times_name_periods(string text, string start, string end)
    {
        Assert.True(s_times.TryRead(text, out TimePeriod period));
        Assert.Equal((start, end), (Show(period.StartUnixMilliseconds), Show(period.EndUnixMilliseconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-20T24:00")]
    [InlineData("2026-11-20T10")]
    [InlineData("2026-11-20T10:30:05.")]
    [InlineData("2026-11-20T10:30+25:00")]
    [InlineData("10:60")]
    [InlineData("1:30")]
    [InlineData("12345")]
    [InlineData("@")]
    [InlineData("@99999999999999")]
    [InlineData("2x")]
    [InlineData("h")]
    [InlineData("99999999999d")]
    [InlineData("last tuesday")]
    [InlineData("11/20/26")]
    [InlineData("yesterday lunch")]
    [InlineData("yesterday 25:00")]
    [InlineData("boot 10:30")]
    [InlineData("now 10:30")]
    public void Others_are_none(string text) => Assert.False(s_times.IsTime(text));

    static string Show(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
}
