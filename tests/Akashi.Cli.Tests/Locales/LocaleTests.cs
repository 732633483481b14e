using Akashi.Cli.CommandLine;
using Akashi.Cli.Tests.Kin;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Locales;

/// <summary>Dates, in and out, side by side with Debian's own ausearch and aureport (3.0.9).</summary>
/// <remarks>Skipped where those or the locales aren't there: eng/yardsticks.sh, eng/locales.sh.</remarks>
[Collection(ProcessLocaleCollection.Name)]
[Trait("Category", "Long")]
public sealed class LocaleTests
{
    const int Minute = 60;
    const int Hour = 60 * Minute;
    const int Day = 24 * Hour;

    static readonly string[] s_locales = ["C", "en_US.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8"];

    // Where the clock changes: an hour left out and an hour twice in 2026 (New York, Berlin, Sydney the other way round), at midnight (Cairo), by half an
    // hour (Lord Howe). Seconds since the epoch, as zdump(8) has them.
    static readonly Dictionary<string, long[]> s_changes = new()
    {
        ["America/New_York"] = [1772953200, 1793512800],
        ["Asia/Tokyo"] = [1772953200, 1793512800],
        ["Europe/Berlin"] = [1774746000, 1792890000],
        ["Australia/Sydney"] = [1775318400, 1791043200],
        ["Africa/Cairo"] = [1776981600, 1793307600],
        ["Australia/Lord_Howe"] = [1775314800, 1791041400],
    };

    static readonly (string Tool, string Options)[] s_printing =
    [
        ("ausearch", "-m USER_LOGIN"), ("ausearch", "-i"), ("ausearch", "--format csv --extra-time"), ("ausearch", "--format text"),
        ("aureport", "-l"), ("aureport", "-l -i"), ("aureport", "-t"), ("aureport", "-e"), ("aureport", ""), ("aureport", "-au"), ("aureport", "-h --summary"),
    ];

    static readonly string[] s_keywords = ["now", "recent", "today", "yesterday", "this-week", "week-ago", "this-month", "this-year", "tomorrow"];
    static readonly string[] s_clocks = ["05:00", "5:0", "1:2:3", "00:30", "23:59:60", "24:00", "12", "05:00:00 PM", "05\u664200\u520600\u79d2", "12:00:0", " 5:00"];
    static readonly string[] s_days = ["11/10/26", "1/2/2026", "2026-11-10", "10.11.2026", "13/13/26", "02/30/26", "01/01/2003", "31.12.99", "2026\u5e7411\u670810\u65e5"];

    public static TheoryData<string, string> Places
    {
        get
        {
            var places = new TheoryData<string, string>();
            foreach (string locale in s_locales)
            {
                places.Add(locale, "America/New_York");
                places.Add(locale, "Asia/Tokyo");
            }

            foreach (string zone in s_changes.Keys.Skip(2))
                places.Add("C", zone);
            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Dates_are_printed_as_Debians_print_them(string locale, string zone)
    {
        using var comparison = new Comparison(locale, zone);
        comparison.WriteLog(AroundClockChanges(zone, 12 * Hour, 10 * Minute).SelectMany(time => new[] { time - 1, time }));

        foreach ((string tool, string options) in s_printing)
        {
            // Of a date that isn't ASCII the original's sentences print whatever its memory holds; of an offset it prints the hours alone.
            if ((locale == "ja_JP.UTF-8" && options == "--format text") || (zone == "Australia/Lord_Howe" && options.Contains("--extra-time", StringComparison.Ordinal)))
                continue;
            (KinRun original, KinRun ours) = comparison.Run(tool, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            AssertEqual($"{tool} {options}", original, ours);
        }
    }

    [Fact]
    public void Sentences_have_dates_that_are_not_ascii()
    {
        using var comparison = new Comparison("ja_JP.UTF-8", "Asia/Tokyo");
        comparison.WriteLog([1772953200]);

        (_, KinRun ours) = comparison.Run("ausearch", "--format", "text");

        Assert.StartsWith("At 16:00:00 2026\u5e7403\u670808\u65e5 ", ours.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Dates_around_a_clock_change_are_read_as_Debians_read_them(string locale, string zone)
    {
        using var comparison = new Comparison(locale, zone);
        comparison.WriteLog(AroundClockChanges(zone, 12 * Hour, 15 * Minute).SelectMany(time => new[] { time - 1, time }));
        foreach (long time in AroundClockChanges(zone, 3 * Hour, 30 * Minute))
        {
            // Behind the hour that is left out stands what no clock shows there.
            foreach (long clock in new[] { time, time - Hour })
                CompareTimes(comparison, [comparison.Format("%x", time), comparison.Format("%X", clock)]);
            CompareTimes(comparison, [comparison.Format("%H:%M", time), comparison.Format("%x", time)]);
        }
    }

    [Theory]
    [InlineData("C", "America/New_York")]
    [InlineData("ja_JP.UTF-8", "Australia/Sydney")]
    public void Words_are_taken_and_refused_as_by_Debians(string locale, string zone)
    {
        using var comparison = new Comparison(locale, zone);
        foreach (string first in (string[])[.. s_keywords, .. s_clocks, .. s_days])
        {
            foreach (string second in s_clocks.Append(""))
            {
                string[] words = second.Length == 0 ? [first] : [first, second];
                WriteLogAround(comparison, words);
                CompareTimes(comparison, words);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Any_date_is_read_and_printed_as_Debians_do(string locale, string zone)
    {
        using var comparison = new Comparison(locale, zone);
        Seeded.Repeat(20, random =>
        {
            // C and some locales write years of two digits, of which 69 to 99 are of the last century.
            long time = random.NextInt64(1072915200 + Day, 3124137600);
            comparison.WriteLog([time - Hour, time - 1, time, time + Hour - 1, time + Hour]);
            CompareTimes(comparison, [comparison.Format("%x", time), comparison.Format("%X", time)]);
            (KinRun original, KinRun ours) = comparison.Run("ausearch", "-i");
            AssertEqual($"{time}", original, ours);
        });
    }

    // So that a time read otherwise by half an hour, or by a second, selects others.
    static void WriteLogAround(Comparison comparison, string[] words)
    {
        if (new TimeSpecification(comparison.Host).Read(words, isEnd: false, out long time) is null)
            comparison.WriteLog(Enumerable.Range(-4, 9).SelectMany(half => new[] { time + (half * 30 * Minute) - 1, time + (half * 30 * Minute) }));
    }

    static void CompareTimes(Comparison comparison, string[] words)
    {
        foreach (string option in new[] { "-ts", "-te" })
        {
            (KinRun original, KinRun ours) = comparison.Run("ausearch", ["--raw", option, .. words]);
            AssertEqual($"{option} {string.Join(' ', words)}", original, ours);
        }
    }

    static void AssertEqual(string asked, KinRun original, KinRun ours) => Assert.Equal(
        $"{asked}: exit code {original.ExitCode}, the same text",
        $"{asked}: exit code {ours.ExitCode}, {KinRun.Difference(original.Output, ours.Output)}");

    static IEnumerable<long> AroundClockChanges(string zone, int seconds, int step) =>
        from change in s_changes[zone]
        from offset in Enumerable.Range(-seconds / step, 2 * seconds / step)
        select change + ((long)offset * step);
}
