using System.Text;
using Akashi.Cli.Live;
using Akashi.Cli.Tests.Start;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Live;

/// <summary><c>akashi live</c> over real files.</summary>
public sealed class LiveToolTests : IDisposable
{
    const string Record = "type=USER_CMD msg=audit({0}.000:{0}): pid=1 uid=0 auid=0 ses=1 msg='cwd=\"/\" cmd=\"id\" exe=\"/usr/bin/sudo\" terminal=pts/1 res=success'\n";

    readonly TemporaryFolder _folder = new();
    readonly LinuxHost _host = new();

    string LogPath => _folder["audit.log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_directory_stands_for_its_log()
    {
        File.WriteAllText(LogPath, string.Format(Record, 1795246203));

        CommandRun run = CommandRun.Interrupted(_host, "live", "--trail", _folder.Path, "--since", "start");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"-- following {LogPath}", run.Lines[0]);
        Assert.EndsWith("  root          pts/1                 /                   ok  asks to run id  by sudo", run.Lines[1]);
        Assert.Equal(2, run.Lines.Length);
    }

    [Fact]
    public void What_is_older_than_wanted_is_not_shown()
    {
        long now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        File.WriteAllText(LogPath, string.Format(Record, now - 7200) + string.Format(Record, now - 60));

        Assert.Single(CommandRun.Interrupted(_host, "live", "--trail", LogPath).Lines);
        Assert.Equal(2, CommandRun.Interrupted(_host, "live", "--trail", LogPath, "--since", "1h").Lines.Length);
        Assert.Equal(2, CommandRun.Interrupted(_host, "live", "--input", LogPath, "--since", "1h").Lines.Length);
        Assert.Equal(3, CommandRun.Interrupted(_host, "live", "--trail", LogPath, "--since", "3h").Lines.Length);
    }

    [Fact]
    public void Raw_prints_the_records_as_they_are()
    {
        string log = string.Format(Record, 1795246203) + string.Format(Record, 1795246204);
        File.WriteAllText(LogPath, log);

        Assert.Equal(log, CommandRun.Interrupted(_host, "live", "--raw", "--trail", LogPath, "--since", "start").Output);
    }

    [Fact]
    public void Lines_that_are_no_records_are_counted_and_said()
    {
        File.WriteAllText(LogPath, "rubbish\n" + string.Format(Record, 1795246203));

        CommandRun run = CommandRun.Interrupted(_host, "live", "--trail", LogPath, "--since", "start");

        Assert.Equal($"-- 1 lines of {LogPath} are no records", run.Lines[^1]);
    }

    [Fact]
    public void Colours_come_where_they_are_asked_for()
    {
        File.WriteAllText(LogPath, string.Format(Record, 1795246203));

        Assert.Contains("\e[1mroot\e[0m", CommandRun.Interrupted(_host, "live", "--trail", LogPath, "--since", "start", "--color", "always").Output);
        Assert.DoesNotContain('\e', CommandRun.Interrupted(_host, "live", "--trail", LogPath, "--since", "start").Output);
    }

