using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Akashi.Daemon.Plugins;
using Akashi.Daemon.Remote;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Our sender and our receiver: many records under way, none lost and none twice.</summary>
public sealed class StreamingTests : IDisposable
{
    const string Hello = "akashi 1 stream=000000000000000000000000000000aa position=";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_connections_break_every_record_arrives_once(bool isFile) => Seeded.Repeat(3, random =>
    {
        using var trail = new ReceivingTrail();
        using var proxy = new CuttingProxy(trail.Receiver.Port, random, cuts: 25, bytesMax: 40_000);
        var configuration = new RemoteConfiguration
        {
            Server = "127.0.0.1", Port = proxy.Port, QueuesInFile = isFile, QueueFile = _folder[$"queue{random.Next()}"], QueueRecords = 500,
            NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce), TriesMax = 1000,
        };
        Send(configuration, random, trail, 6000);

        Assert.Equal(Enumerable.Range(1, 6000).Select(Record), trail.Lines);
        Assert.True(proxy.Cuts > 5, $"{proxy.Cuts} cuts");
    });

    [Fact]
    public void A_disk_that_refuses_for_a_while_costs_nothing_and_doubles_nothing() => Seeded.Repeat(2, random =>
    {
        using var trail = new ReceivingTrail();
        var refusing = new Thread(() =>
        {
            for (int times = 0; times < 3; times++)
            {
                int lines = trail.Lines.Count;
                SpinWait.SpinUntil(() => trail.Lines.Count > lines + 200 || trail.Lines.Count >= 5000, ReceivingTrail.Limit);
                trail.Files.Refuses = true;
                Thread.Yield();
                SpinWait.SpinUntil(() => trail.Actions.Asked.Count > times, TimeSpan.FromSeconds(1));
                trail.Files.Refuses = false;
            }
        });
        refusing.Start();
        Send(new RemoteConfiguration { Server = "127.0.0.1", Port = trail.Receiver.Port, QueueRecords = 500 }, random, trail, 6000);
        refusing.Join();

        Assert.Equal(Enumerable.Range(1, 6000).Select(Record), trail.Lines);
    });

    [Fact]
    public void A_sender_that_comes_back_is_told_what_the_trail_has_already()
    {
        using var trail = new ReceivingTrail();
        using (Socket first = trail.Connect())
        {
            Greet(first, 100, 100);
            for (int serial = 1; serial <= 10; serial++)
                first.Send(ReceivingTrail.Message((uint)(serial + 1), Record(serial)));
            ReceivingTrail.WaitFor(() => trail.Lines.Count == 10, "they don't arrive");
        }

        Greet(trail.Connect(), 100, 110);
        Greet(trail.Connect(), 105, 110);

        // It knows better than we do: the receiver was another meanwhile.
        Greet(trail.Connect(), 200, 200);
        Greet(trail.Connect(), 200 + RemoteHello.WindowMax * 2, 200 + RemoteHello.WindowMax * 2);
        Greet(trail.Connect(), 200, 200);
    }

    [Fact]
    public void The_second_connection_of_a_stream_ends_the_first()
    {
        using var trail = new ReceivingTrail();
        Socket first = trail.Connect();
        Greet(first, 0, 0);
        Greet(trail.Connect(), 0, 0);

        Assert.Null(ReceivingTrail.Reply(first));
    }

    [Fact]
    public void Nothing_behind_a_refused_record_is_taken()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        Greet(client, 0, 0);
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Count == 1, "the connection isn't said");
        trail.Files.Refuses = true;
        client.Send(ReceivingTrail.Message(2, Record(1)));
        Assert.Equal((RemoteMessageType.DiskFull, 2u, "disk full"), ReceivingTrail.Reply(client));
        trail.Files.Refuses = false;
        client.Send(ReceivingTrail.Message(3, Record(2)));
        client.Send(ReceivingTrail.Message(4, "", RemoteMessageType.Heartbeat));

        Assert.Equal((RemoteMessageType.Acknowledgement, 4u, ""), ReceivingTrail.Reply(client));
        Assert.Empty(trail.Lines);
        Greet(trail.Connect(), 0, 0);
    }

    static void Greet(Socket client, long position, long wanted)
    {
        client.Send(ReceivingTrail.Message(1, Hello + position, RemoteMessageType.Heartbeat));
        Assert.Equal((RemoteMessageType.Acknowledgement, 1u, $"akashi 1 window={RemoteHello.WindowMax} position={wanted}"), ReceivingTrail.Reply(client));
    }

    static string Record(int serial) => $"node=web type=TEST msg=audit(1626611363.720:{serial}): x={new string('y', serial % 300)}";

    static void Send(RemoteConfiguration configuration, Random random, ReceivingTrail trail, int records)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var input = new PluginInput(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        using var actions = new ListedActions();
        using var sender = new RemoteSender(TimeProvider.System, configuration, actions, _ => { });
        bool isWell = false;
        var thread = new Thread(() => isWell = sender.Run(input)) { IsBackground = true };
        thread.Start();
        for (int serial = 1; serial <= records;)
        {
            var text = new StringBuilder();
            for (int left = random.Next(1, 200); left > 0 && serial <= records; left--)
                text.Append(Record(serial++)).Append('\n');
            pipe.Write(Encoding.ASCII.GetBytes(text.ToString()));
        }

        ReceivingTrail.WaitFor(() => trail.Lines.Count >= records, $"{trail.Lines.Count} of {records} arrive\n{sender.DescribeState()}");
        pipe.Dispose();
        thread.Join();
        Assert.True(isWell);
    }
}
