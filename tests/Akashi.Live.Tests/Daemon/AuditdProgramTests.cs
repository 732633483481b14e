using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Live.Tests.Daemon;

/// <summary>auditd as a program: command line, exit codes, signals, state; over the real kernel.</summary>
public sealed class AuditdProgramTests(KernelAudit audit) : IDisposable
{
    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    // The daemon gives the kernel back before the loan looks at it.
    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void In_the_background_the_starter_ends_when_the_daemon_is_ready()
    {
        KernelAudit.Loan loan = Borrow();

        var (exitCode, output, error) = _auditd.Run("-s", "nochange");

        bool isProtected = MayBeProtected();
        Assert.Equal((0, ""), (exitCode, output));
        Assert.Equal(isProtected, error.Length == 0);
        int pid = _auditd.DaemonPid;
        Assert.Equal((uint)pid, loan.Kernel.GetStatus().Pid);
        Assert.StartsWith("type=DAEMON_START ", _auditd.LogLines[0]);
        Assert.Equal("/", Link(pid, "cwd"));
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], Enumerable.Range(0, 3).Select(descriptor => Link(pid, $"fd/{descriptor}")));
        Assert.Equal(isProtected, File.ReadAllText($"/proc/{pid}/oom_score_adj").Trim() == "-1000");
        Assert.Equal(["-4"], Directory.GetDirectories($"/proc/{pid}/task").Select(task => StatField(task, 19)).Distinct());
        Assert.Equal(pid.ToString(CultureInfo.InvariantCulture), StatField($"/proc/{pid}", 6));

        _auditd.End();

        Assert.False(File.Exists(_auditd.PidFile));
        string last = _auditd.LogLines[^1];
        Assert.Contains("type=DAEMON_END ", last);
        Assert.Contains($" pid={Environment.ProcessId}", last);
        Assert.Contains(" res=success", last);
        Assert.Equal(0u, loan.Kernel.GetStatus().Pid);
    }

    [Fact]
    public void A_background_daemon_that_cannot_start_says_so_and_its_exit_code_is_the_starters()
    {
        KernelAudit.Loan loan = Borrow();
        using Process first = _auditd.Start("-n", "-s", "nochange");
        using var second = new AuditdProgram();

        var (exitCode, _, error) = second.Run();

        Assert.Equal(1, exitCode);
        Assert.StartsWith("auditd: cannot ", error);
        Assert.Equal(1, error.Count(letter => letter == '\n'));
        Assert.False(File.Exists(second.PidFile));
        Assert.Contains(second.LogLines, line => line.Contains("type=DAEMON_ABORT ") && line.Contains("op=set-pid ") && line.Contains("res=failed"));
        Assert.Equal((uint)_auditd.DaemonPid, loan.Kernel.GetStatus().Pid);
    }

    [Theory]
    [InlineData(2, "auditd: invalid option -- 'x'\n", "-x")]
    [InlineData(2, "auditd: unknown state 'on': enable, disable or nochange\n", "-s", "on")]
    [InlineData(2, "auditd: more is an unsupported option\n", "more")]
    public void A_wrong_command_line_is_2(int expected, string message, params string[] arguments)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

        var (exitCode, _, error) = _auditd.Run(arguments);

        Assert.Equal((expected, message), (exitCode, error));
    }

    [Fact]
    public void A_wrong_configuration_is_6_with_every_line_of_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _auditd.Configure("num_logs = many", "flush = often");

        var (exitCode, _, error) = _auditd.Run();

        string file = _auditd["auditd.conf"];
        Assert.Equal(6, exitCode);
        Assert.Equal(
            $"auditd: {file}:3: num_logs is 'many', not a number from 0 to 999\n" +
            $"auditd: {file}:4: flush is 'often', not one of none, incremental, incremental_async, data, sync\n",
            error);
    }

    [Fact]
    public void A_configuration_others_can_write_or_that_is_a_link_is_6()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        string file = _auditd["auditd.conf"];
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        var writable = _auditd.Run();
        File.Move(file, _auditd["real.conf"]);
        File.CreateSymbolicLink(file, _auditd["real.conf"]);
        var linked = _auditd.Run();
        var allowed = _auditd.Run("-l");

        Assert.Equal((6, $"auditd: cannot read {file}: everybody can write it\n"), (writable.ExitCode, writable.Error));
        Assert.Equal((6, $"auditd: cannot read {file}: it is a symbolic link (-l allows that)\n"), (linked.ExitCode, linked.Error));
        Assert.Equal((6, $"auditd: cannot read {file}: everybody can write it\n"), (allowed.ExitCode, allowed.Error));
    }

    [Fact]
    public void USR1_rotates_and_says_who_asked()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        _auditd.Signal(Signal.User1);
        string line = _auditd.WaitForLine("type=DAEMON_ROTATE ");

        Assert.Contains($"): op=rotate-logs auid={Auid} uid=0 ses=", line);
        Assert.Contains($" pid={Environment.ProcessId}", line);
        Assert.Contains(" res=success", line);
        Assert.StartsWith("type=DAEMON_START ", File.ReadAllLines(_auditd.LogPath + ".1")[0]);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_auditd.LogPath + ".1"));
    }

    [Fact]
    public void HUP_takes_a_right_configuration_and_keeps_the_old_one_where_it_is_wrong()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        _auditd.Configure("log_format = sideways");
        _auditd.Signal(Signal.Hangup);
        string refused = _auditd.WaitForLine("type=DAEMON_CONFIG ", "res=failed");
        _auditd.Configure("log_format = raw", "name_format = user", "name = harbour", "priority_boost = 6");
        _auditd.Signal(Signal.Hangup);
        string changed = _auditd.WaitForLine("type=DAEMON_CONFIG ", "res=success");
        string[] priorities = FindPriorities(_auditd.DaemonPid);
        _auditd.End();

        Assert.Contains($"): op=reconfigure state=no-change auid={Auid} pid={Environment.ProcessId}", refused);
        Assert.Contains("\u001dAUID=", refused);
        Assert.StartsWith("node=harbour type=DAEMON_CONFIG ", changed);
        Assert.Contains($"): op=reconfigure state=changed auid={Auid} pid={Environment.ProcessId}", changed);
        Assert.DoesNotContain("\u001d", changed);
        Assert.Equal(["-6"], priorities);
        Assert.Contains("log_format is 'sideways', not one of raw, enriched, nolog", _auditd.Error);
    }

    [Fact]
    public void HUP_to_a_log_that_cannot_be_opened_keeps_the_old_one()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        Directory.CreateDirectory(_auditd["log/other.log"]);

        _auditd.Configure($"log_file = {_auditd["log/other.log"]}");
        _auditd.Signal(Signal.Hangup);

        _auditd.WaitForLine("type=DAEMON_CONFIG ", "state=no-change", "res=failed");
    }

    [Fact]
    public void CONT_writes_the_state_under_the_labels_scripts_look_for()
    {
        KernelAudit.Loan loan = Borrow();
        _auditd.Configure("space_left = 2", "admin_space_left = 1", "q_depth = 3000");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        _auditd.Signal(Signal.Continue);
        AuditdProgram.WaitFor(() => File.Exists(_auditd.StateFile), "no state file");
        Dictionary<string, string> state = File.ReadLines(_auditd.StateFile).Select(line => line.Split([" = ", " is: "], StringSplitOptions.None)).ToDictionary(pair => pair[0], pair => pair[1]);

        string[] labels =
        [
            "audit version", "current time", "process priority", "writing to logs", "current log size", "max log size", "logs detected last rotate/shift",
            "space left on partition", "Logging partition free space", "space_left setting", "admin_space_left setting", "logging suspended",
            "file system space action performed", "admin space action performed", "disk error detected", "Number of active plugins",
            "current plugin queue depth", "max plugin queue depth used", "plugin queue size", "plugin queue overflow detected",
            "plugin queueing suspended", "listening for network connections",
            "glibc arena (total memory)", "glibc uordblks (in use memory)", "glibc fordblks (total free space)",
        ];
        Assert.Empty(labels.Except(state.Keys));
        Assert.Matches("^[1-9][0-9]* KiB, was: [0-9]+ KiB$", state["glibc arena (total memory)"]);
        Assert.Equal(
            ("4.2.2", "-4", "yes", "2 MiB", "3000", "1"),
            (state["audit version"], state["process priority"], state["writing to logs"], state["space_left setting"], state["plugin queue size"], state["records written"]));
    }

    [Fact]
    public void In_the_foreground_records_go_to_standard_output_and_to_no_log()
    {
        KernelAudit.Loan loan = Borrow();
        loan.Enable();
        using Process daemon = _auditd.Start("-f", "-s", "nochange");

        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-foreground"u8);
        var lines = new List<string>();
        while (daemon.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.Contains("akashi-foreground"))
                _auditd.Signal(Signal.Terminate);
        }

        Assert.StartsWith("type=DAEMON_START ", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("type=TEST ", StringComparison.Ordinal) && line.Contains("akashi-foreground"));
        Assert.StartsWith("type=DAEMON_END ", lines[^1]);
        Assert.Empty(_auditd.LogLines);
    }

    [Fact]
    public void A_group_may_read_the_log()
    {
        KernelAudit.Loan loan = Borrow();
        _auditd.Configure("log_group = adm");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        _auditd.Signal(Signal.User1);
        _auditd.WaitForLine("type=DAEMON_ROTATE ");

        Assert.Equal("adm 640", Stat(_auditd.LogPath));
        Assert.Equal("adm 440", Stat(_auditd.LogPath + ".1"));
        Assert.Equal("adm 750", Stat(_auditd.LogDirectory));
    }

    [Fact]
    public void A_full_disk_suspends_and_USR2_resumes_with_the_count()
    {
        KernelAudit.Loan loan = Borrow();
        loan.Enable();
        using var disk = new SmallDisk(_auditd.LogDirectory, kilobytes: 2048);
        _auditd.Configure("disk_full_action = suspend", "priority_boost = 0");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        string ballast = Path.Combine(disk.Path, "ballast");
        disk.Fill(ballast);

        SendUntil(loan, () => State("logging suspended") == "yes" && long.Parse(State("records refused by the disk"), CultureInfo.InvariantCulture) > 0);
        File.Delete(ballast);
        SendUntil(loan, () => State("logging suspended") == "yes");
        _auditd.Signal(Signal.User2);
        string resumed = _auditd.WaitForLine("type=DAEMON_RESUME ");
        string loss = _auditd.WaitForLine("type=DAEMON_ERR ", "op=loss source=disk");
        _auditd.End();

        Assert.Contains($"): op=resume-logging auid={Auid} uid=0 ses=", resumed);
        Assert.Matches(@"op=loss source=disk count=[1-9][0-9]* res=failed", loss);
        Assert.All(_auditd.LogLines, line => Assert.StartsWith("type=", line));
    }

    [Fact]
    public void A_disk_that_became_read_only_costs_what_is_said()
    {
        KernelAudit.Loan loan = Borrow();
        loan.Enable();
        using var disk = new SmallDisk(_auditd.LogDirectory, kilobytes: 2048);
        _auditd.Configure("admin_space_left = 1", "space_left = 1000", "space_left_action = suspend");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        // Only a log that is closed lets its file system become read-only.
        SendUntil(loan, () => State("logging suspended") == "yes");
        disk.Remount("ro");
        _auditd.Configure("disk_error_action = ignore");
        _auditd.Signal(Signal.User2);
        SendUntil(loan, () => State("disk error detected") == "yes");
        disk.Remount("rw");
        _auditd.Signal(Signal.Hangup);
        SendUntil(loan, () => _auditd.LogLines.Any(line => line.Contains("op=loss source=disk")));
    }

    // Of a sender that nobody's login began the kernel tells the user instead: audit_signal_info_syscall of kernel/auditsc.c.
    [Fact]
    public void A_plugin_gets_every_record_and_keeps_running_where_its_new_file_is_wrong()
    {
        KernelAudit.Loan loan = Borrow();
        loan.Enable();
        string got = _auditd["got"];
        WritePlugin($"while read -r line; do echo \"$line\"; done >>{got}", "active = yes");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-first"u8);
        AuditdProgram.WaitFor(() => File.Exists(got) && File.ReadAllText(got).Contains("akashi-first"), "the plugin got nothing");
        Assert.Equal("1", State("Number of active plugins"));
        WritePlugin("exit 1", "active = perhaps");
        _auditd.Signal(Signal.Hangup);
        _auditd.WaitForLine("type=DAEMON_CONFIG ", "res=success");
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-second"u8);
        AuditdProgram.WaitFor(() => File.ReadAllText(got).Contains("akashi-second"), "the plugin got nothing any more");
        _auditd.End();

        string[] lines = File.ReadAllLines(got);
        Assert.StartsWith("type=DAEMON_START ", lines[0]);
        Assert.StartsWith("type=DAEMON_END ", lines[^1]);
        Assert.Equal(_auditd.LogLines, lines.Where(line => !line.StartsWith("type=EOE", StringComparison.Ordinal)));
        Assert.Contains("the plugins stay as they were", _auditd.Error);
    }

    void WritePlugin(string script, string active)
    {
        Directory.CreateDirectory(_auditd["plugins.d"]);
        File.WriteAllText(_auditd["plugin"], $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_auditd["plugin"], (UnixFileMode)0x1E8);
        File.WriteAllText(_auditd["plugins.d/reader.conf"], $"{active}\npath = {_auditd["plugin"]}\n");
        File.SetUnixFileMode(_auditd["plugins.d/reader.conf"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static string Auid => File.ReadAllText("/proc/self/loginuid") is var auid && auid == "4294967295" ? "0" : auid;

    KernelAudit.Loan Borrow() => _loan = audit.Borrow();

    string State(string label)
    {
        File.Delete(_auditd.StateFile);
        _auditd.Signal(Signal.Continue);
        AuditdProgram.WaitFor(() => File.Exists(_auditd.StateFile), "no state file");
        return File.ReadLines(_auditd.StateFile).Single(line => line.StartsWith(label + " = ", StringComparison.Ordinal)).Split(" = ")[1];
    }

    static void SendUntil(KernelAudit.Loan loan, Func<bool> condition)
    {
        byte[] message = Encoding.ASCII.GetBytes("akashi-live " + new string('x', 4000));
        AuditdProgram.WaitFor(
            () =>
            {
                loan.Kernel.SendUserMessage((int)RecordType.Test, message);
                return condition();
            },
            "the condition did not come about");
    }

    // Some containers don't let root do it.
    static bool MayBeProtected()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "echo -1000 >/proc/self/oom_score_adj"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    static string Link(int pid, string name) => new FileInfo($"/proc/{pid}/{name}").LinkTarget!;

    // Threads may end while they are looked at.
    static string[] FindPriorities(int pid) =>
    [
        .. Directory.GetDirectories($"/proc/{pid}/task").Select(task =>
        {
            try
            {
                return StatField(task, 19);
            }
            catch (IOException)
            {
                return null;
            }
        }).OfType<string>().Distinct(),
    ];

    // Counted from 1, as in proc(5); comm holds no blank here.
    static string StatField(string directory, int number) => File.ReadAllText($"{directory}/stat").Split(") ")[1].Split(' ')[number - 3];

    static string Stat(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%G %a", path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
