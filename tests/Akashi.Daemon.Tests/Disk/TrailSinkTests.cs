using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Disk;

/// <summary>What is done when a segment is long, room is short or the disk refuses; the machine is a list.</summary>
public sealed class TrailSinkTests : IDisposable
{
    const long Mebi = 1024 * 1024;
    const int InputOutputError = 5;

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1.1);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_795_246_203));
    readonly RefusingFiles _files = new(new LinuxHost().Files);
    readonly ListedActions _actions = new();
    readonly DiskLedger _ledger = new();
    readonly List<Action> _posted = [];
    readonly List<string> _said = [];
    TrailSink? _sink;

    string LogPath => _folder["audit.log"];

    public void Dispose()
    {
        _sink?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Short_room_is_answered_once_and_again_after_there_was_enough()
    {
        TrailSink sink = Open(new AuditdConfiguration { SpaceLeft = new SpaceLimit(75, false), SpaceLeftAction = new LogAction(LogActionKind.Syslog) });

        WriteWithFree(sink, 75);
        WriteWithFree(sink, 74);
        WriteWithFree(sink, 10);
        Assert.True(sink.IsSpaceAnswered);
        WriteWithFree(sink, 80);
        Assert.False(sink.IsSpaceAnswered);
        WriteWithFree(sink, 70);

        Assert.Equal(
            [$"say the disk of {LogPath} has 74 MiB left, less than space_left", $"say the disk of {LogPath} has 70 MiB left, less than space_left"],
            _actions.Asked);
        Assert.Equal(5, _ledger.WrittenRecords);
    }

    [Fact]
    public void A_percentage_is_of_the_whole_file_system()
    {
        TrailSink sink = Open(new AuditdConfiguration
        {
            SpaceLeft = new SpaceLimit(25, true),
            SpaceLeftAction = new LogAction(LogActionKind.Email),
            MailAccount = "admin@example.org",
        });

        WriteWithFree(sink, 250);
        Assert.Empty(_actions.Asked);
        WriteWithFree(sink, 249);

        Assert.Equal(
            [
                $"say the disk of {LogPath} has 249 MiB left, less than space_left",
                $"mail admin@example.org Audit disk space alert: the disk of {LogPath} has 249 MiB left, less than space_left.\nPlease make room, so that no record is lost.",
            ],
            _actions.Asked);
    }

    [Theory]
    [InlineData(LogActionKind.Single, "changes to single user mode", "level SingleUser")]
    [InlineData(LogActionKind.Halt, "is halted", "level Halt")]
    public void The_machine_itself_is_asked_for_once(LogActionKind kind, string said, string asked)
    {
        TrailSink sink = Open(new AuditdConfiguration { AdminSpaceLeft = new SpaceLimit(50, false), AdminSpaceLeftAction = new LogAction(kind) });

        WriteWithFree(sink, 49);
        WriteWithFree(sink, 48);

        Assert.Equal([$"say the disk of {LogPath} has 49 MiB left, less than admin_space_left: the machine {said}", asked], _actions.Asked);
        Assert.True(sink.IsAdminSpaceAnswered);
    }

    [Fact]
    public void Suspended_writing_counts_until_it_is_resumed_and_then_says_the_count()
    {
        TrailSink sink = Open(new AuditdConfiguration { AdminSpaceLeft = new SpaceLimit(50, false), AdminSpaceLeftAction = new LogAction(LogActionKind.Suspend) });

        WriteWithFree(sink, 49);
        Assert.True(sink.IsSuspended);
        Write(sink, "b", records: 2);
        sink.Rotate();
        _files.Space = Room(100);
        sink.Idle();
        Assert.True(sink.IsSuspended);
        sink.Resume();
        Write(sink, "c");

        Assert.False(sink.IsSuspended);
        Assert.Equal(
            "a\ntype=DAEMON_ERR msg=audit(1795246203.300:1): op=loss source=disk count=2 res=failed\nc\n", File.ReadAllText(LogPath));
        Assert.Equal((2L, 2L, 0L), (_ledger.WrittenRecords, _ledger.RefusedRecords, _ledger.UnsaidRecords));
    }

    [Fact]
    public void Rotation_for_room_goes_on_but_not_at_every_look()
    {
        TrailSink sink = Open(new AuditdConfiguration
        {
            SpaceLeft = new SpaceLimit(75, false), SpaceLeftAction = new LogAction(LogActionKind.Rotate), SegmentsMax = 3,
        });

        WriteWithFree(sink, 10, "a");
        WriteWithFree(sink, 10, "b");
        Assert.Equal(["audit.log", "audit.log.1"], Names());
        _clock.Advance(TimeSpan.FromSeconds(11));
        WriteWithFree(sink, 10, "c");
        _clock.Advance(TimeSpan.FromSeconds(11));
        WriteWithFree(sink, 10, "d");

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2"], Names());
        Assert.Equal(("d\n", "b\nc\n"), (File.ReadAllText(LogPath + ".1"), File.ReadAllText(LogPath + ".2")));
        Assert.Empty(_actions.Asked);
    }

    [Fact]
    public void While_a_program_runs_records_wait_and_then_go_to_what_it_left()
    {
        TrailSink sink = Open(new AuditdConfiguration
        {
            SizeAction = new LogAction(LogActionKind.Exec, "/usr/local/sbin/archive"), SegmentMegabytesMax = 1,
        });

        Write(sink, new string('a', (int)Mebi));
        Assert.Equal([$"say {LogPath} has reached max_log_file = 1 MiB: /usr/local/sbin/archive is run", "run /usr/local/sbin/archive"], _actions.Asked);
        Assert.True(sink.IsHeld);
        File.Move(LogPath, _folder["archived"]);
        _actions.EndProgram!();
        RunPosted();
        Assert.False(sink.IsHeld);
        Write(sink, "b");

        Assert.Equal("b\n", File.ReadAllText(LogPath));
        Assert.Equal(0, _ledger.RefusedRecords);
    }

    [Fact]
    public void A_program_that_does_not_end_costs_what_is_said()
    {
        TrailSink sink = Open(new AuditdConfiguration { SpaceLeft = new SpaceLimit(75, false), SpaceLeftAction = new LogAction(LogActionKind.Exec, "/p") });

        WriteWithFree(sink, 10);
        Assert.True(sink.IsHeld);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(sink.IsHeld);
        Write(sink, "b", records: 3);
        _actions.EndProgram!();
        RunPosted();
        Write(sink, "c");

        Assert.EndsWith("op=loss source=disk count=3 res=failed\nc\n", File.ReadAllText(LogPath));
        Assert.Equal(["a program runs for more than 10 s: records are counted and dropped until it ends"], _said);
    }

    [Fact]
    public void An_end_that_comes_after_the_resumption_changes_nothing()
    {
        TrailSink sink = Open(new AuditdConfiguration
        {
            SpaceLeft = new SpaceLimit(75, false),
            SpaceLeftAction = new LogAction(LogActionKind.Exec, "/p"),
            AdminSpaceLeft = new SpaceLimit(50, false),
            AdminSpaceLeftAction = new LogAction(LogActionKind.Suspend),
        });
        WriteWithFree(sink, 60);
        Action late = _actions.EndProgram!;
        sink.Resume();
        Assert.False(sink.IsHeld);

        _files.Space = Room(100);
        Tick();
        Write(sink, "b");
        WriteWithFree(sink, 40);
        late();
        RunPosted();

        Assert.True(sink.IsSuspended);
    }

    [Fact]
    public void A_long_segment_is_said_once()
    {
        TrailSink sink = Open(new AuditdConfiguration { SizeAction = new LogAction(LogActionKind.Syslog), SegmentMegabytesMax = 1 });

        Write(sink, new string('a', (int)Mebi));
        Write(sink, "b");

        Assert.Equal([$"say {LogPath} has reached max_log_file = 1 MiB"], _actions.Asked);
    }

    [Fact]
    public void A_full_disk_that_is_to_be_ignored_is_said_all_the_same()
    {
        TrailSink sink = Open(new AuditdConfiguration());

        _files.Refuses = true;
        Write(sink, "a");
        _clock.Advance(s_second);
        Write(sink, "b");

        Assert.Equal([$"say the disk of {LogPath} is full"], _actions.Asked);
        Assert.True(sink.HasDiskError);
        Assert.Equal(2, _ledger.RefusedRecords);
    }

    [Fact]
    public void A_full_disk_may_be_rotated_free_at_once()
    {
        TrailSink sink = Open(new AuditdConfiguration { DiskFullAction = new LogAction(LogActionKind.Rotate), SegmentsMax = 2 });
        Write(sink, "a");

        _files.Refuses = true;
        Write(sink, "b");
        _files.Refuses = false;
        Write(sink, "c");

        Assert.Equal("a\n", File.ReadAllText(LogPath + ".1"));
        Assert.EndsWith("op=loss source=disk count=1 res=failed\nc\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public void Fewer_than_five_free_blocks_are_a_full_disk()
    {
        TrailSink sink = Open(new AuditdConfiguration { DiskFullAction = new LogAction(LogActionKind.Suspend) });

        _files.Space = new FileSystemSpace(100 * Mebi, 4 * 4096, 4);
        Tick();
        Write(sink, "a");

        Assert.True(sink.IsSuspended);
        Assert.Equal([$"say the disk of {LogPath} is full: writing is suspended until SIGUSR2, records are counted and dropped"], _actions.Asked);
    }

    [Fact]
    public void A_broken_disk_is_said_five_times_and_anew_after_it_worked()
    {
        TrailSink sink = Open(new AuditdConfiguration());
        _files.Refusal = (InputOutputError, "Input/output error");

        for (int round = 0; round < 2; round++)
        {
            _files.Refuses = true;
            for (int time = 0; time < 8; time++)
            {
                Write(sink, "a");
                _clock.Advance(s_second);
            }

            Assert.Equal(Enumerable.Repeat($"say cannot write {LogPath}: Input/output error", 5 * (round + 1)), _actions.Asked);
            _files.Refuses = false;
            Write(sink, "b");
        }

        Assert.Equal((2L, 16L, 0L), (_ledger.WrittenRecords, _ledger.RefusedRecords, _ledger.UnsaidRecords));
    }

    [Fact]
    public void A_log_that_was_moved_away_is_begun_anew()
    {
        TrailSink sink = Open(new AuditdConfiguration { SegmentsMax = 3 });
        Write(sink, "a");

        File.Move(LogPath, _folder["elsewhere"]);
        Tick();
        Write(sink, "b");
        Write(sink, "c");

        Assert.Equal(("a\nb\n", "c\n"), (File.ReadAllText(_folder["elsewhere"]), File.ReadAllText(LogPath)));
        Assert.Equal([$"{LogPath} was moved away; records go to a new one"], _said);
    }

    [Fact]
    public void Where_the_directory_is_gone_the_moved_log_still_takes_records()
    {
        Directory.CreateDirectory(_folder["log"]);
        string path = _folder["log/audit.log"];
        TrailSink sink = Open(new AuditdConfiguration { LogFile = path, SegmentsMax = 3 });
        Write(sink, "a");

        Directory.Move(_folder["log"], _folder["moved"]);
        Tick();
        Write(sink, "b");
        sink.Rotate();
        Write(sink, "c");
        Directory.CreateDirectory(_folder["log"]);
        _clock.Advance(s_second);
        Write(sink, "d");
        Write(sink, "e");

        Assert.Equal(("a\nb\nc\nd\n", "e\n"), (File.ReadAllText(_folder["moved/audit.log"]), File.ReadAllText(path)));
        Assert.Equal(0, _ledger.RefusedRecords);
    }

    [Fact]
    public void Segments_beyond_num_logs_are_removed_at_the_start()
    {
        foreach (int number in (int[])[1, 2, 3, 7, 12])
            File.WriteAllText($"{LogPath}.{number}", "");
        File.WriteAllText(LogPath + ".old", "");

        TrailSink sink = Open(new AuditdConfiguration { SegmentsMax = 3, SizeAction = new LogAction(LogActionKind.Rotate) });

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2", "audit.log.old"], Names());
        Assert.Equal(3, sink.Segments);
        Assert.Equal(["removed 3 segments beyond num_logs = 3"], _said);
    }

    [Fact]
    public void A_half_line_of_an_earlier_writer_is_closed_first()
    {
        File.WriteAllText(LogPath, "type=A msg=audit(1.0");

        Write(Open(new AuditdConfiguration()), "b");

        Assert.Equal("type=A msg=audit(1.0\nb\n", File.ReadAllText(LogPath));
    }

    TrailSink Open(AuditdConfiguration configuration)
    {
        if (configuration.LogFile.StartsWith("/var", StringComparison.Ordinal))
            configuration = configuration with { LogFile = LogPath };
        var writer = new TrailWriter(_files, configuration.LogFile, configuration.Rotation, []);
        var own = new OwnLines(new RecordText(default), new OwnRecords(_clock, 1));
        var surroundings = new DaemonSurroundings { Say = _said.Add, Actions = _actions };
        return _sink = new TrailSink(configuration, writer, own, _ledger, surroundings, _clock, _posted.Add);
    }

    void WriteWithFree(TrailSink sink, long freeMegabytes, string line = "a")
    {
        _files.Space = Room(freeMegabytes);
        Tick();
        Write(sink, line);
    }

    static FileSystemSpace Room(long freeMegabytes) => new(1000 * Mebi, freeMegabytes * Mebi, freeMegabytes * 256);

    static void Write(TrailSink sink, string line, int records = 1) => sink.Write(Encoding.ASCII.GetBytes(line + "\n"), records);

    // So long that the sink looks at the disk.
    void Tick() => _clock.Advance(TimeSpan.FromMilliseconds(300));

    void RunPosted()
    {
        _posted.ForEach(action => action());
        _posted.Clear();
    }

    IEnumerable<string?> Names() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order();
}
