using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Disk;

/// <summary>New segments by the local clock.</summary>
public sealed class RotationByTimeTests : IDisposable
{
    // Saturday 2026-11-21, 05:58:30 UTC: 11:43:30 in Nepal.
    static readonly DateTimeOffset s_start = new(2026, 11, 21, 5, 58, 30, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(s_start);
    TrailSink? _sink;

    string LogPath => _folder["audit.log"];

    public void Dispose()
    {
        _sink?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void At_the_hour_of_the_zone_the_next_group_begins_a_segment()
    {
        TrailSink sink = Open(hours: 6, new Nepal());

        Write(sink, "a");
        _clock.Advance(TimeSpan.FromMinutes(16));
        Write(sink, "b");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Write(sink, "c");
        Write(sink, "d");
        _clock.Advance(TimeSpan.FromHours(5.9));
        Write(sink, "e");

        Assert.Equal(("c\nd\ne\n", "a\nb\n"), (Read(""), Read(".1")));
        Assert.Equal(2, sink.Segments);
    }

    [Fact]
    public void In_a_silence_the_segment_ends_too_and_an_empty_one_never()
    {
        TrailSink sink = Open(hours: 24, new UtcTime());

        Write(sink, "a");
        for (int hour = 0; hour < 72; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            sink.Idle();
        }

        Assert.Equal(("", "a\n"), (Read(""), Read(".1")));
        Assert.Equal(2, sink.Segments);
    }

    [Fact]
    public void What_an_earlier_day_wrote_is_rotated_at_the_first_group()
    {
        File.WriteAllText(LogPath, "old\n");
        File.SetLastWriteTimeUtc(LogPath, s_start.UtcDateTime.AddHours(-6));
        Write(Open(hours: 24, new UtcTime()), "new");

        Assert.Equal(("new\n", "old\n"), (Read(""), Read(".1")));
    }

    [Fact]
    public void What_the_same_day_wrote_goes_on()
    {
        File.WriteAllText(LogPath, "old\n");
        File.SetLastWriteTimeUtc(LogPath, s_start.UtcDateTime.AddHours(-5));
        Write(Open(hours: 24, new UtcTime()), "new");

        Assert.Equal("old\nnew\n", Read(""));
    }

    [Fact]
    public void Rotation_by_size_stands_beside_it()
    {
        TrailSink sink = Open(hours: 1, new UtcTime(), segmentMebibytes: 1);

        Write(sink, new string('x', 1024 * 1024));
        Write(sink, "b");
        _clock.Advance(TimeSpan.FromMinutes(2));
        Write(sink, "c");

        Assert.Equal(("c\n", "b\n"), (Read(""), Read(".1")));
        Assert.Equal(3, sink.Segments);
    }

    [Fact]
    public void Without_it_no_hour_changes_anything()
    {
        TrailSink sink = Open(hours: 0, new UtcTime());

        Write(sink, "a");
        _clock.Advance(TimeSpan.FromDays(3));
        Write(sink, "b");

        Assert.Equal("a\nb\n", Read(""));
    }

    TrailSink Open(int hours, ILocalTime localTime, long segmentMebibytes = 0)
    {
        var configuration = new AuditdConfiguration
        {
            LogFile = LogPath, SegmentsMax = 5, SegmentMegabytesMax = (int)segmentMebibytes, SizeAction = new LogAction(LogActionKind.Rotate),
        };
        var writer = new TrailWriter(new LinuxHost().Files, LogPath, configuration.Rotation, []);
        var own = new OwnLines(new RecordText(default), new OwnRecords(_clock, 1));
        _sink = new TrailSink(configuration, writer, own, new DiskLedger(), new DaemonSurroundings(), _clock, _ => { });
        _sink.Follow(hours == 0 ? null : new RotationCalendar(localTime, hours));
        return _sink;
    }

    string Read(string ending) => File.ReadAllText(LogPath + ending);

    static void Write(TrailSink sink, string line) => sink.Write(Encoding.ASCII.GetBytes(line + "\n"), 1);

    // Five hours and three quarters ahead.
    sealed class Nepal : ILocalTime
    {
        const long Ahead = ((5 * 60) + 45) * 60;

        readonly UtcTime _utc = new();

        public LocalDateTime ToLocal(long unixSeconds) => _utc.ToLocal(unixSeconds + Ahead);

        public long ToUnixSeconds(LocalDateTime local) => _utc.ToUnixSeconds(local) - Ahead;

        public int Format(string format, long unixSeconds, Span<byte> destination) => throw new NotSupportedException();

        public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result) => throw new NotSupportedException();
    }
}
