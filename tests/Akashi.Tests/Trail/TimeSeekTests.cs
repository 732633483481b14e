using System.Text;
using Akashi.Events;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Trail;

public class TimeSeekTests
{
    // The proportions of the real reach, for logs of some hundred kilobytes.
    static readonly TimeSeekReach s_reach = new()
    {
        TrailBytesMin = 1,
        Samples = 64,
        Divisor = 8,
        SpacingBytes = 1024,
        SampleBytes = 1024,
        SampleBytesMax = 16 * 1024,
        MarginBytes = 8 * 1024,
        BehindMillisecondsMax = 10,
    };

    [Fact]
    public void Finds_what_a_full_scan_finds()
    {
        const int Rounds = 500;
        int sought = 0;
        Seeded.Repeat(Rounds, random =>
        {
            using var folder = new TemporaryFolder();
            var logs = new DisorderedLogs(random);
            using AuditTrail trail = Open(folder, logs.Make());
            long start = logs.Seconds[random.Next(logs.Seconds.Count)] + random.Next(-2, 3);

            bool isFound = new TimeSeek(trail, s_reach).TryFind(start, out RecordOrigin place);

            if (!isFound)
                return;
            sought++;
            Assert.Equal(Search(trail, start, default), Search(trail, start, place));
        });

        // Where the order fails it scans, and so it does where the time is near the beginning; it mustn't always.
        Assert.InRange(sought, Seeded.Times(Rounds) / 10, Seeded.Times(Rounds) * 24 / 25);
    }

    [Fact]
    public void Reads_little_of_an_orderly_log()
    {
        using var folder = new TemporaryFolder();
        byte[] log = Orderly(40_000);
        using AuditTrail trail = Open(folder, [log]);

        Assert.True(new TimeSeek(trail, s_reach).TryFind(1_700_000_000 + 39_000, out RecordOrigin place));

        Assert.InRange(log.Length - place.Offset, log.Length / 40, (log.Length / 40) + (s_reach.MarginBytes * 2));
        Assert.Equal((byte)'\n', log[place.Offset - 1]);
    }

    [Theory]
    [InlineData(1_700_000_000)]
    [InlineData(1_600_000_000)]
    [InlineData(long.MinValue)]
    public void Reads_all_where_all_is_wanted(long start)
    {
        using var folder = new TemporaryFolder();
        using AuditTrail trail = Open(folder, [Orderly(5000)]);

        Assert.False(new TimeSeek(trail, s_reach).TryFind(start, out _));
    }

    [Fact]
    public void Reads_all_where_the_clock_was_set_back()
    {
        using var folder = new TemporaryFolder();
        using AuditTrail trail = Open(folder, [Orderly(5000), Orderly(6000)]);

        Assert.False(new TimeSeek(trail, s_reach).TryFind(1_700_000_000 + 5500, out _));
    }

    [Fact]
    public void A_time_after_the_last_record_leaves_the_end_to_read()
    {
        using var folder = new TemporaryFolder();
        byte[] log = Orderly(5000);
        using AuditTrail trail = Open(folder, [log]);

        Assert.True(new TimeSeek(trail, s_reach).TryFind(1_800_000_000, out RecordOrigin place));
        Assert.InRange(place.Offset, log.Length - (3 * s_reach.MarginBytes), log.Length);
    }

    static AuditTrail Open(TemporaryFolder folder, List<byte[]> segments)
    {
        string[] paths = [.. segments.Select((_, index) => folder[$"{index}.log"])];
        for (int index = 0; index < paths.Length; index++)
            File.WriteAllBytes(paths[index], segments[index]);
        return AuditTrail.OpenFiles(new PlainFiles(), paths);
    }

    static byte[] Orderly(int seconds)
    {
        var text = new StringBuilder();
        for (int second = 0; second < seconds; second++)
            text.Append($"type=CWD msg=audit({1_700_000_000 + second}.000:{second}): cwd=\"/some/directory/of/some/length\"\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static string Search(AuditTrail trail, long start, RecordOrigin place)
    {
        var reader = new TrailReader(trail);
        reader.Seek(place.Segment, place.Offset);
        var plan = new SearchPlan([]) { Times = new TimeRange(start, long.MaxValue) };
        using var search = new TrailSearch(reader, plan, new EventAssembler());
        var found = new StringBuilder();
        while (search.TryNext(out AuditEvent? match))
        {
            for (int index = 0; index < match.Count; index++)
                found.Append(Encoding.Latin1.GetString(match[index].Line)).Append('\n');
        }

        return found.ToString();
    }
}
