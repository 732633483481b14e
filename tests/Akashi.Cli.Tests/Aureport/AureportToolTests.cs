using Akashi.Testing;

namespace Akashi.Cli.Tests.Aureport;

/// <summary>What the recorded cases don't show. Expected rows are what aureport 3.0.9 prints of the same lines, where the versions agree.</summary>
public class AureportToolTests
{
    const string Log =
        "type=SYSCALL msg=audit(1795262400.000:1): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 items=2 ppid=7 pid=8 auid=1000 uid=0 gid=50 tty=pts0 ses=3 comm=\"ls\" exe=\"/usr/bin/ls\" key=\"exec\"\n"
        + "type=PATH msg=audit(1795262400.000:1): item=0 name=\"/etc/passwd\" inode=1 nametype=NORMAL\n"
        + "type=PROCTITLE msg=audit(1795262400.000:1): proctitle=\"ls\"\n"
        + "type=SYSCALL msg=audit(1795262405.000:2): arch=c000003e syscall=2 success=no exit=-13 a0=1 a1=2 items=0 ppid=7 pid=9 auid=4294967295 uid=1000 gid=1000 tty=(none) ses=4294967295 comm=\"c t\" exe=\"/usr/bin/cat\" key=(null)\n"
        + "type=PROCTITLE msg=audit(1795262405.000:2): proctitle=\"cat\"\n"
        + "node=far type=USER_LOGIN msg=audit(1795262410.000:3): pid=5 uid=0 auid=1000 ses=4 msg='op=login acct=\"bob\" exe=\"/usr/sbin/sshd\" hostname=? addr=10.0.0.1 terminal=ssh res=failed'\n"
        + "type=ADD_USER msg=audit(1795262411.000:4): pid=5 uid=0 auid=1000 ses=4 msg='op=add acct=\"eve\" exe=\"/usr/sbin/useradd\" hostname=? addr=? terminal=? res=success'\n"
        + "type=DEL_USER msg=audit(1795262412.000:5): pid=5 uid=0 auid=1000 ses=4 msg='op=del acct=\"eve\" exe=\"/usr/sbin/userdel\" hostname=? addr=? terminal=? res=success'\n"
        + "type=CONFIG_CHANGE msg=audit(1795262413.000:6): auid=1000 ses=4 op=add_rule key=\"exec\" list=4 res=1\n";

    [Theory]
    [InlineData("1. 11/21/26 12:00:00 exec yes /usr/bin/ls 1000 1|2. 11/21/26 12:00:13 exec yes ? 1000 6", "-k")]
    [InlineData("1. 11/21/26 12:00:10 bob 10.0.0.1 ssh /usr/sbin/sshd no 3", "-l")]
    [InlineData("1. 11/21/26 12:00:00 /etc/passwd 59 yes /usr/bin/ls 1000 1", "--file")]
    [InlineData("1. 11/21/26 12:00:00 execve 8 ls bob 1|2. 11/21/26 12:00:05 open 9 c t unset 2", "-s", "-i")]
    [InlineData("1. 11/21/26 12:00:05 2 SYSCALL -1 no|2. 11/21/26 12:00:10 3 USER_LOGIN 1000 no", "-e", "--failed")]
    [InlineData("1. 11/21/26 12:00:10 3 USER_LOGIN 1000 no", "-e", "--node", "far")]
    [InlineData("1. 11/21/26 12:00:12 5 DEL_USER 1000 yes|2. 11/21/26 12:00:13 6 CONFIG_CHANGE 1000 yes", "-e", "-ts", "11/21/26", "12:00:12")]
    [InlineData("1. 11/21/26 12:00:00 1 SYSCALL 1000 yes", "-e", "-te", "12:00:04", "11/21/26")]
    [InlineData("1. 11/21/26 12:00:12 5 DEL_USER 1000 yes", "-e", "-nc", "-ts", "12:00:12")]
    [InlineData("1. 11/21/26 12:00:11 1000 ? ? /usr/sbin/useradd eve yes 4", "-m", "--add")]
    [InlineData("1. 11/21/26 12:00:12 1000 ? ? /usr/sbin/userdel eve yes 5", "-m", "--delete")]
    [InlineData("1. 11/21/26 12:00:00 ls pts0 ? 1000 1|2. 11/21/26 12:00:05 c\\ t (none) ? -1 2", "--comm", "--escape", "shell")]
    public void Report_has_the_rows_that_are_asked_for(string rows, params string[] arguments)
    {
        AureportRun run = AureportRun.Of(Log, arguments);

        Assert.Equal(rows.Split('|'), run.Rows);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("4  1000|1  -1", "-u", "--summary", "-nc")]
    [InlineData("4  bob|1  unset", "-u", "--summary", "-i", "-ts", "12:00:05")]
    [InlineData("2  exec", "-k", "--summary")]
    [InlineData("3  5|1  8|1  9", "-p", "--summary")]
    [InlineData("2  SYSCALL|1  USER_LOGIN|1  ADD_USER|1  DEL_USER|1  CONFIG_CHANGE", "-e", "--summary", "-i")]
    public void Summary_counts_values(string rows, params string[] arguments)
    {
        Assert.Equal(rows.Split('|'), AureportRun.Of(Log, arguments).Rows);
    }

