using System.Net.Sockets;
using System.Text;
using Akashi.Configuration;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>The receiver over real sockets of the loopback address.</summary>
public sealed class RemoteReceiverTests
{
    [Fact]
    public void A_record_is_in_the_trail_when_it_is_acknowledged()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        for (int serial = 1; serial <= 50; serial++)
        {
            client.Send(ReceivingTrail.Message((uint)serial, ReceivingTrail.Record(serial) + "\n"));

            Assert.Equal((RemoteMessageType.Acknowledgement, (uint)serial, ""), ReceivingTrail.Reply(client));
            Assert.Equal(ReceivingTrail.Record(serial), trail.Lines[^1]);
        }

        Assert.Equal(50, trail.Lines.Count);
        Assert.Contains("addr=127.0.0.1 port=", Assert.Single(trail.OwnLines("DAEMON_ACCEPT")));
    }

    [Fact]
    public void Lines_are_written_and_not_answered()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        client.Send(Encoding.ASCII.GetBytes(ReceivingTrail.Record(1) + "\n" + ReceivingTrail.Record(2) + "\ntype=TEST msg=au"));
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 2, "the lines don't come");
        client.Shutdown(SocketShutdown.Send);

        Assert.Null(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_CLOSE").Count == 1, "the end isn't said");
        Assert.Contains("op=remote-refused reason=cut addr=127.0.0.1", Assert.Single(trail.OwnLines("DAEMON_ERR")));
    }

    [Fact]
    public async Task Many_messages_in_flight_are_acknowledged_in_order_by_one_that_ends_its_side_at_once()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        var sending = Task.Run(() =>
        {
            for (int serial = 1; serial <= 3000; serial++)
                client.Send(ReceivingTrail.Message((uint)serial, ReceivingTrail.Record(serial)));
            client.Shutdown(SocketShutdown.Send);
        });

        for (uint sequence = 1; sequence <= 3000; sequence++)
            Assert.Equal((RemoteMessageType.Acknowledgement, sequence, ""), ReceivingTrail.Reply(client));
        Assert.Null(ReceivingTrail.Reply(client));
        await sending;
        Assert.Equal(Enumerable.Range(1, 3000).Select(ReceivingTrail.Record), trail.Lines);
    }

    [Fact]
    public void What_is_no_record_is_acknowledged_counted_and_left_out()
    {
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { OwnNode = "collector"u8.ToArray() });
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, "garbage"));
        Assert.Equal((RemoteMessageType.Acknowledgement, 1u, ""), ReceivingTrail.Reply(client));
        client.Send(ReceivingTrail.Message(2, "type=EOE msg=audit(1626611363.720:1): "));
        Assert.Equal((RemoteMessageType.Acknowledgement, 2u, ""), ReceivingTrail.Reply(client));
        client.Send(ReceivingTrail.Message(3, "", RemoteMessageType.Heartbeat));
        Assert.Equal((RemoteMessageType.Acknowledgement, 3u, ""), ReceivingTrail.Reply(client));

        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == 1, "it isn't said");
        Assert.Contains("reason=no-record", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Contains("count=1 res=failed", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Empty(trail.Lines);
        Assert.Equal((1, 1), (trail.Receiver.Refused, trail.Receiver.Active));
    }

    [Theory]
    [InlineData("FE0000FF000000000000FFFF01000000", "too-long")]
    [InlineData("FE0000FE000000000000000001000000", "magic")]
    [InlineData("FE0000FF010000000000000001000000", "version")]
    [InlineData("FE0000FF000000000040000001000000", "type")]
    [InlineData("474554202F20485454502F312E310D0A", "no-record")]
    [InlineData("1603010200010001FC0303", "tls")]
    public void Who_speaks_another_protocol_is_sent_away(string hex, string reason)
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        client.Send(Convert.FromHexString(hex));

        Assert.Null(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == 1, "it isn't said");
        Assert.Matches($"op=remote-refused reason={reason} addr=127.0.0.1 port=[0-9]+ count=1 res=failed$", Assert.Single(trail.OwnLines("DAEMON_ERR")));
        Assert.Empty(trail.Lines);
    }

    [Theory]
    [InlineData(28, RemoteMessageType.DiskFull, "disk full")]
    [InlineData(5, RemoteMessageType.DiskError, "disk write error")]
    public void A_record_that_the_disk_refuses_stays_the_senders_and_is_not_counted_as_lost(int errno, RemoteMessageType expected, string text)
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, "", RemoteMessageType.Heartbeat));
        Assert.NotNull(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 1, "the connection isn't said");
        trail.Files.Refusal = (errno, "refused");
        trail.Files.Refuses = true;
        client.Send(ReceivingTrail.Message(2, ReceivingTrail.Record(1)));
        Assert.Equal((expected, 2u, text), ReceivingTrail.Reply(client));
        Assert.Equal((0, 0), (trail.Write.Disk.RefusedRecords, trail.Write.Disk.UnsaidRecords));

        trail.Files.Refuses = false;
        uint sequence = 3;
        ReceivingTrail.WaitFor(
            () =>
            {
                client.Send(ReceivingTrail.Message(sequence, ReceivingTrail.Record(1)));
                return ReceivingTrail.Reply(client) == (RemoteMessageType.Acknowledgement, sequence++, "");
            },
            "the disk isn't tried anew");
        Assert.Equal([ReceivingTrail.Record(1)], trail.Lines);
    }

    [Fact]
    public void A_low_disk_is_told_with_the_record_taken()
    {
        var configuration = new AuditdConfiguration { SpaceLeft = new SpaceLimit(100, false) };
        using var trail = new ReceivingTrail(configuration: configuration);
        trail.Files.Space = new Host.FileSystemSpace(1L << 40, 50L << 20, 1000);
        Socket client = trail.Connect();
        uint sequence = 1;
        ReceivingTrail.WaitFor(
            () =>
            {
                client.Send(ReceivingTrail.Message(sequence, ReceivingTrail.Record(1)));
                return ReceivingTrail.Reply(client) == (RemoteMessageType.DiskLow, sequence++, "");
            },
            "it isn't told");
        Assert.Equal((int)sequence - 1, trail.Lines.Count);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void A_second_live_connection_of_an_address_is_refused_and_one_that_follows_an_end_is_not()
    {
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { PerAddressMax = 1 });
        Socket first = trail.Connect();
        first.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(1)));
        Assert.NotNull(ReceivingTrail.Reply(first));
        Socket second = trail.Connect();

        Assert.Null(ReceivingTrail.Reply(second));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 2, "it isn't said");
        Assert.Matches("op=dup addr=127.0.0.1 port=[0-9]+ res=no$", trail.OwnLines("DAEMON_ACCEPT")[1]);
        first.Send(ReceivingTrail.Message(2, ReceivingTrail.Record(2)));
        Assert.NotNull(ReceivingTrail.Reply(first));

        Socket third = trail.Connect();
        first.Dispose();
        third.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(3)));
        Assert.Equal((RemoteMessageType.Acknowledgement, 1u, ""), ReceivingTrail.Reply(third));
    }

    [Fact]
    public void Another_port_than_those_allowed_is_refused()
    {
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { Ports = new PortRange(1, 1023) });

        Assert.Null(ReceivingTrail.Reply(trail.Connect()));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 1, "it isn't said");
        Assert.Contains("op=port addr=127.0.0.1", trail.OwnLines("DAEMON_ACCEPT")[0]);
    }

    [Fact]
    public void A_silent_client_is_closed_and_one_that_beats_is_not()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch.AddYears(50));
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { IdleMax = TimeSpan.FromSeconds(20) }, clock: clock);
        Socket silent = trail.Connect();
        Socket beating = trail.Connect();
        Beat(silent, 1);
        Beat(beating, 1);
        clock.Advance(TimeSpan.FromSeconds(15));
        Beat(beating, 2);
        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Null(ReceivingTrail.Reply(silent));
        ReceivingTrail.WaitFor(() => trail.Receiver.Active == 1, "it still counts");
        Beat(beating, 3);
    }

    static void Beat(Socket client, uint sequence)
    {
        client.Send(ReceivingTrail.Message(sequence, "", RemoteMessageType.Heartbeat));
        Assert.Equal((RemoteMessageType.Acknowledgement, sequence, ""), ReceivingTrail.Reply(client));
    }

    [Fact]
    public void The_end_is_told_after_everything_was_acknowledged()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(1)));
        Assert.NotNull(ReceivingTrail.Reply(client));
        trail.Receiver.End(saysEnding: true);

        Assert.Equal((RemoteMessageType.Ending, 0u, ""), ReceivingTrail.Reply(client));
        Assert.Null(ReceivingTrail.Reply(client));
    }

    [Fact]
    public void Other_settings_hold_at_once_and_connections_stay()
    {
        using var trail = new ReceivingTrail(ReceivingTrail.Default with { PerAddressMax = 1 });
        Socket first = trail.Connect();
        first.Send(ReceivingTrail.Message(1, "", RemoteMessageType.Heartbeat));
        Assert.NotNull(ReceivingTrail.Reply(first));
        trail.Receiver.Reconfigure(trail.Settings with { PerAddressMax = 2 });

        Socket second = trail.Connect();
        second.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(1)));
        Assert.NotNull(ReceivingTrail.Reply(second));
        first.Send(ReceivingTrail.Message(2, ReceivingTrail.Record(2)));
        Assert.NotNull(ReceivingTrail.Reply(first));
    }

    [Fact]
    public void A_client_that_does_not_read_its_acknowledgements_harms_nobody()
    {
        using var trail = new ReceivingTrail();
        Socket slow = trail.Connect();
        slow.ReceiveBufferSize = 4096;
        slow.Blocking = false;
        byte[] beats = [.. Enumerable.Range(1, 1000).SelectMany(sequence => ReceivingTrail.Message((uint)sequence, "", RemoteMessageType.Heartbeat))];
        Socket good = trail.Connect();
        int blocked = 0;
        for (uint sequence = 1; blocked < 100; sequence++)
        {
            slow.Send(beats, 0, beats.Length, SocketFlags.None, out SocketError error);
            blocked += error == SocketError.WouldBlock ? 1 : 0;
            good.Send(ReceivingTrail.Message(sequence, ReceivingTrail.Record(1)));
            Assert.Equal((RemoteMessageType.Acknowledgement, sequence, ""), ReceivingTrail.Reply(good));
        }
    }

    // Whatever many clients send, every record that was acknowledged is in the trail, and nothing else.
    [Fact]
    public void Random_clients_leave_exactly_their_records() => Seeded.Repeat(3, random =>
    {
        using var trail = new ReceivingTrail();
        var expected = new List<string>();
        for (int round = 0; round < 30; round++)
        {
            Socket client = trail.Connect();
            string record = ReceivingTrail.Record(round * 100) + new string('y', random.Next(6000));
            byte[] bytes = ReceivingTrail.Message(1, record);
            bool isWhole = random.Next(3) > 0;
            if (!isWhole)
                bytes[random.Next(6)] ^= (byte)(1 << random.Next(8));
            int cut = random.Next(bytes.Length);
            client.Send(bytes.AsSpan(0, cut));
            if (isWhole)
                client.Send(bytes.AsSpan(cut));
            client.Shutdown(SocketShutdown.Send);
            bool isAcknowledged = ReceivingTrail.Reply(client) is { Type: RemoteMessageType.Acknowledgement };
            Assert.Equal(isWhole, isAcknowledged);
            if (isAcknowledged)
                expected.Add(record);
            client.Dispose();
        }

        Assert.Equal(expected, trail.Lines);
    });
}
