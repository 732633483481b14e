using System.Diagnostics;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;

namespace Akashi.Live.Tests.Daemon;

/// <summary>Transports of remote logging that no daemon here serves yet: nobody is to believe that they work.</summary>
public sealed class RemoteKeysLiveTests(KernelAudit audit) : IDisposable
{
    readonly AuditdProgram _auditd = new();
    KernelAudit.Loan? _loan;

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void The_daemon_says_at_its_start_and_to_who_asks_that_other_machines_are_not_received()
    {
        _loan = audit.Borrow();
        _auditd.Configure("tcp_listen_port = 60", "transport = krb5");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        Assert.Contains("remote not served yet over krb5: records of other machines are not received", _auditd.Error);
        Assert.Equal(["transport"], Find(status => true).UnservedKeys);

        _auditd.Configure();
        _auditd.Signal(Signal.Hangup);
        Find(status => status.UnservedKeys.Count == 0);
    }

    [Fact]
    public void Without_a_port_to_listen_at_nothing_is_said()
    {
        _loan = audit.Borrow();
        _auditd.Configure("tcp_max_per_addr = 2", "transport = tcp");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        Assert.DoesNotContain("remote", _auditd.Error);
        Assert.Empty(Find(status => true).UnservedKeys);
    }

    ServiceStatus Find(Func<ServiceStatus, bool> isRight)
    {
        ServiceStatus? found = null;
        var client = new ControlClient(audit.Host, _auditd["run/akashi/control"]);
        AuditdProgram.WaitFor(() => (found = client.FindStatus(out _)) is not null && isRight(found), "no such status");
        return found!;
    }
}
