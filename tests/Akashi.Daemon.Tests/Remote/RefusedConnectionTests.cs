using System.Net.Sockets;
using Akashi.Configuration;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>What the trail has of connections that nobody means well with, however many they are.</summary>
public sealed class RefusedConnectionTests
{
    [Theory]
    [InlineData("", "silent")]
    [InlineData("FE0000FE000000000000000001000000", "magic")]
    public void A_port_scan_is_one_record_and_a_sum(string hex, string reason)
    {
        const int Connections = 500;
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { PerAddressMax = 1024, Queue = 1024 });
        long began = TimeProvider.System.GetTimestamp();
        for (int count = 0; count < Connections; count++)
        {
            using Socket client = trail.Connect();
            client.Send(Convert.FromHexString(hex));
        }

        // On a busy machine a few may have been there for a second before they are looked at.
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Sum(CountOf) + trail.OwnLines("DAEMON_CLOSE").Count >= Connections, "not all are said");
        int secondsMax = (int)TimeProvider.System.GetElapsedTime(began).TotalSeconds + 1;
        IReadOnlyList<string> said = trail.OwnLines("DAEMON_ERR");
        Assert.Matches($"op=remote-refused reason={reason} addr=127.0.0.1 port=[0-9]+ count=1 res=failed$", said[0]);
        Assert.InRange(said.Count, 2, secondsMax + 2);
        Assert.InRange(trail.OwnLines("DAEMON_CLOSE").Count, 0, 16 * secondsMax);
        using Socket sender = trail.Connect();
        sender.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(1)));
        Assert.NotNull(ReceivingTrail.Reply(sender));
        Assert.Equal(Connections + 1, trail.Receiver.Accepted);
    }

    [Fact]
    public void Who_says_nothing_for_a_second_is_said_to_be_connected()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();

        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 1, "the connection isn't said");
        client.Close();
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_CLOSE").Count == 1, "the end isn't said");
        Assert.Empty(trail.OwnLines("DAEMON_ERR"));
    }

    [Fact]
    public void Many_that_are_not_let_in_are_a_few_records_with_their_number()
    {
        const int Connections = 500;
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { Ports = new PortRange(1, 1) });
        long began = TimeProvider.System.GetTimestamp();
        for (int index = 0; index < Connections; index++)
        {
            using Socket refused = trail.Connect();
            Assert.Equal(0, refused.Receive(new byte[1]));
        }

        int secondsMax = (int)TimeProvider.System.GetElapsedTime(began).TotalSeconds + 1;
        trail.Receiver.End(saysEnding: true);

        // What the end says, the write stage has yet to write.
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Sum(CountOf) == Connections, "not all are said");
        IReadOnlyList<string> said = trail.OwnLines("DAEMON_ACCEPT");
        Assert.Matches("op=port addr=127.0.0.1 port=[0-9]+ res=no$", said[0]);
        Assert.All(said.Skip(1), line => Assert.Matches("op=port addr=127.0.0.1 (count|port)=[0-9]+ res=no$", line));
        Assert.InRange(said.Count, 2, secondsMax + 2);
    }

    static int CountOf(string line) => line.IndexOf(" count=", StringComparison.Ordinal) is >= 0 and int at ? int.Parse(line[(at + 7)..].Split(' ')[0]) : 1;
}
