using System.Diagnostics;
using System.Globalization;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Live.Tests.Daemon;

/// <summary>What auditd says is missing, over the real kernel: what is, and nothing else.</summary>
public sealed class LossLiveTests(KernelAudit audit) : IDisposable
{
    const int Events = 3000;
    const uint User = 54_397;

    // A process each on both processors: events overtake each other.
    const string Load = """
        import os, sys
        for child in range(2):
            if os.fork() == 0:
                for number in range(int(sys.argv[1])):
                    try: os.open('/nonexistent-akashi', 0)
                    except OSError: pass
                os._exit(0)
        os.wait(); os.wait()
        """;

    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    ControlClient Client => new(audit.Host, _auditd["run/akashi/control"]);

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    // Numbers are taken behind the exclude list, and by whoever makes a record: rules that keep records out leave no gap.
    [Fact]
    public void Nothing_is_called_missing_where_records_are_excluded_and_events_overtake_each_other()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n");
        Add(loan, $"-a always,exclude -F msgtype=PROCTITLE -F uid={User}", $"-a always,exclude -F msgtype=CWD -F uid={User}",
            $"-a always,exclude -F msgtype=SYSCALL -F uid={User + 1}", $"-a always,exclude -F msgtype=EOE -F uid={User + 1}",
            $"-a never,exit -F arch=b64 -S openat -F uid={User} -F exit=-EACCES", $"-a always,exit -F arch=b64 -S openat -F exit=-ENOENT -F uid={User} -k gap",
            $"-a always,exit -F arch=b64 -S openat -F exit=-ENOENT -F uid={User + 1} -k gap");

        uint lost = loan.Kernel.GetStatus().Lost;
        Run(User + 1, Events);
        Run(User, Events);
        SpinWait.SpinUntil(() => Client.FindStatus(out _) is { } status && status.Events >= Events, AuditdProgram.Limit);

        // Without its SYSCALL record the kernel drops an event whole, before it has a number.
        Assert.InRange(Client.FindStatus(out _)!.Events, Events, Events + 500);
        _auditd.End();

        Assert.Equal(lost, loan.Kernel.GetStatus().Lost);
        Assert.DoesNotContain(_auditd.LogLines, line => line.Contains(" op=loss ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_kernel_drops_for_its_rate_limit_is_counted_by_it_and_by_the_numbers()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n");
        Add(loan, $"-a always,exit -F arch=b64 -S openat -F exit=-ENOENT -F uid={User} -k gap");
        uint before = loan.Kernel.GetStatus().Lost;
        loan.Kernel.SetStatus(AuditStatusMask.RateLimit, loan.Kernel.GetStatus() with { RateLimit = 100 });
        Run(User, Events);
        loan.Kernel.SetStatus(AuditStatusMask.RateLimit, loan.Kernel.GetStatus() with { RateLimit = 0 });
        uint lost = loan.Kernel.GetStatus().Lost - before;
        Assert.InRange(lost, 1u, uint.MaxValue);

        AuditdProgram.WaitFor(() => CountOf(LossSource.Kernel) == lost, "the kernel's count did not arrive");
        long seen = Client.FindStatus(out _)!.Events;
        loan.Kernel.SetStatus(AuditStatusMask.Lost, default);
        _auditd.WaitForLine(" op=loss source=kernel ", $" count={lost} ");
        _auditd.WaitForLine("type=CONFIG_CHANGE", " lost=0 ");
        _auditd.End();

        long missing = long.Parse(_auditd.WaitForLine(" op=loss source=gap ").Split("count=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(missing, 1, lost);
        Assert.InRange(missing + seen, Events, Events + 500);
    }

    [Fact]
    public void After_a_kill_the_next_daemon_tells_how_many_events_nobody_recorded()
    {
        KernelAudit.Loan loan = Borrow();
        using (Process first = _auditd.Start("-n"))
        {
            loan.Kernel.SendUserMessage(1100, "first"u8);
            _auditd.WaitForLine("msg='first'");
            AuditdProgram.WaitFor(() => Client.FindStatus(out _) is not null, "it does not answer");
            first.Kill();
            first.WaitForExit();
        }

        // The kernel learns of the death with the next record.
        for (int count = 0; count < 5; count++)
            loan.Kernel.SendUserMessage(1100, "away"u8);
        File.Delete(_auditd.PidFile);
        using Process second = _auditd.Start("-n");

        string line = _auditd.WaitForLine("type=DAEMON_ERR", " op=loss source=absence since=", " until=", " res=failed");
        int told = int.Parse(line.Split(" count=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        int written = _auditd.LogLines.Count(found => found.Contains("msg='away'", StringComparison.Ordinal));
        Assert.Equal(5, told + written);
        Assert.Equal(told, Client.FindStatus(out _)!.Absence?.Events);
        _auditd.End();

        Assert.DoesNotContain(_auditd.LogLines, found => found.Contains(" source=gap ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_daemon_that_ended_in_order_leaves_no_absence()
    {
        Borrow();
        using (Process first = _auditd.Start("-n"))
            _auditd.End();
        using Process second = _auditd.Start("-n");
        AuditdProgram.WaitFor(() => Client.FindStatus(out _) is { } status && status.Pid == _auditd.DaemonPid, "it does not answer");

        Assert.Null(Client.FindStatus(out _)!.Absence);
        _auditd.End();
        Assert.DoesNotContain(_auditd.LogLines, line => line.Contains(" op=loss ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_control_socket_tells_the_kernels_rules_and_survives_a_new_configuration()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n");
        Add(loan, $"-a always,exit -F arch=b64 -S openat -F exit=-ENOENT -F uid={User} -k told");
        AuditdProgram.WaitFor(() => Client.FindRules(out _) is not null, "it does not answer");
        Assert.Equal(loan.Kernel.ListRules(), Client.FindRules(out _));
        Assert.True(Client.FindStatus(out _) is { Program: "auditd", ReadsKernel: true, Kernel: { Enabled: 1 } });

        string metrics = _auditd["akashi.prom"];
        File.WriteAllText(_auditd["akashi.conf"], $"metrics_file = {metrics}\nmetrics_interval = 1\n");
        File.SetUnixFileMode(_auditd["akashi.conf"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _auditd.Signal(Signal.Hangup);

        AuditdProgram.WaitFor(() => File.Exists(metrics), "no metrics are written");
        Assert.Contains("akashi_recording 1\n", File.ReadAllText(metrics));
        AuditdProgram.WaitFor(() => Client.FindStatus(out _) is not null, "it does not answer any more");
    }

    KernelAudit.Loan Borrow()
    {
        _loan = audit.Borrow();
        _loan.Kernel.SetStatus(AuditStatusMask.BacklogLimit, _loan.Kernel.GetStatus() with { BacklogLimit = 8192 });
        return _loan;
    }

    long CountOf(LossSource source) =>
        Client.FindStatus(out _)?.Losses.FirstOrDefault(loss => loss.Source == source).Count ?? -1;

    void Add(KernelAudit.Loan loan, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
        {
            var diagnostics = new DiagnosticBag();
            RuleChange change = RuleParser.Parse(line, new RuleContext(Machine.X86_64, audit.Host.Accounts, audit.Host.Files.KindOf), diagnostics)!;
            loan.Kernel.AddRule(RuleEncoder.Encode(change.Rule));
        }
    }

    static void Run(uint user, int events)
    {
        using Process load = Process.Start("setpriv", ["--reuid", $"{user}", "--clear-groups", "/usr/bin/python3", "-c", Load, $"{events / 2}"]);
        Assert.True(load.WaitForExit(AuditdProgram.Limit), "the load does not end");
    }
}
