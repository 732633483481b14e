using System.IO.Compression;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Search;

public sealed class NewestFirstTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log")]
    [InlineData("kernel.log")]
    public void Finds_what_a_search_forward_finds_in_reverse(string name) => Seeded.Repeat(12, random =>
    {
        using AuditTrail trail = Split(TestLogs.Bytes(name), segments: random.Next(1, 5), random);
        string query = random.Next(3) switch { 0 => "", 1 => "type=EXECVE", _ => "result=failed" };

        List<string> forward = Forward(trail, query);
        List<string> backward = Backward(trail, query, pieceBytes: random.Next(3_000, 200_000));

        backward.Reverse();
        Assert.Equal(forward.Count, backward.Count);
        Assert.Equal(forward.Order(), backward.Order());
    });

    [Fact]
    public void The_newest_come_first_and_little_is_read_for_them()
    {
        byte[] log = [.. Enumerable.Range(0, 20_000).SelectMany(Line)];
        using AuditTrail trail = Split(log, segments: 3, new Random(1));
        var counting = new NewestFirst(trail, Compile("pid=7")) { FirstPieceBytes = 64 * 1024 };

        var found = new List<ulong>();
        while (found.Count < 3 && counting.TryNext(out AuditEvent? match))
            found.Add(match.Stamp.Serial);

        Assert.Equal([19_997UL, 19_987UL, 19_977UL], found);
        Assert.True(counting.Counts.Lines < 2_000, $"{counting.Counts.Lines} lines");
    }

    [Fact]
    public void An_event_over_the_end_of_a_segment_is_one()
    {
        byte[] head = Encoding.UTF8.GetBytes("type=SYSCALL msg=audit(100.000:1): syscall=59 pid=7\n");
        byte[] tail = Encoding.UTF8.GetBytes("type=CWD msg=audit(100.000:1): cwd=\"/\"\n");
        File.WriteAllBytes(Path.Combine(_folder.Path, "a"), head);
        File.WriteAllBytes(Path.Combine(_folder.Path, "b"), tail);
        using AuditTrail trail = AuditTrail.OpenFiles(new PlainFiles(), Path.Combine(_folder.Path, "a"), Path.Combine(_folder.Path, "b"));

        Assert.Equal(["100.000:1 2"], Backward(trail, "", pieceBytes: 10));
    }

    [Fact]
    public void An_archive_is_read_like_a_log()
    {
        byte[] log = TestLogs.Bytes("server.log");
        int middle = log.AsSpan(log.Length / 2).IndexOf((byte)'\n') + (log.Length / 2) + 1;
        using (var packed = new GZipStream(File.Create(_folder["a.gz"]), CompressionMode.Compress))
            packed.Write(log.AsSpan(0, middle));
        File.WriteAllBytes(_folder["a"], log[..middle]);
        File.WriteAllBytes(_folder["b"], log[middle..]);
        using AuditTrail whole = AuditTrail.OpenFiles(new PlainFiles(), _folder["a"], _folder["b"]);
        using AuditTrail half = AuditTrail.OpenFiles(new PlainFiles(), _folder["a.gz"], _folder["b"]);

        Assert.Equal(Backward(whole, "type=EXECVE", 100_000), Backward(half, "type=EXECVE", 100_000));
    }

    // Thousands of events are open at once around each piece; each is cut once at most, in the piece that has its beginning.
    [Fact]
    public void An_event_that_is_cut_is_counted_in_its_own_piece_alone()
    {
        const int Events = 150_000;
        byte[] log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Events).Select(index => $"type=SYSCALL msg=audit(1700000000.000:{index}): syscall=59 pid=7\n")));
        using AuditTrail trail = Split(log, segments: 1, new Random(1));
        var newest = new NewestFirst(trail, Compile("")) { FirstPieceBytes = 1024 * 1024 };

        ulong expected = Events;
        while (newest.TryNext(out AuditEvent? match))
            Assert.Equal(--expected, match.Stamp.Serial);

        Assert.Equal(0UL, expected);
        Assert.InRange(newest.Counts.IncompleteEvents, 1, Events);
    }

    static byte[] Line(int index) => Encoding.UTF8.GetBytes($"type=SYSCALL msg=audit({1700000000 + (index / 5)}.000:{index}): syscall=59 pid={index % 10} comm=\"x\"\n");

    AuditTrail Split(byte[] log, int segments, Random random)
    {
        var paths = new List<string>();
        int start = 0;
        for (int index = 0; index < segments; index++)
        {
            int end = index == segments - 1 ? log.Length : Math.Min(log.Length, start + random.Next(log.Length / segments, log.Length * 2 / segments));
            int lineEnd = end == log.Length ? end : log.AsSpan(end).IndexOf((byte)'\n') + end + 1;
            string path = Path.Combine(_folder.Path, $"{random.Next()}.{index}");
            File.WriteAllBytes(path, log[start..lineEnd]);
            paths.Add(path);
            start = lineEnd;
        }

        return AuditTrail.OpenFiles(new PlainFiles(), [.. paths]);
    }

    static SearchPlan Compile(string query) => new QueryCompiler(new TestHost(), new DiagnosticBag()).Compile(query)!.ToPlan();

    static List<string> Forward(AuditTrail trail, string query)
    {
        using var search = new TrailSearch(new TrailReader(trail), Compile(query), new EventAssembler());
        var found = new List<string>();
        while (search.TryNext(out AuditEvent? match))
            found.Add($"{match.Stamp} {match.Count}");
        return found;
    }

    static List<string> Backward(AuditTrail trail, string query, int pieceBytes)
    {
        var search = new NewestFirst(trail, Compile(query)) { FirstPieceBytes = pieceBytes };
        var found = new List<string>();
        while (search.TryNext(out AuditEvent? match))
            found.Add($"{match.Stamp} {match.Count}");
        return found;
    }
}
