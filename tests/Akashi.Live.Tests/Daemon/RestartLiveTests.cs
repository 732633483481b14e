using System.Diagnostics;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Live.Tests.Soak;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>auditd becoming its program anew while records come.</summary>
public sealed class RestartLiveTests(KernelAudit audit, ITestOutputHelper output) : IDisposable
{
    const int Restarts = 20;
    const int Events = 400_000;

    // The published one: what the tests built takes a second to start, while the kernel makes a hundred thousand records.
    readonly AuditdProgram _auditd = new(isPublished: true);
    KernelAudit.Loan? _loan;

    ControlClient Client => new(audit.Host, _auditd["run/akashi/control"]);

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void Twenty_restarts_under_full_load_cost_no_record_and_keep_the_process()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        _auditd.Configure("max_log_file = 9999", "max_log_file_action = ignore");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        uint lostBefore = _loan.Kernel.GetStatus().Lost;
        using var load = new SoakLoad(audit.Host, _loan.Kernel, Events);

        int underLoad = 0;
        for (int count = 0; count < Restarts; count++)
        {
            Restart();
            underLoad += load.HasEnded ? 0 : 1;
        }

        load.WaitForEnd();
        AuditdProgram.WaitFor(() => _loan.Kernel.GetStatus().Backlog == 0, "the kernel's queue stays");
        int lost = (int)(_loan.Kernel.GetStatus().Lost - lostBefore);
        Assert.Equal((uint)daemon.Id, _loan.Kernel.GetStatus().Pid);
        _auditd.End();

        SoakTrail trail = SoakTrail.Read(_auditd.LogPath, isCut: false);
        output.WriteLine($"{underLoad} of {Restarts} restarts under load: {trail.WholeEvents} events whole, {trail.PartialEvents} in part; {lost} records dropped by the kernel");
        trail.AssertSound();
        Assert.Equal(0, lost);
        Assert.Empty(FindPartial());
        Assert.InRange(trail.WholeEvents, Events, int.MaxValue);
        Assert.Equal(Restarts, underLoad);
        Assert.Equal(Restarts, _auditd.LogLines.Count(line => line.Contains("type=DAEMON_CONFIG ") && line.Contains(": op=restart state=changed ver=")));
        Assert.Single(_auditd.LogLines, line => line.StartsWith("type=DAEMON_START ", StringComparison.Ordinal));
    }

    [Fact]
    public void Signals_that_come_meanwhile_are_answered_by_the_program_that_follows()
    {
        _loan = audit.Borrow();
        _auditd.AddPlugin("slow", _auditd.WriteScript("slow", "cat >/dev/null; touch \"$0.closed\"; sleep 0.5"));
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        Assert.True(Client.TryRestart(out string? refusal), refusal);
        AuditdProgram.WaitFor(() => File.Exists(_auditd["slow.closed"]), "the plugin does not end");
        _auditd.Signal(Signal.User1);
        _auditd.Signal(Signal.User2);

        foreach (string text in (string[])["op=restart state=changed", "op=rotate-logs", "op=resume-logging"])
            AuditdProgram.WaitFor(() => AllLines().Any(line => line.Contains(text)), $"no {text} in the logs");
        Assert.False(daemon.HasExited);
    }

    [Fact]
    public void A_configuration_with_an_error_refuses_the_restart()
    {
        _loan = audit.Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        _auditd.Configure("flush = sometimes");

        Assert.False(Client.TryRestart(out string? refusal));

        Assert.Contains("exit code 6", refusal);
        Assert.Equal((uint)daemon.Id, _loan.Kernel.GetStatus().Pid);
        Assert.DoesNotContain(_auditd.LogLines, line => line.Contains("op=restart"));
    }

    [Fact]
    public void A_program_that_cannot_be_run_leaves_the_daemon_as_it_was()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        Directory.CreateDirectory(_auditd["own"]);
        string path = _auditd["own/audit.log"];
        using var daemon = new DaemonLoop(audit.Host, new AuditdConfiguration { LogFile = path }, [], new DaemonSurroundings());
        daemon.Begin("test", EnableState.NoChange);

        for (int count = 0; count < 3; count++)
        {
            Assert.Equal("cannot run it", daemon.Restart(null, _ => "cannot run it"));
            _loan.Kernel.SendUserMessage(1107, System.Text.Encoding.ASCII.GetBytes($"akashi-live {count}"));
            AuditdProgram.WaitFor(() => File.ReadAllText(path).Contains($"akashi-live {count}"), "the record does not arrive");
        }

        daemon.End(null);
        Assert.Equal(3, File.ReadLines(path).Count(line => line.Contains("op=restart state=no-change ") && line.Contains(" res=failed")));
        Assert.Equal(0u, _loan.Kernel.GetStatus().Pid);
    }

    [Fact]
    public void In_the_background_it_is_restarted_too()
    {
        _loan = audit.Borrow();
        Assert.Equal(0, _auditd.Run("-s", "nochange").ExitCode);
        int pid = _auditd.DaemonPid;

        Restart();

        Assert.Equal((uint)pid, _loan.Kernel.GetStatus().Pid);
        Assert.DoesNotContain("AKASHI_", File.ReadAllText($"/proc/{pid}/environ").Split('\0').Where(text => !text.StartsWith("AKASHI_RESTART=1 ", StringComparison.Ordinal)));
        _auditd.End();
        _auditd.WaitForLine("type=DAEMON_END ");
    }

    // The events of the rule that haven't their four records; those of adding and removing rules have others.
    IEnumerable<string> FindPartial() =>
        from line in _auditd.LogLines
        group line by line.Split(' ')[1] into lines
        where lines.Any(line => line.StartsWith("type=SYSCALL ", StringComparison.Ordinal) && line.Contains("key=\"akashi-soak\"")) && lines.Count() != 4
        select lines.Key;

    // A log may be rotated away between being listed and being read: who waits looks again.
    string[] AllLines()
    {
        try
        {
            return [.. Directory.GetFiles(_auditd.LogDirectory).SelectMany(File.ReadAllLines)];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    void Restart()
    {
        DateTimeOffset since = Find()!.Since;
        Assert.True(Client.TryRestart(out string? refusal), refusal);
        AuditdProgram.WaitFor(() => Find() is { } status && status.Since != since, "it does not start anew: " + _auditd.Error);
    }

    // Right after the start the socket may not be there yet.
    ServiceStatus? Find()
    {
        ServiceStatus? status = null;
        string? refusal = null;
        AuditdProgram.WaitFor(() => (status = Client.FindStatus(out refusal)) is not null, () => $"no service answers: {refusal}; {_auditd.Error}");
        return status;
    }
}