    [Theory]
    [InlineData("-e", "-k")]
    [InlineData("-t", "-e")]
    [InlineData("--nosuch")]
    [InlineData("-e", "word")]
    [InlineData("-ts", "bad")]
    [InlineData("-te", "13/45/26")]
    [InlineData("--escape", "nonsense")]
    [InlineData("--eoe-timeout", "soon")]
    [InlineData("-if")]
    [InlineData("--node")]
    public void Wrong_option_is_named_and_the_usage_shown(params string[] arguments)
    {
        AureportRun run = AureportRun.Of(Log, arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("usage: aureport [options]\n", run.Output);
        Assert.StartsWith("aureport: ", run.Error);
    }

    [Fact]
    public void Help_and_version_are_success()
    {
        Assert.Equal((0, "aureport version 4.2.2\n"), (AureportRun.OfFiles("-v").ExitCode, AureportRun.OfFiles("-v").Output));
        Assert.StartsWith("usage: aureport [options]\n\t-a,--avc\t\t\tAvc report\n", AureportRun.OfFiles("--help").Output);
        Assert.Equal(0, AureportRun.OfFiles("--help").ExitCode);
    }

    [Fact]
    public void Report_without_events_ends_with_1_and_its_summary_with_0()
    {
        AureportRun report = AureportRun.Of(Log, "-a");
        AureportRun summary = AureportRun.Of(Log, "-a", "--summary");

        Assert.Equal(1, report.ExitCode);
        Assert.EndsWith("=\n<no events of interest were found>\n\n", report.Output);
        Assert.Equal(0, summary.ExitCode);
        Assert.EndsWith("=\n<no events of interest were found>\n\n", summary.Output);
    }

    [Fact]
    public void Logs_are_told_of_one_by_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log.2"], "");
        File.WriteAllText(folder["audit.log.1"], "type=USER_LOGIN msg=audit(1795262410.001:3): pid=5\ntype=USER_LOGIN msg=audit(1795262420.020:4): pid=5\n");
        File.WriteAllText(folder["audit.log"], "type=USER_LOGIN msg=audit(1795262430.300:5): pid=5\n");

        AureportRun run = AureportRun.OfFiles("-t", "-if", folder.Path);

        Assert.Equal(
            $"\nLog Time Range Report\n=====================\n{folder["audit.log.2"]}: no records\n"
            + $"{folder["audit.log.1"]}: 11/21/26 12:00:10.001 - 11/21/26 12:00:20.020\n{folder["audit.log"]}: 11/21/26 12:00:30.300 - 11/21/26 12:00:30.300\n",
            run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Missing_log_is_named_after_the_heading()
    {
        AureportRun run = AureportRun.OfFiles("-e", "-if", "/nonexistent/audit.log");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("\nEvent Report\n", run.Output);
        Assert.Contains("/nonexistent/audit.log", run.Error);
    }

    [Fact]
    public void Control_bytes_never_reach_the_terminal()
    {
        const string Hostile = "type=USER_LOGIN msg=audit(1795262410.000:3): pid=5 uid=0 auid=1000 ses=4 msg='op=login acct=1B5B324A exe=\"/s\" hostname=\u001b[2J addr=? terminal=\u001b[1m res=failed'\n";

        string[] outputs = [.. new[] { "-l", "-h", "-tm", "-u", "-x", "-e" }.SelectMany(
            report => new[] { AureportRun.Of(Hostile, report).Output, AureportRun.Of(Hostile, report, "--summary").Output })];

        Assert.All(outputs, output => Assert.DoesNotContain('\u001b', output));
        Assert.Contains("\\033[2J", outputs[0]);
    }

    [Fact]
    public void Event_with_a_record_that_lacks_its_process_is_in_no_report_and_that_is_said()
    {
        string damaged = "noise\n" + Log.Replace(" pid=8 ", " ", StringComparison.Ordinal);

        AureportRun run = AureportRun.Of(damaged, "-p", "-te", "12:00:05");

        Assert.Equal(["1. 11/21/26 12:00:05 9 /usr/bin/cat 2 -1 2"], run.Rows);
        Assert.Equal(
            "aureport: 1 line is no record: 1 × the line doesn't begin with type=\n"
            + "aureport: 1 event was left out: a record lacks a field that this report needs\n",
            run.Error);
    }
}
