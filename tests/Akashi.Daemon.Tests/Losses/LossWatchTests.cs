using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Losses;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Losses;

/// <summary>What is missing, from the kernel's messages to the trail's own words.</summary>
public sealed class LossWatchTests : IDisposable
{
    static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_795_246_203);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(s_start);
    readonly RefusingFiles _files = new(new LinuxHost().Files);
    readonly MessageRing _ring = new(64 * 1024);
    readonly TrailWriter _writer;
    readonly WriteStage _stage;

    public LossWatchTests()
    {
        _writer = new TrailWriter(_files, LogPath, default, []);
        var ledger = new DiskLedger();
        var text = new RecordText(default);
        var own = new OwnRecords(_clock, 1);
        var sink = new TrailSink(
            new AuditdConfiguration(), _writer, new OwnLines(text, own), ledger, new DaemonSurroundings(), _clock, action => _stage!.Post(action));
        _stage = new WriteStage(_ring, text, null, own, sink, ledger, _clock);
    }

    string LogPath => _folder["audit.log"];

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_number_that_never_arrives_is_said_after_a_minute_and_taken_back_when_it_does()
    {
        Write(1300, 10, 11, 14);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Write(1300, 15);
        Assert.EndsWith("type=DAEMON_ERR msg=audit(1795246264.000:1): op=loss source=gap count=2 res=failed\n", Log);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Write(1300, 12);
        Assert.EndsWith("type=DAEMON_ERR msg=audit(1795246266.000:2): op=late source=gap count=1 res=success\n", Log);
        LossCount count = _stage.Losses.Ledger.Of(LossSource.Gap);
        Assert.Equal((1L, 1L, 0L), (count.Count, count.TakenBack, count.Unsaid));
    }

    [Fact]
    public void Records_that_are_not_written_have_numbers_too()
    {
        Write(1300, 10);
        Write(1320, 10, 11);
        Write(1300, 12);

        Assert.Equal((0, 3L), (_stage.Losses.Gaps.Ranges, _stage.Losses.Gaps.Events));
    }

    [Fact]
    public void What_the_disk_does_not_take_stays_unsaid()
    {
        Write(1300, 10);
        _files.Refuses = true;
        Write(1300, 11);
        _stage.Losses.Ledger.Add(LossSource.Kernel, 7);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Write(1300, 12);
        Assert.Equal(7, _stage.Losses.Ledger.Of(LossSource.Kernel).Unsaid);

        _files.Refuses = false;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Write(1300, 13);
        Assert.Contains("op=loss source=disk count=2 res=failed\n", Log);
        Assert.EndsWith("op=loss source=kernel count=7 res=failed\n", Log);
        Assert.Equal((7L, 0L), (_stage.Losses.Ledger.Of(LossSource.Kernel).Count, _stage.Losses.Ledger.Of(LossSource.Kernel).Unsaid));
    }

    [Fact]
    public void The_kernels_reset_is_read_from_its_record()
    {
        _stage.Losses.Kernel.Look(5);
        Add(1305, "audit(1626611363.720:10): op=set lost=0 old=9 auid=0 ses=1 res=1");
        _ring.Publish();
        _stage.Run(new CancellationToken(canceled: true));

        Assert.Equal(4, _stage.Losses.Ledger.Of(LossSource.Kernel).Count);
    }

    // The twin: the stamp's own parser.
    [Fact]
    public void The_number_is_read_as_the_stamps_parser_reads_it() => Seeded.Repeat(5000, random =>
    {
        string seconds = random.NextInt64(random.Next(4) == 0 ? 10 : 4_000_000_000).ToString();
        string text = $"audit({seconds}.{random.Next(1000):000}:{random.NextInt64(random.Next(3) == 0 ? 99_999_999_999 : 4_294_967_296)}): a=b";
        byte[] bytes = random.Next(2) == 0 ? Encoding.ASCII.GetBytes(text) : Mutations.Damage(Encoding.ASCII.GetBytes(text), random);
        bool isStamp = EventStamp.TryParse(bytes.AsSpan()[Math.Min(6, bytes.Length)..], out EventStamp stamp, out int length);
        bool expected = bytes.AsSpan().StartsWith("audit("u8) && isStamp && stamp.Serial <= uint.MaxValue
            && bytes.Length > 6 + length && bytes[6 + length] == ')';

        bool isRead = LossWatch.TryReadSerial(bytes, out uint serial);

        // What damage makes of the seconds isn't looked at.
        if (expected)
            Assert.Equal((true, (uint)stamp.Serial), (isRead, serial));
        else if (isStamp)
            Assert.False(isRead);
    });

    string Log => File.ReadAllText(LogPath);

    void Write(ushort type, params ReadOnlySpan<uint> serials)
    {
        foreach (uint serial in serials)
            Add(type, $"audit(1626611363.720:{serial}): a=1");
        _ring.Publish();
        _stage.Run(new CancellationToken(canceled: true));
    }

    void Add(ushort type, string text) => Assert.True(_ring.TryAdd(new KernelMessage(type, Encoding.ASCII.GetBytes(text))));
}
