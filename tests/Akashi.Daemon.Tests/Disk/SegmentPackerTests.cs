using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Status;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Disk;

/// <summary>Closed segments become packed ones, by the machine's libzstd.</summary>
public sealed class SegmentPackerTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_795_246_203));
    readonly LinuxHost _host = new();
    readonly System.Collections.Concurrent.ConcurrentQueue<Action> _posted = new();
    readonly List<string> _said = [];
    TrailSink? _sink;

    string LogPath => _folder["audit.log"];

    public void Dispose()
    {
        _sink?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Closed_segments_are_packed_and_the_newest_never()
    {
        TrailSink sink = Open(segmentsMax: 5);
        foreach (string line in (string[])["a", "b", "c"])
        {
            Write(sink, line);
            sink.Rotate();
        }

        Write(sink, "d");
        WaitFor("audit.log", "audit.log.1.zst", "audit.log.2.zst", "audit.log.3.zst");

        Assert.Equal(["d\n", "c\n", "b\n", "a\n"], [File.ReadAllText(LogPath), .. Enumerable.Range(1, 3).Select(Unpack)]);
        Assert.Equal(4, sink.Segments);
        Assert.Empty(_said);
    }

    [Fact]
    public void Packed_segments_are_numbered_on_and_the_oldest_goes()
    {
        TrailSink sink = Open(segmentsMax: 3);
        for (int count = 0; count < 6; count++)
        {
            Write(sink, $"{count}");
            sink.Rotate();
            Write(sink, "-");
            WaitFor([.. new[] { "audit.log", "audit.log.1.zst", "audit.log.2.zst" }.Take(Math.Min(count + 2, 3))]);
        }

        Assert.Equal(("-\n5\n", "-\n4\n"), (Unpack(1), Unpack(2)));
    }

    [Fact]
    public void Plain_and_packed_segments_of_a_trail_keep_their_order()
    {
        File.WriteAllText(LogPath + ".1", "b\n");
        Zstd("a\n", LogPath + ".2.zst");
        TrailSink sink = Open(segmentsMax: 9, compresses: false);
        Write(sink, "c");
        sink.Rotate();
        Write(sink, "d");

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2", "audit.log.3.zst"], Names());
        Assert.Equal("a\n", Unpack(3));
        Assert.Equal(4, sink.Segments);
    }

    [Fact]
    public void With_keep_logs_all_stay()
    {
        TrailSink sink = Open(segmentsMax: 2, action: LogActionKind.KeepLogs);
        for (int count = 1; count <= 4; count++)
        {
            Write(sink, $"{count}");
            sink.Rotate();
            WaitFor(["audit.log", .. Enumerable.Range(1, count).Select(number => $"audit.log.{number}.zst")]);
        }

        Assert.Equal("1\n", Unpack(4));
    }

    [Fact]
    public void Permissions_and_times_stay()
    {
        File.WriteAllText(LogPath + ".1", "a\n");
        File.SetUnixFileMode(LogPath + ".1", UnixFileMode.UserRead | UnixFileMode.GroupRead);
        DateTime written = new(2026, 11, 20, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(LogPath + ".1", written);

        Open(segmentsMax: 5);
        WaitFor("audit.log", "audit.log.1.zst");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(LogPath + ".1.zst"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(LogPath + ".1.zst"));
    }

    [Fact]
    public void What_a_crash_left_is_mended_at_the_start()
    {
        File.WriteAllText(LogPath + ".1", "a\n");
        Zstd("a\n", LogPath + ".1.zst");
        File.WriteAllText(LogPath + ".packing", "half");

        Open(segmentsMax: 5);
        WaitFor("audit.log", "audit.log.1.zst");

        Assert.Equal("a\n", Unpack(1));
    }

    [Fact]
    public void A_segment_that_is_renamed_while_it_is_packed_is_replaced_under_its_new_name()
    {
        TrailSink sink = Open(segmentsMax: 9);
        Write(sink, "a");
        sink.Rotate();
        Assert.True(SpinWait.SpinUntil(() => !_posted.IsEmpty, s_limit));
        Write(sink, "b");
        sink.Rotate();
        Write(sink, "c");
        WaitFor("audit.log", "audit.log.1.zst", "audit.log.2.zst");

        Assert.Equal(("b\n", "a\n"), (Unpack(1), Unpack(2)));
    }

    [Fact]
    public void A_large_segment_is_whole_and_smaller_and_its_bytes_count()
    {
        output.WriteLine($"AKASHI_SEED={Seeded.Seed}");
        var random = new Random(Seeded.Seed);
        string text = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"type=SYSCALL msg=audit(1.000:{number}): a0={random.Next():x}\n"));
        File.WriteAllText(LogPath + ".1", text);

        Open(segmentsMax: 5);
        WaitFor("audit.log", "audit.log.1.zst");

        Assert.Equal(text, Unpack(1));
        long packed = new FileInfo(LogPath + ".1.zst").Length;
        Assert.InRange(packed, 1, text.Length / 2);
        Assert.Equal((packed, 2), TrailRoomLook.Take(_host.Files, new AuditdConfiguration { LogFile = LogPath }) is var room ? (room.TrailBytes, room.Segments) : default);
    }

    [Fact]
    public void The_end_does_not_wait_for_what_is_being_packed()
    {
        using (FileStream large = File.Create(LogPath + ".1"))
            large.SetLength(1L << 30);
        Open(segmentsMax: 5);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(LogPath + ".packing"), s_limit));

        _sink!.Dispose();
        _sink = null;

        Assert.Equal(["audit.log", "audit.log.1"], Names());
    }

    readonly ITestOutputHelper output;

    public SegmentPackerTests(ITestOutputHelper output) => this.output = output;

    TrailSink Open(int segmentsMax, bool compresses = true, LogActionKind action = LogActionKind.Rotate)
    {
        var configuration = new AuditdConfiguration { LogFile = LogPath, SegmentsMax = segmentsMax, SizeAction = new LogAction(action) };
        var writer = new TrailWriter(_host.Files, LogPath, configuration.Rotation, []);
        var own = new OwnLines(new RecordText(default), new OwnRecords(_clock, 1));
        _sink = new TrailSink(
            configuration, writer, own, new DiskLedger(), new DaemonSurroundings { Say = _said.Add }, _clock, _posted.Enqueue);
        _sink.Pack(_host.Files, new AkashiConfiguration { Compresses = compresses });
        return _sink;
    }

    // What is posted runs here, as it does on the write stage's thread.
    void WaitFor(params string[] names)
    {
        bool isThere = SpinWait.SpinUntil(
            () =>
            {
                while (_posted.TryDequeue(out Action? action))
                    action();
                return Names().SequenceEqual(names);
            },
            s_limit);
        Assert.True(isThere, string.Join(' ', Names()) + string.Concat(_said));
    }

    string[] Names() => [.. Directory.GetFiles(Path.GetDirectoryName(LogPath)!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    string Unpack(int number)
    {
        string path = $"{LogPath}.{number}.zst";
        using FileStream packed = File.OpenRead(path);
        using var reader = new StreamReader(_host.Files.Unzstd(packed, path));
        return reader.ReadToEnd();
    }

    // Packed by zstd(1)'s frame of stored bytes: magic, descriptor of one segment and its length, a raw last block (RFC 8878, section 3.1.1).
    static void Zstd(string text, string path)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        File.WriteAllBytes(path, [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)bytes.Length, (byte)((bytes.Length << 3) | 1), 0, 0, .. bytes]);
    }

    static void Write(TrailSink sink, string line) => sink.Write(Encoding.ASCII.GetBytes(line + "\n"), 1);
}
