using System.Diagnostics;
using System.Net.Sockets;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Remote;
using Akashi.Linux.Files;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>A receiver that keeps hosts apart: logs of their own, limits, silence.</summary>
public sealed class CollectorTests
{
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    static readonly CollectorSettings s_logs = new() { Directory = "nodes", PinsNames = true };

    [Fact]
    public void Each_node_has_a_log_of_its_own_and_the_trail_keeps_the_daemons_records()
    {
        using var trail = new ReceivingTrail(collector: s_logs);
        Socket client = trail.Connect();
        for (uint serial = 1; serial <= 30; serial++)
        {
            client.Send(ReceivingTrail.Message(serial, Record($"n{serial % 3}", (int)serial) + "\u001dUID=\"me\""));
            Assert.Equal(RemoteMessageType.Acknowledgement, ReceivingTrail.Reply(client)!.Value.Type);
        }

        for (int node = 0; node < 3; node++)
            Assert.Equal(Enumerable.Range(1, 30).Where(serial => serial % 3 == node).Select(serial => Record($"n{node}", serial) + "\u001dUID=\"me\""), trail.NodeLines($"n{node}"));
        Assert.Empty(trail.Lines);
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(trail.NodeLog("n0")));
        Assert.Equal(OwnersAlone | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(trail.NodeLog("n0"))!));
        Assert.Equal(30, trail.Write.Written - trail.OwnLines("DAEMON_ACCEPT").Count);
    }

    [Fact]
    public void More_nodes_than_files_may_be_open_lose_nothing()
    {
        const int Nodes = NodeLogs.OpenMax + 40;
        using var trail = new ReceivingTrail(collector: s_logs);
        Socket client = trail.Connect();
        for (int round = 0; round < 3; round++)
        {
            for (int node = 0; node < Nodes; node++)
                client.Send(ReceivingTrail.Message((uint)node, Record($"n{node}", round)));
            for (int node = 0; node < Nodes; node++)
                Assert.Equal((uint)node, ReceivingTrail.Reply(client)!.Value.Sequence);
        }

        for (int node = 0; node < Nodes; node++)
            Assert.Equal(Enumerable.Range(0, 3).Select(round => Record($"n{node}", round)), trail.NodeLines($"n{node}"));
        Assert.InRange(OpenPaths.All().Count(path => path.StartsWith(trail.Settings.Collector.Directory, StringComparison.Ordinal)), 1, NodeLogs.OpenMax + 1);
    }

    [Fact]
    public void An_old_segment_that_cant_be_removed_costs_no_record()
    {
        using var trail = new ReceivingTrail(configuration: new AuditdConfiguration { SegmentsMax = 3, SizeAction = new LogAction(LogActionKind.Rotate) }, collector: s_logs);
        string surplus = trail.NodeLog("web") + ".7";
        Directory.CreateDirectory(Path.GetDirectoryName(surplus)!, OwnersAlone | UnixFileMode.UserExecute);
        File.WriteAllText(surplus, "old\n");
        Assert.SkipUnless(AppendOnlyFlag.TrySet(surplus, true), "this file system, or user, has no chattr +a");
        try
        {
            Socket client = trail.Connect();
            for (uint serial = 1; serial <= 5; serial++)
            {
                client.Send(ReceivingTrail.Message(serial, Record("web", (int)serial)));
                Assert.Equal(RemoteMessageType.Acknowledgement, ReceivingTrail.Reply(client)!.Value.Type);
            }

            Assert.Equal(Enumerable.Range(1, 5).Select(serial => Record("web", serial)), trail.NodeLines("web"));
            Assert.Single(OpenPaths.All(), trail.NodeLog("web"));
            Assert.Equal($"cannot remove old segments of {trail.NodeLog("web")}: Operation not permitted", Assert.Single(trail.Said));
        }
        finally
        {
            AppendOnlyFlag.TrySet(surplus, false);
        }
    }

    [Fact]
    public void A_nodes_log_rotates_by_itself()
    {
        using var trail = new ReceivingTrail(
            configuration: new AuditdConfiguration { SegmentsMax = 3, SegmentMegabytesMax = 1, SizeAction = new LogAction(LogActionKind.Rotate) }, collector: s_logs);
        Socket client = trail.Connect();
        string text = new('x', 7000);
        for (uint serial = 1; serial <= 400; serial++)
        {
            client.Send(ReceivingTrail.Message(serial, $"{Record("n", (int)serial)}{text}"));
            Assert.Equal(serial, ReceivingTrail.Reply(client)!.Value.Sequence);
        }

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2"], Directory.EnumerateFiles(Path.GetDirectoryName(trail.NodeLog("n"))!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(trail.NodeLog("n") + ".1"));
        Assert.EndsWith($"x=400{text}", trail.NodeLines("n")[^1]);
        Assert.Equal(new DirectoryInfo(Path.GetDirectoryName(trail.NodeLog("n"))!).EnumerateFiles().Sum(file => file.Length), Assert.Single(trail.Receiver.Hosts).DirectoryBytes);
    }

    [Fact]
    public void A_disk_that_refuses_one_group_keeps_the_order_of_a_stream_over_several_logs()
    {
        using var trail = new ReceivingTrail(collector: s_logs);
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, "akashi 1 stream=000000000000000000000000000000aa position=0", RemoteMessageType.Heartbeat));
        Assert.Equal(RemoteMessageType.Acknowledgement, ReceivingTrail.Reply(client)!.Value.Type);
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 1, "the connection isn't said");
        trail.Files.Refuses = true;
        client.Send([.. ReceivingTrail.Message(2, Record("a", 1)), .. ReceivingTrail.Message(3, Record("b", 2))]);
        (RemoteMessageType Type, uint Sequence, string Text)? reply = ReceivingTrail.Reply(client);
        trail.Files.Refuses = false;

        Assert.Equal((RemoteMessageType.DiskFull, 2u), (reply!.Value.Type, reply.Value.Sequence));
        Assert.Empty(trail.NodeLines("a"));
        Assert.Empty(trail.NodeLines("b"));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Who_has_taken_its_share_of_the_disk_is_told_alone_and_goes_on_when_there_is_room()
    {
        using var trail = new ReceivingTrail(collector: s_logs with { Disk = new SpaceLimit(1, IsPercent: false) });
        Socket full = trail.Connect("127.0.0.5"), other = trail.Connect("127.0.0.6");
        string text = new('x', 8000);
        uint serial = 0;
        RemoteMessageType answer;
        do
        {
            full.Send(ReceivingTrail.Message(++serial, $"{Record("full", (int)serial)}{text}"));
            answer = ReceivingTrail.Reply(full)!.Value.Type;
        }
        while (answer == RemoteMessageType.Acknowledgement && serial < 1000);

        Assert.Equal(RemoteMessageType.DiskFull, answer);
        Assert.InRange(serial, 130u, 135u);
        other.Send(ReceivingTrail.Message(1, Record("other", 1)));
        Assert.Equal(RemoteMessageType.Acknowledgement, ReceivingTrail.Reply(other)!.Value.Type);
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == 1, "it isn't said");
        Assert.Contains("op=node-full node=full bytes=10", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Equal((true, false), (trail.Receiver.Hosts.Single(host => host.Node == "full").IsFull, trail.Receiver.Hosts.Single(host => host.Node == "other").IsFull));

        File.WriteAllBytes(trail.NodeLog("full"), []);
        ReceivingTrail.WaitFor(
            () =>
            {
                full.Send(ReceivingTrail.Message(++serial, Record("full", 0)));
                return ReceivingTrail.Reply(full)!.Value.Type == RemoteMessageType.Acknowledgement;
            },
            "there is room, and nobody looks");
    }

    [Fact]
    [Trait("Category", "Long")]
    public void One_that_floods_starves_no_other_and_loses_nothing_itself()
    {
        const int PerSecond = 5000, Burst = 5000;
        using var trail = new ReceivingTrail(collector: s_logs with { RecordsPerSecondMax = PerSecond, BurstRecords = Burst });
        using var ended = new CancellationTokenSource();

        // Before it connects: the time since its last look is earned too.
        long began = Stopwatch.GetTimestamp();
        Socket flooder = trail.Connect("127.0.0.99");
        byte[] flood = [.. Enumerable.Range(0, 2000).SelectMany(serial => ReceivingTrail.Message((uint)serial, Record("flood", serial)))];
        var sending = new Thread(() => Flood(flooder, flood, ended.Token)) { IsBackground = true };
        sending.Start();
        ReceivingTrail.WaitFor(() => trail.Receiver.Hosts.Any(host => host is { Node: "flood", IsSlowed: true }), "who floods isn't slowed");
        long slowed = trail.Receiver.Hosts.Single(host => host.Node == "flood").Records;
        Thread[] quiet = [.. Enumerable.Range(0, 20).Select(number => new Thread(() => SendQuietly(trail, number)) { IsBackground = true })];
        foreach (Thread thread in quiet)
            thread.Start();
        foreach (Thread thread in quiet)
            thread.Join();
        HostStatus flooding = trail.Receiver.Hosts.Single(host => host.Node == "flood");
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        ended.Cancel();
        flooder.Shutdown(SocketShutdown.Both);
        sending.Join();

        for (int number = 0; number < 20; number++)
            Assert.Equal(Enumerable.Range(1, 300).Select(serial => Record($"quiet{number}", serial)), trail.NodeLines($"quiet{number}"));

        // It goes on meanwhile, and has the burst and what the time brought, no more.
        Assert.InRange(flooding.Records, slowed + 1, Burst + (long)Math.Ceiling(seconds * PerSecond));
        string[] lines = trail.NodeLines("flood");
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(serial => Record("flood", serial % 2000)), lines);
    }

    [Fact]
    public void A_host_that_falls_silent_is_said_and_so_is_its_return()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch.AddYears(50));
        using var trail = new ReceivingTrail(collector: new CollectorSettings { SilentAfter = TimeSpan.FromSeconds(2) }, clock: clock);
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, Record("web", 1)));
        Assert.NotNull(ReceivingTrail.Reply(client));
        Assert.False(Assert.Single(trail.Receiver.Hosts).IsSilent);

        // What was heard may be noted after it was answered, and the clock was moved.
        for (int tries = 0; tries < 5; tries++)
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            if (SpinWait.SpinUntil(() => trail.OwnLines("DAEMON_ERR").Count == 1, TimeSpan.FromSeconds(4)))
                break;
        }

        Assert.Single(trail.OwnLines("DAEMON_ERR"));
        Assert.Contains(": op=node-silent node=web addr=127.0.0.1 since=", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.True(Assert.Single(trail.Receiver.Hosts).IsSilent);

        // A heartbeat is word enough.
        client.Send(ReceivingTrail.Message(2, "", RemoteMessageType.Heartbeat));
        Assert.NotNull(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == 2, "its return isn't said");
        Assert.Matches(": op=node-back node=web addr=127.0.0.1 silent=(3|6|9|12|15) res=success", trail.OwnLines("DAEMON_ERR")[1]);
        Assert.False(Assert.Single(trail.Receiver.Hosts).IsSilent);
    }

    [Fact]
    public void A_look_of_this_machine_at_itself_is_no_host_and_a_sender_of_that_name_is()
    {
        using var trail = new ReceivingTrail(collector: new CollectorSettings { SilentAfter = TimeSpan.FromMilliseconds(1) });
        string look = "node=hub type=USER msg=audit(1626611363.720:1): pid=1 uid=0 msg='op=akashi-setup-remote id=00ff exe=\"/akashi\" res=success'";
        Assert.Null(RemoteProbe.Send(TimeProvider.System, "127.0.0.1", trail.Receiver.Port, 0, System.Text.Encoding.ASCII.GetBytes(look), ReceivingTrail.Limit, out bool isOurs));
        Assert.True(isOurs);
        Assert.Contains(trail.Lines, line => line.Contains("op=akashi-setup-remote id=00ff"));
        Assert.Empty(trail.Receiver.Hosts);

        // Another falls silent: the look would have been said with it.
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, Record("web", 1)));
        Assert.NotNull(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count >= 1, "silence isn't said");
        Assert.Contains(" node=web ", Assert.Single(trail.OwnLines("DAEMON_ERR")));

        client.Send(ReceivingTrail.Message(2, Record("hub", 2)));
        Assert.NotNull(ReceivingTrail.Reply(client));
        Assert.Contains(trail.Receiver.Hosts, host => host.Node == "hub");
    }

    [Fact]
    public void What_a_host_says_of_itself_is_known()
    {
        using var trail = new ReceivingTrail(collector: new CollectorSettings());
        Socket client = trail.Connect();
        client.Send(ReceivingTrail.Message(1, "akashi 1 stream=000000000000000000000000000000aa position=0", RemoteMessageType.Heartbeat));
        Assert.NotNull(ReceivingTrail.Reply(client));
        long past = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;
        client.Send(ReceivingTrail.Message(2, $"akashi 1 clock={past} lost=7 version=9.8.7", RemoteMessageType.Heartbeat));
        Assert.NotNull(ReceivingTrail.Reply(client));
        client.Send(ReceivingTrail.Message(3, $"node=web type=DAEMON_ERR msg=audit({past / 1000}.000:1): op=loss source=kernel count=12 res=failed"));
        Assert.NotNull(ReceivingTrail.Reply(client));

        HostStatus host = Assert.Single(trail.Receiver.Hosts);
        Assert.Equal(("web", "127.0.0.1", "tcp", "akashi 9.8.7", 1L), (host.Node, host.Address, host.Transport, host.Program, host.Records));
        Assert.InRange(host.LagMilliseconds!.Value, 60_000, 80_000);
        Assert.InRange(host.BehindMilliseconds!.Value, 60_000, 80_000);
        Assert.Equal([("sender", 7L), ("kernel", 12L)], host.Losses);
        Assert.True(host.IsConnected);
        Assert.False(host.IsSlowed);
    }

    static string Record(string node, int serial) => $"node={node} type=TEST msg=audit(1626611363.720:{serial}): x={serial}";

    static void Flood(Socket flooder, byte[] flood, CancellationToken ended)
    {
        var reading = new Thread(() =>
        {
            byte[] replies = new byte[65536];
            try
            {
                while (flooder.Receive(replies) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // It ended.
            }
        }) { IsBackground = true };
        reading.Start();
        try
        {
            while (!ended.IsCancellationRequested)
                flooder.Send(flood);
        }
        catch (SocketException)
        {
            // It ended.
        }
    }

    static void SendQuietly(ReceivingTrail trail, int number)
    {
        Socket client;
        lock (trail)
            client = trail.Connect($"127.0.0.{number + 2}");
        long began = Stopwatch.GetTimestamp();
        for (int serial = 1; serial <= 300; serial++)
        {
            TimeSpan early = TimeSpan.FromMilliseconds(serial * 10) - Stopwatch.GetElapsedTime(began);
            if (early > TimeSpan.Zero)
                Thread.Sleep(early);
            client.Send(ReceivingTrail.Message((uint)serial, Record($"quiet{number}", serial)));
            Assert.Equal((RemoteMessageType.Acknowledgement, (uint)serial, ""), ReceivingTrail.Reply(client));
        }
    }
}
