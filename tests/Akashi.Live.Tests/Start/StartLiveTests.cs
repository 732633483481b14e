using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Live.Tests.Start;

/// <summary><c>akashi start</c> over the real kernel: what it shows, and that the kernel is as before however it ends.</summary>
public sealed class StartLiveTests(KernelAudit audit) : IDisposable
{
    const string Recording = "Ctrl-C ends it";

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_session_does_is_shown_with_its_secrets_masked_and_kept_in_the_trail_whole()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using StartProcess start = StartProcess.Begin(_folder, Recording);

        StartProcess.RunInSession("cd /usr && /bin/true --password=hunter2; /bin/cat /nonexistent/akashi 2>&-; true");
        start.WaitFor("opens /nonexistent/akashi");
        start.Signal("INT");

        Assert.Equal(0, start.WaitForExit());
        Assert.Matches($@"\d\d:\d\d:\d\d  {StartProcess.OwnUser} +- +- +ok  session \d+ begins", start.Output);
        Assert.Matches($@"{StartProcess.OwnUser}>root .* /usr +ok  # /bin/true --password=\*\*\*\n", start.Output);
        Assert.Matches(@"NO  opens /nonexistent/akashi  \(No such file or directory\)  by /bin/cat /nonexistent/akashi", start.Output);
        Assert.DoesNotContain("hunter2", start.Output);
        Assert.Contains("a1=\"--password=hunter2\"", File.ReadAllText(_folder["audit.log"]));
        AssertAsBefore(loan);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_ends_it_and_the_kernel_is_as_before(string signal)
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using StartProcess start = StartProcess.Begin(_folder, Recording);
        AssertIsChanged(loan, start);

        start.Signal(signal);

        Assert.Equal(0, start.WaitForExit());
        AssertAsBefore(loan);
        AssertAddsUp(start.Output);
        Assert.Matches(@"type=DAEMON_END .* pid=[1-9]\d* ", File.ReadAllText(_folder["audit.log"]));
    }

    [Fact]
    public void Its_time_ends_it_and_the_kernel_is_as_before()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using StartProcess start = StartProcess.Begin(_folder, Recording, "--seconds", "1");

        Assert.Equal(0, start.WaitForExit());
        AssertAsBefore(loan);
    }

    [Fact]
    public void Killed_with_9_its_watcher_puts_the_kernel_back()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        LoadRule(loan);
        string before = KernelState.Capture(loan.Kernel).Describe();
        using StartProcess start = StartProcess.Begin(_folder, Recording);
        AssertIsChanged(loan, start);

        start.Signal("KILL");

        start.WaitForExit();
        WaitForState(loan, before);
        Assert.True(SpinWait.SpinUntil(() => !File.Exists("/run/akashi/kernel/before"), s_limit));
    }

    [Fact]
    public void Where_owner_and_watcher_are_killed_the_next_start_puts_back_first()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using StartProcess start = StartProcess.Begin(_folder, Recording);
        using (Process watcher = Process.GetProcessById(FindWatcher(start.Pid)))
            watcher.Kill();
        start.Signal("KILL");
        start.WaitForExit();
        Assert.NotEqual(before, KernelState.Capture(loan.Kernel).Describe());

        using StartProcess next = StartProcess.Begin(_folder, Recording, "--seconds", "1");
        Assert.DoesNotContain("loaded already", next.Output);
        Assert.Contains("a start that was killed had left the kernel's audit changed", next.Output);

        Assert.Equal(0, next.WaitForExit());
        WaitForState(loan, before);
    }

    [Fact]
    public void Where_another_process_owns_the_audit_it_follows_and_changes_nothing()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string owned = KernelState.Capture(loan.Kernel).Describe();
        using StartProcess start = StartProcess.Begin(_folder, "following the kernel's audit", "--seconds", "20");

        loan.Kernel.SendUserMessage(1107, "akashi-follows"u8);
        start.WaitFor("akashi-follows");
        start.Signal("TERM");

        Assert.Equal(0, start.WaitForExit());
        Assert.Contains($"(process {Environment.ProcessId}) owns the kernel's audit: nothing is written to {_folder.Path}", start.Output);
        Assert.Equal(owned, KernelState.Capture(loan.Kernel).Describe());
        Assert.False(File.Exists(_folder["audit.log"]));
        Assert.NotEqual(before, owned);
    }

    // What was written is what was shown and what start changed itself: at least enabled or backlog, and the rule in and out.
    static void AssertAddsUp(string output)
    {
        Match sum = Regex.Match(output, @"(\d+) records written: (\d+) are the \d+ events above, (\d+) of start's own rules and settings; ");
        Assert.True(sum.Success, output);
        int[] counts = [.. sum.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(counts[0], counts[1] + counts[2]);
        Assert.True(counts[2] >= 5, output);
    }

    // Another rule that was there before: its place must not change.
    static void LoadRule(KernelAudit.Loan loan)
    {
        byte[] rule = Compile("-a always,exit -F arch=b64 -S unlinkat -F auid=61019 -k akashi-before");
        loan.Kernel.AddRule(rule);
    }

    static byte[] Compile(string line)
    {
        var context = new Rules.RuleContext(Tables.Machine.X86_64, new Linux.LinuxHost().Accounts, _ => FileKind.Missing);
        return Rules.RuleEncoder.Encode(Rules.RuleParser.Parse(line, context, new Diagnostics.DiagnosticBag())!.Rule);
    }

    static int FindWatcher(int ownerPid)
    {
        RunningProcess watcher = Assert.Single(
            new ProcessTable(DateTimeOffset.UnixEpoch).List(), found => found.ParentPid == ownerPid);
        string command = File.ReadAllText($"/proc/{watcher.Pid}/cmdline");
        Assert.Contains(KernelGuard.WatcherCommand, command);
        return watcher.Pid;
    }

    static void AssertIsChanged(KernelAudit.Loan loan, StartProcess start)
    {
        AuditStatus status = loan.Kernel.GetStatus();
        Assert.Equal((uint)start.Pid, status.Pid);
        Assert.Equal(8192u, status.BacklogLimit);
        Assert.Equal(1u, status.Enabled);
        Assert.NotEmpty(loan.Kernel.ListRules());
    }

    void AssertAsBefore(KernelAudit.Loan loan) =>
        Assert.Equal(audit.Before.Describe(), KernelState.Capture(loan.Kernel).Describe());

    static void WaitForState(KernelAudit.Loan loan, string before)
    {
        SpinWait.SpinUntil(() => KernelState.Capture(loan.Kernel).Describe() == before, s_limit);
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }
}
