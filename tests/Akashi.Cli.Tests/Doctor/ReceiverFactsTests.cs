using System.Text;
using Akashi.Cli.Doctor;
using Akashi.Configuration;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Cli.Tests.Doctor;

/// <summary>Who was refused, from the records that auditd writes of it.</summary>
public sealed class ReceiverFactsTests
{
    [Fact]
    public void Refusals_are_summed_by_address_and_reason()
    {
        Assert.Equal(
            ["10.0.0.7 tls-revoked 32", "10.0.0.8 dup 1", "? from 312"],
            Count(
                "type=DAEMON_ERR msg=audit(1.000:1): op=remote-refused reason=tls-revoked addr=10.0.0.7 port=50001 count=1 res=failed",
                "type=DAEMON_ACCEPT msg=audit(1.000:2): op=dup addr=10.0.0.8 port=50001 res=no",
                "type=DAEMON_ACCEPT msg=audit(1.000:3): op=from addr=? count=312 res=no",
                "type=DAEMON_ERR msg=audit(1.000:4): op=remote-refused reason=tls-revoked addr=10.0.0.7 count=31 res=failed",
                "type=DAEMON_ERR msg=audit(1.000:5): op=loss source=kernel count=3 res=failed"));
    }

    [Fact]
    public void Who_was_let_in_afterwards_is_no_news()
    {
        Assert.Equal(
            ["10.0.0.8 dup 1"],
            Count(
                "type=DAEMON_ERR msg=audit(1.000:1): op=remote-refused reason=tls-revoked addr=10.0.0.7 count=31 res=failed",
                "type=DAEMON_ACCEPT msg=audit(1.000:2): op=dup addr=10.0.0.8 port=50001 res=no",
                "type=DAEMON_ACCEPT msg=audit(1.000:3): op=tls-accept role=collector addr=10.0.0.7 port=5 peer=\"web\" cipher=X res=success"));
    }

    [Fact]
    public void A_machine_that_receives_nothing_has_refused_nobody()
    {
        var facts = new HealthFacts { Configuration = new AuditdConfiguration() };
        var invocation = new Invocation
        {
            Name = "akashi", Arguments = [], Input = Stream.Null, InputKind = FileKind.Other, Output = Stream.Null, Error = Stream.Null, Host = new LinuxHost(), Signals = new NoSignals(),
        };

        Assert.Same(facts, new ReceiverFacts(invocation).Add(facts));
    }

    static string[] Count(params string[] lines)
    {
        var counts = new Dictionary<(string Address, string Reason), long>();
        foreach (string line in lines)
        {
            Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
            ReceiverFacts.Take(record, counts);
        }

        return [.. counts.Select(one => $"{one.Key.Address} {one.Key.Reason} {one.Value}")];
    }
}
