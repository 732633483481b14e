using Akashi.Cli.Doctor;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Health;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Doctor;

/// <summary>What <c>akashi doctor</c> asks the daemon itself; the daemon that owns the kernel's audit is this process.</summary>
public sealed class ServiceFactsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly LinuxHost _host = new();

    HealthFacts Before => new()
    {
        Status = new HealthFacts().Status!.Value with { Pid = (uint)Environment.ProcessId },
        Owner = $"auditd (process {Environment.ProcessId})",
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_owner_says_is_taken()
    {
        using ControlServer server = Serve(Environment.ProcessId);

        HealthFacts facts = Gather();

        Assert.Equal("auditd", facts.Service!.Program);
        Assert.Equal(Version.Text, facts.Build);
        Assert.Null(facts.ServiceRefusal);
        Assert.False(facts.IsProgramReplaced);
    }

    [Fact]
    public void A_daemon_of_ours_without_its_socket_is_told()
    {
        LeaveMark(isEnded: false);

        Assert.Equal("nobody listens there", Gather().ServiceRefusal);
        Assert.Null(Gather().Service);
    }

    [Fact]
    public void A_daemon_whose_socket_another_has_is_told()
    {
        LeaveMark(isEnded: false);
        using ControlServer server = Serve(pid: 1);

        HealthFacts facts = Gather();

        Assert.Equal("process 1 does", facts.ServiceRefusal);
        Assert.Null(facts.Service);
    }

    [Fact]
    public void Another_makers_daemon_is_not_asked_for_what_it_does_not_have()
    {
        Assert.Null(Gather().ServiceRefusal);
        LeaveMark(isEnded: true);
        Assert.Null(Gather().ServiceRefusal);
        Assert.Null(Gather().Service);
    }

    [Fact]
    public void Without_an_owner_nobody_is_asked()
    {
        LeaveMark(isEnded: false);

        Assert.Null(new ServiceFacts(_host, _folder.Path).Add(Before with { Owner = null }).ServiceRefusal);
    }

    [Fact]
    public void A_collector_that_reads_no_kernel_is_asked_though_nobody_owns_it()
    {
        using ControlServer server = Serve(Environment.ProcessId, readsKernel: false);

        HealthFacts facts = new ServiceFacts(_host, _folder.Path).Add(Before with { Status = Before.Status!.Value with { Pid = 0 }, Owner = null });

        Assert.Equal("auditd", facts.Service!.Program);
        Assert.DoesNotContain(HealthChecks.Examine(facts), finding => finding.Name == "daemon");
    }

    HealthFacts Gather() => new ServiceFacts(_host, _folder.Path).Add(Before);

    ControlServer Serve(int pid, bool readsKernel = true) => new(
        _folder["control"], _host.Process.Uid, 0, _ => ServiceStatusText.Write(new ServiceStatus { Program = "auditd", Build = Version.Text, Pid = pid, ReadsKernel = readsKernel }));

    void LeaveMark(bool isEnded) => new RecordingMarkFile(_host.Files, _folder.Path).Write(
        new RecordingMark(ProcessMark.Self, "boot", DateTimeOffset.UnixEpoch, 1, isEnded, []));
}
