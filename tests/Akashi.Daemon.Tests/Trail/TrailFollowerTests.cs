using System.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Trail;

/// <summary>Following a log over real files, while it is written, rotated and truncated.</summary>
public sealed class TrailFollowerTests : IDisposable
{
    static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_795_246_203);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new(s_start);
    readonly LinuxHost _host = new();
    readonly List<ulong> _seen = [];
    TrailFollower? _follower;
    ulong _written;

    string LogPath => _folder["audit.log"];

    public void Dispose()
    {
        _follower?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_is_appended_comes_once_and_in_order()
    {
        Write(3);
        Follow();
        Write(2);
        Take();

        Assert.Equal([1UL, 2, 3, 4, 5], _seen);
    }

    [Fact]
    public void A_last_line_without_its_line_feed_waits_for_the_rest()
    {
        Write(1);
        Follow();
        string line = NextLine();
        File.AppendAllText(LogPath, line[..20]);
        Take();
        Assert.Equal([1UL], _seen);
        File.AppendAllText(LogPath, line[20..]);
        Take();

        Assert.Equal([1UL, 2], _seen);
        Assert.Equal(0, _follower!.BadLines);
    }

    [Fact]
    public void A_rotation_loses_nothing_that_was_written_before_it()
    {
        Write(1);
        Follow();
        Take();
        Write(2);
        Rotate(keep: 4);
        Write(2);
        Take();

        Assert.Equal([1UL, 2, 3, 4, 5], _seen);
        Assert.Equal(1, _follower!.Rotations);
    }

    [Fact]
    public void Several_rotations_between_two_looks_are_followed_in_order()
    {
        Write(1);
        Follow();
        Take();
        for (int count = 0; count < 3; count++)
        {
            Write(2);
            Rotate(keep: 9);
        }

        Write(1);
        Take();

        Assert.Equal([1UL, 2, 3, 4, 5, 6, 7, 8], _seen);
    }

    [Fact]
    public void Where_our_segment_was_deleted_the_newer_ones_are_read()
    {
        Write(1);
        Follow();
        Take();
        for (int count = 0; count < 4; count++)
        {
            Rotate(keep: 2);
            Write(1);
        }

        Take();

        // The segment with 2 is gone before anybody looked; nothing older comes again.
        Assert.Equal([1UL, 3, 4, 5], _seen);
    }

    [Fact]
    public void A_truncated_log_is_read_from_its_beginning()
    {
        Write(5);
        Follow();
        Take();
        File.WriteAllText(LogPath, NextLine());
        Take();

        Assert.Equal([1UL, 2, 3, 4, 5, 6], _seen);
        Assert.Equal(1, _follower!.Truncations);
    }

    [Fact]
    public void Between_the_two_steps_of_a_rotation_nothing_is_lost()
    {
        Write(1);
        Follow();
        Take();
        File.Move(LogPath, LogPath + ".1");
        Take();
        File.AppendAllText(LogPath + ".1", NextLine());
        Take();
        Write(1);
        Take();

        Assert.Equal([1UL, 2, 3], _seen);
    }

    [Fact]
    public void A_log_that_is_moved_away_and_back_between_two_looks_is_not_repeated()
    {
        Write(2);
        var files = new RefusingFiles(_host.Files);
        _follower = new TrailFollower(files, _clock, LogPath, sinceUnixMilliseconds: 0);
        Take();
        string away = _folder["away"];
        files.Opening = path =>
        {
            if (path == LogPath && !File.Exists(away))
            {
                File.Move(LogPath, away);
                File.WriteAllText(LogPath, "");
            }
            else if (path == LogPath)
            {
                File.Move(away, LogPath, overwrite: true);
                files.Opening = null;
            }
        };
        Take();
        Assert.Null(files.Opening);
        Write(1);
        Take();

        Assert.Equal([1UL, 2, 3], _seen);
    }

    [Fact]
    public void An_open_event_leaves_after_a_second_of_silence()
    {
        File.WriteAllText(LogPath, "type=TTY msg=audit(1795246203.000:7): tty pid=1\n");
        Follow();
        Assert.False(_follower!.TryNext(TimeSpan.Zero, out _));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_follower.TryNext(TimeSpan.Zero, out AuditEvent? silent));
        Assert.Equal(7UL, silent.Stamp.Serial);
    }

    [Fact]
    public void Bad_and_endless_lines_are_counted_and_passed_over()
    {
        File.WriteAllText(LogPath, "rubbish\n" + new string('x', 700_000) + "\n");
        Follow();
        Write(1);
        Take();

        Assert.Equal([1UL], _seen);
        Assert.Equal(2, _follower!.BadLines);
    }

    [Fact]
    public async Task A_wait_ends_when_something_is_written()
    {
        Write(1);
        Follow();
        Take();
        Task<bool> waiting = Task.Run(() => _follower!.TryNext(TimeSpan.FromSeconds(60), out _));
        Write(1);

        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_wake_ends_a_wait_without_an_event()
    {
        Write(1);
        Follow();
        Take();
        Task<bool> waiting = Task.Run(() => _follower!.TryNext(TimeSpan.FromSeconds(60), out _));
        _follower!.Wake();

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Any_interleaving_of_writing_rotating_and_reading_neither_loses_nor_repeats()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        Write(1);
        Follow();
        string? rest = null;
        for (int step = 0; step < Seeded.Times(3_000); step++)
        {
            switch (random.Next(8))
            {
                case 0 when rest is null:
                    Rotate(keep: 1_000);
                    File.WriteAllText(LogPath, "");
                    break;
                case 1 when rest is null:
                    rest = NextLine();
                    int cut = random.Next(1, rest.Length);
                    File.AppendAllText(LogPath, rest[..cut]);
                    rest = rest[cut..];
                    break;
                case <= 4:
                    File.AppendAllText(LogPath, rest);
                    rest = null;
                    Write(random.Next(5));
                    break;
                default:
                    Take();
                    break;
            }

            // The oldest go, as with num_logs; the follower is never that far behind here.
            if (step % 100 == 99)
            {
                Take();
                foreach (string old in Directory.GetFiles(_folder.Path, "audit.log.*").Where(path => path != LogPath))
                    File.Delete(old);
            }
        }

        File.AppendAllText(LogPath, rest);
        Take();

        Assert.Equal(Enumerable.Range(1, (int)_written).Select(number => (ulong)number), _seen);
        Assert.Equal((0L, Seed), (_follower!.BadLines, Seed));
    }

    [Fact]
    public void Only_segments_that_reach_into_the_wanted_time_are_read()
    {
        File.WriteAllText(LogPath + ".2", Line(100, 1));
        File.WriteAllText(LogPath + ".1", Line(200, 2));
        File.WriteAllText(LogPath, Line(300, 3));
        _follower = new TrailFollower(_host.Files, _clock, LogPath, sinceUnixMilliseconds: 250_000);
        Take();

        Assert.Equal([2UL, 3], _seen);
    }

    [Fact]
    public void A_missing_log_is_a_fault_with_its_name()
    {
        TrailException fault = Assert.Throws<TrailException>(Follow);

        Assert.Equal($"cannot open {LogPath}: No such file or directory", fault.Message);
    }

    void Follow() => _follower = new TrailFollower(_host.Files, _clock, LogPath, sinceUnixMilliseconds: 0);

    void Take()
    {
        while (_follower!.TryNext(TimeSpan.Zero, out AuditEvent? next))
            _seen.Add(next.Stamp.Serial);
    }

    void Write(int lines)
    {
        var text = new StringBuilder();
        for (int count = 0; count < lines; count++)
            text.Append(NextLine());
        File.AppendAllText(LogPath, text.ToString());
    }

    string NextLine() => Line(1_795_246_203 + (long)_written, ++_written);

    static string Line(long second, ulong serial) => $"type=USER_CMD msg=audit({second}.000:{serial}): pid=1 uid=0\n";

    void Rotate(int keep)
    {
        for (int number = keep; number >= 1; number--)
        {
            string path = $"{LogPath}.{number}";
            if (number == keep)
                File.Delete(path);
            else if (File.Exists(path))
                File.Move(path, $"{LogPath}.{number + 1}");
        }

        File.Move(LogPath, LogPath + ".1");
    }
}
