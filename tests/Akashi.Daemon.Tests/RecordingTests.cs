using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests;

/// <summary>The stages together, over a scripted kernel and a real file.</summary>
public sealed class RecordingTests : IDisposable
{
    static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_795_246_203);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(s_start);
    readonly List<TrailException> _refusals = [];

    string LogPath => _folder["audit.log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_become_the_lines_of_a_standard_log()
    {
        string log = Record(new ScriptedEvents()
            .Add(1300, "audit(1626611363.720:348501): arch=c000003e syscall=59")
            .Add(1320, "audit(1626611363.720:348501): ")
            .Add(1423, "audit(1626611363.721:348502): domain=1")
            .Add(1999, "audit(1626611363.722:348503): x=1"));

        Assert.Equal(
            "type=SYSCALL msg=audit(1626611363.720:348501): arch=c000003e syscall=59\n" +
            "type=LANDLOCK_ACCESS msg=audit(1626611363.721:348502): domain=1\n" +
            "type=UNKNOWN[1999] msg=audit(1626611363.722:348503): x=1\n",
            log);
    }

    [Fact]
    public void Control_bytes_forge_no_second_record_and_no_enriched_field()
    {
        string log = Record(new ScriptedEvents()
            .Add(1107, "audit(1.000:7): msg='a\ntype=LOGIN msg=audit(1.000:8): auid=0\0b\u001dAUID=\"root\"' \n"));

        Assert.Equal(
            "type=USER_AVC msg=audit(1.000:7): msg='a type=LOGIN msg=audit(1.000:8): auid=0 b AUID=\"root\"'\n", log);
    }

    [Fact]
    public void The_daemons_own_types_from_the_socket_are_forged_and_left_out()
    {
        string log = Record(new ScriptedEvents()
            .Add(1200, "audit(1.000:1): op=start")
            .Add(1299, "audit(1.000:1): op=start")
            .Add(1000, "audit(1.000:1): ")
            .Add(1329, "audit(1.000:1): ")
            .Add(1005, "audit(1.000:2): text"));

        Assert.Equal("type=USER msg=audit(1.000:2): text\n", log);
    }

    [Fact]
    public void What_the_socket_lost_is_counted_by_kind()
    {
        var events = new ScriptedEvents()
            .Add(ReceiveOutcome.Overrun).Add(ReceiveOutcome.Truncated).Add(ReceiveOutcome.Foreign).Add(1300, "audit(1.000:1): a=b");
        events.Release();
        var stage = new ReceiveStage(events, new MessageRing(64 * 1024));

        stage.Run(CancellationToken.None);

        Assert.Equal((1L, 1L, 2L), (stage.Received, stage.Overruns, stage.Faults));
    }

    [Fact]
    public void After_messages_the_reader_lets_more_gather_and_in_a_silence_it_does_not()
    {
        var events = new ScriptedEvents().Add(1300, "audit(1.000:1): a=b").Add(1300, "audit(1.000:2): a=b");
        using var end = new CancellationTokenSource();
        var stage = new ReceiveStage(events, new MessageRing(64 * 1024));
        var reader = new Thread(() => stage.Run(end.Token));

        reader.Start();
        Assert.True(SpinWait.SpinUntil(() => events.DryReceives >= 2, TimeSpan.FromSeconds(10)));
        end.Cancel();
        events.Wake();
        reader.Join();

        Assert.Equal(1, events.Rests);
    }

    [Fact]
    public void A_paused_reader_first_hands_on_what_it_took()
    {
        var events = new ScriptedEvents { HoldsMessages = true }.Add(1300, "audit(1.000:1): a=b").Add(1300, "audit(1.000:2): a=b");
        var ring = new MessageRing(64 * 1024);
        var stage = new ReceiveStage(events, ring);
        stage.Pause();
        var reader = new Thread(() => stage.Run(CancellationToken.None));

        reader.Start();
        Assert.True(SpinWait.SpinUntil(() => stage.Received == 2, TimeSpan.FromSeconds(10)));
        Assert.True(reader.IsAlive);
        events.HoldsMessages = false;
        events.Wake();

        Assert.True(reader.Join(TimeSpan.FromSeconds(10)));
        Assert.False(ring.IsEmpty);
    }

    [Fact]
    public void A_full_ring_makes_the_kernel_wait_and_loses_nothing()
    {
        var events = new ScriptedEvents();
        string text = "audit(1.000:1): " + new string('x', 8000);
        for (int index = 0; index < 200; index++)
            events.Add(1300, text);

        string log = Record(events, ringBytes: 64 * 1024);

        Assert.Equal(200, log.Split('\n').Length - 1);
    }

    [Fact]
    public void A_disk_that_refuses_costs_what_is_said_in_the_trail_when_it_takes_records_again()
    {
        var files = new RefusingFiles(new LinuxHost().Files);
        using var writer = new TrailWriter(files, LogPath, default, []);
        var ring = new MessageRing(64 * 1024);
        WriteStage stage = MakeStage(ring, writer, enricher: null);

        files.Refuses = true;
        Write(stage, ring, "audit(1.000:1): a=1", "audit(1.000:2): a=2");
        files.Refuses = false;
        Write(stage, ring, "audit(1.000:3): a=3");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Write(stage, ring, "audit(1.000:4): a=4");

        Assert.Equal(
            "type=DAEMON_ERR msg=audit(1795246205.000:1): op=loss source=disk count=3 res=failed\n" +
            "type=SYSCALL msg=audit(1.000:4): a=4\n",
            File.ReadAllText(LogPath));
        Assert.Equal((3L, 0L, 1L), (stage.Disk.RefusedRecords, stage.Disk.UnsaidRecords, stage.Written));
        Assert.Single(_refusals);
    }

    [Fact]
    public void Half_a_line_left_by_a_full_disk_is_taken_back()
    {
        var files = new RefusingFiles(new LinuxHost().Files) { TakesBeforeRefusing = 10 };
        using var writer = new TrailWriter(files, LogPath, default, []);
        writer.Append("type=A msg=audit(1.000:1): a\n"u8);
        files.Refuses = true;
        Assert.Throws<TrailException>(() => writer.Append("type=B msg=audit(1.000:2): b\n"u8));
        files.Refuses = false;

        writer.Append("type=C msg=audit(1.000:3): c\n"u8);

        Assert.Equal("type=A msg=audit(1.000:1): a\ntype=C msg=audit(1.000:3): c\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public void Half_a_line_is_taken_back_at_once()
    {
        var files = new RefusingFiles(new LinuxHost().Files) { TakesBeforeRefusing = 10, Refuses = true };
        using var writer = new TrailWriter(files, LogPath, default, []);

        Assert.Throws<TrailException>(() => writer.Append("type=B msg=audit(1.000:2): b\n"u8));

        Assert.Equal("", File.ReadAllText(LogPath));
    }

    // As at SIGHUP: the next writer is made while this one still writes.
    [Fact]
    public void A_writer_takes_nothing_back_that_the_one_before_it_wrote()
    {
        var files = new RefusingFiles(new LinuxHost().Files) { TakesBeforeRefusing = 10 };
        using var former = new TrailWriter(files, LogPath, default, []);
        former.Append("type=A msg=audit(1.000:1): a\n"u8);
        using var writer = new TrailWriter(files, LogPath, default, []);
        former.Append("type=B msg=audit(1.000:2): b\n"u8);
        files.Refuses = true;
        Assert.Throws<TrailException>(() => writer.Append("type=C msg=audit(1.000:3): c\n"u8));
        files.Refuses = false;

        writer.Append("type=D msg=audit(1.000:4): d\n"u8);

        Assert.Equal("type=A msg=audit(1.000:1): a\ntype=B msg=audit(1.000:2): b\ntype=D msg=audit(1.000:4): d\n", File.ReadAllText(LogPath));
        Assert.Equal(new FileInfo(LogPath).Length, writer.Length);
    }

    [Fact]
    public void Segments_rotate_by_size_and_the_oldest_goes()
    {
        using (var writer = new TrailWriter(new LinuxHost().Files, LogPath, new RotationSettings(3, 30, true, false), []))
        {
            foreach (string letter in (string[])["a", "b", "c", "d"])
            {
                writer.Append(Encoding.ASCII.GetBytes($"type=A msg=audit(1.000:1): {letter}{new string('.', 20)}\n"));
                Assert.True(writer.RotateWhereDue());
            }
        }

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal("", File.ReadAllText(LogPath));
        Assert.Contains(": d", File.ReadAllText(LogPath + ".1"));
        Assert.Contains(": c", File.ReadAllText(LogPath + ".2"));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(LogPath + ".1"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Fact]
    public void Receiving_and_writing_allocate_nothing_per_record()
    {
        using var writer = new TrailWriter(new LinuxHost().Files, LogPath, default, []);
        var ring = new MessageRing(64 * 1024);
        WriteStage stage = MakeStage(ring, writer, new RecordEnricher(new NoAccounts(), _clock));
        byte[] text = Encoding.ASCII.GetBytes(
            "audit(1626611363.720:348501): arch=c000003e syscall=257 success=no exit=-13 ppid=1 pid=2 auid=1000 uid=1000 gid=1000 key=\"k\"");
        Pass(stage, ring, text, 10_000);

        Allocation.IsZero(() => Pass(stage, ring, text, 100_000));
    }

    string Record(ScriptedEvents events, int ringBytes = 256 * 1024)
    {
        events.Release();
        using var writer = new TrailWriter(new LinuxHost().Files, LogPath, default, []);
        var ring = new MessageRing(ringBytes);
        WriteStage write = MakeStage(ring, writer, enricher: null);
        var receive = new ReceiveStage(events, ring);
        using var ended = new CancellationTokenSource();
        var recorder = new Thread(() => write.Run(ended.Token));
        recorder.Start();
        receive.Run(CancellationToken.None);
        ended.Cancel();
        ring.WakeConsumer();
        recorder.Join();
        return File.ReadAllText(LogPath, Encoding.Latin1);
    }

    WriteStage MakeStage(MessageRing ring, TrailWriter writer, IRecordEnricher? enricher)
    {
        var ledger = new DiskLedger();
        var text = new RecordText(default);
        var own = new OwnRecords(_clock, 1);
        WriteStage stage = null!;
        var sink = new TrailSink(
            new AuditdConfiguration(), writer, new OwnLines(text, own), ledger, new DaemonSurroundings { OnRefused = _refusals.Add }, _clock,
            action => stage.Post(action));
        return stage = new WriteStage(ring, text, enricher, own, sink, ledger, _clock);
    }

    static void Write(WriteStage stage, MessageRing ring, params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            Assert.True(ring.TryAdd(new KernelMessage(1300, Encoding.ASCII.GetBytes(text))));
        ring.Publish();
        stage.Run(new CancellationToken(canceled: true));
    }

    static void Pass(WriteStage stage, MessageRing ring, byte[] text, int count)
    {
        var ended = new CancellationToken(canceled: true);
        for (int index = 0; index < count; index++)
        {
            ring.TryAdd(new KernelMessage(1300, text));
            if (index % 100 == 99)
            {
                ring.Publish();
                stage.Run(ended);
            }
        }
    }

    sealed class NoAccounts : IAccounts
    {
        public string? FindUserName(uint uid) => null;

        public string? FindGroupName(uint gid) => null;

        public bool TryFindUser(string name, out uint uid)
        {
            uid = 0;
            return false;
        }

        public bool TryFindGroup(string name, out uint gid)
        {
            gid = 0;
            return false;
        }
    }
}