    [Fact]
    public void A_missing_log_that_was_asked_for_is_a_fault()
    {
        CommandRun run = CommandRun.Of(_host, "live", "--trail", LogPath);

        Assert.Equal((1, $"akashi live: cannot open {LogPath}: No such file or directory\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_sample_shows_each_of_its_events()
    {
        CommandRun run = CommandRun.Of(_host, "live", "--sample");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(106, run.Lines.Length);
        Assert.Contains(run.Lines, line => line.EndsWith("NO  asks to run id  (failed)  by sudo", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.EndsWith("ok  adds user alice (adding home directory)  by useradd", StringComparison.Ordinal)
            || line.EndsWith("ok  adds user alice (adding user)  by useradd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue >> 1)]
    public void Where_nobody_records_and_no_trail_is_it_says_so_and_shows_people_a_sample(uint deadPid)
    {
        var host = new RecordingHost();
        host.Kernel.Status = host.Kernel.Status with { Pid = deadPid };
        string missing = _folder["none/audit.log"];
        string why = $"nobody records on this machine (cannot open {missing}: No such file or directory): akashi start does";

        string all = string.Join(' ', ShowWhatThereIs(host, missing, isTerminal: true).Select(line => line.Trim()));

        Assert.StartsWith("-- nobody records on this machine (cannot open", all, StringComparison.Ordinal);
        Assert.Contains("-- that was the sample, of a machine that isn't yours", all);
        Assert.Equal(why, Assert.Throws<AuditException>(() => ShowWhatThereIs(host, missing)).Message);
        Assert.Equal(why, Assert.Throws<AuditException>(() => ShowWhatThereIs(host, missing, isTerminal: true, isRaw: true)).Message);
    }

    // date and its zones say what these moments are: the host's zone is the process's.
    [Theory]
    [InlineData("@1626611363", 1626611363)]
    [InlineData("2021-07-18T12:29:23Z", 1626611363)]
    [InlineData("2021-07-18T21:29:23+09:00", 1626611363)]
    [InlineData("start", 0)]
    public void Since_takes_the_times_of_search(string text, long unixSeconds)
    {
        Assert.True(SinceTime.TryParse(text, _host, out long since));
        Assert.Equal(unixSeconds * 1000, since);
    }

    [Theory]
    [InlineData("3 days ago", 3 * 86400)]
    [InlineData("10m", 600)]
    public void Since_takes_lengths_of_time(string text, long secondsAgo)
    {
        long before = _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.True(SinceTime.TryParse(text, _host, out long since));
        Assert.InRange(since, before - (secondsAgo * 1000) - 3_600_000, before - (secondsAgo * 1000) + 3_700_000);
        Assert.True(SinceTime.TryParse("yesterday", _host, out _));
    }

    [Fact]
    public void Where_nobody_records_at_present_the_trail_is_shown_and_it_says_so()
    {
        File.WriteAllText(LogPath, string.Format(Record, 1795246203));
        var host = new RecordingHost();

        string[] lines = ShowWhatThereIs(host, LogPath);

        Assert.Equal(["-- nobody records on this machine at present: akashi start does", $"-- following {LogPath}"], lines[..2]);
    }

    static string[] ShowWhatThereIs(RecordingHost host, string trailPath, bool isTerminal = false, bool isRaw = false)
    {
        var output = new MemoryStream();
        using (var screen = new LiveScreen(
            new Invocation
            {
                Name = "akashi",
                Arguments = [],
                Input = Stream.Null,
                InputKind = FileKind.Other,
                Output = output,
                OutputIsTerminal = isTerminal,
                Error = Stream.Null,
                Host = host,
                Signals = new NoSignals(),
            },
            isRaw, hasColors: false))
            LiveTool.ShowWhatThereIs(host, screen, trailPath, since: 0, TimeSpan.FromMilliseconds(1));
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
    }

    [Theory]
    [InlineData("unrecognized option '--nothing'", "--nothing")]
    [InlineData("--since takes 2026-11-20, '2026-11-20 10:30', 2026-11-20T10:30:05Z, 10:30, 'yesterday 10:30', 2h, '3 days ago', @1626611363, now, recent, this-hour, today, yesterday, this-week, week-ago, this-month, this-year, boot, start; not 'yesterweek'", "--since", "yesterweek")]
    [InlineData("--seconds needs a number from 1 to 86400000", "--seconds", "0")]
    [InlineData("--color needs auto, always or never", "--color", "red")]
    public void A_wrong_option_is_a_usage_fault(string fault, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(_host, ["live", .. arguments]);

        Assert.Equal((2, $"akashi live: {fault}\nhint: akashi live --help lists the options\n"), (run.ExitCode, run.Error));
    }
}
