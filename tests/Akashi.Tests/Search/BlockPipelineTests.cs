using System.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Search;

/// <summary>The pipeline against its naive twin, the same search on one thread.</summary>
public sealed class BlockPipelineTests : IDisposable
{
    const int Seed = 20261121;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("akashi-not-there")]
    [InlineData("exe=\"/usr/bin/sudo\"")]
    [InlineData("type=SYSCALL")]
    [InlineData(null)]
    public void Reading_ahead_finds_what_one_thread_finds(string? needle)
    {
        string path = WriteLargeLog();
        using var trail = AuditTrail.OpenFiles(new PlainFiles(), path, path);
        byte[] twice = [.. File.ReadAllBytes(path), .. File.ReadAllBytes(path)];

        List<string> ahead = Find(new TrailReader(trail), needle, out SearchCounts aheadCounts);
        List<string> direct = Find(new TrailReader(new MemoryStream(twice)), needle, out SearchCounts directCounts);

        Assert.Equal(direct.Count, ahead.Count);
        Assert.Equal(direct, ahead);
        Assert.Equal((directCounts.Lines, directCounts.BadLines), (aheadCounts.Lines, aheadCounts.BadLines));
    }

    [Fact]
    public void A_search_left_early_ends_its_thread()
    {
        using var trail = AuditTrail.OpenFiles(new PlainFiles(), WriteLargeLog());
        using (var search = new TrailSearch(new TrailReader(trail), new SearchPlan([]), new EventAssembler()))
            Assert.True(search.TryNext(out _));

        // The segment's handle may go now: nobody reads it any more.
        trail.Dispose();
    }

    [Fact]
    public void A_disk_that_refuses_is_told_to_whoever_searches()
    {
        string path = WriteLargeLog();
        using var trail = AuditTrail.OpenFiles(new PlainFiles(), path);
        using var search = new TrailSearch(new TrailReader(trail), new SearchPlan([]), new EventAssembler());
        trail.Dispose();

        Assert.ThrowsAny<Exception>(() =>
        {
            while (search.TryNext(out _))
            {
            }
        });
    }

    // Real lines, some of them damaged, some megabytes.
    string WriteLargeLog()
    {
        string path = _folder["audit.log"];
        var random = new Random(Seed);
        using FileStream file = File.Create(path);
        foreach (byte[] line in TestLogs.Lines("server.log").Concat(TestLogs.Lines("kernel.log")))
        {
            if (random.Next(500) == 0)
                file.Write("damage\n"u8);
            if (random.Next(5000) == 0)
                file.Write([.. Encoding.ASCII.GetBytes(new string('x', random.Next(300_000, 900_000))), (byte)'\n']);
            file.Write([.. line, (byte)'\n']);
        }

        return path;
    }

    static List<string> Find(TrailReader reader, string? needle, out SearchCounts counts)
    {
        var plan = new SearchPlan(needle is null ? [] : [new Contains(Encoding.ASCII.GetBytes(needle))]);
        using var search = new TrailSearch(reader, plan, new EventAssembler());
        var found = new List<string>();
        while (search.TryNext(out AuditEvent? match))
            found.Add($"{match.Stamp} {match.Count} {match.Length}");
        counts = search.Counts;
        return found;
    }

    sealed class Contains(byte[] needle) : EventCondition
    {
        public override IReadOnlyList<byte[]> Needles => [needle];

        public override bool Matches(AuditEvent auditEvent)
        {
            for (int index = 0; index < auditEvent.Count; index++)
            {
                if (auditEvent[index].Line.IndexOf(needle) >= 0)
                    return true;
            }

            return false;
        }
    }
}
