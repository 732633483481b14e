using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Akashi.Daemon.Plugins;
using Akashi.Daemon.Remote;
using Akashi.Linux.Compression;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Our sender and our receiver: many records under way, none lost and none twice.</summary>
public sealed class StreamingTests : IDisposable
{
    const string Hello = "akashi 1 stream=000000000000000000000000000000aa position=";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Category", "Long")]
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Whatever_connections_break_every_record_arrives_once(bool isFile, bool packs) => Seeded.Repeat(3, random =>
    {
        using var trail = new ReceivingTrail();
        using var proxy = new CuttingProxy(trail.Receiver.Port, random, cuts: 25, bytesMax: packs ? 8_000 : 40_000);
        var configuration = new RemoteConfiguration
        {
            Server = "127.0.0.1", Port = proxy.Port, QueuesInFile = isFile, QueueFile = _folder[$"queue{random.Next()}"], QueueRecords = 500,
            NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce), TriesMax = 1000, Packs = packs,
        };
        Send(configuration, random, trail, 6000);

        Assert.Equal(Enumerable.Range(1, 6000).Select(Record), trail.Lines);
        Assert.True(proxy.Cuts > 5, $"{proxy.Cuts} cuts");
    });

    [Trait("Category", "Long")]
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

    [Fact]
    public void A_receiver_from_before_there_were_packs_gets_none()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new RunningSender(((System.Net.IPEndPoint)listener.LocalEndpoint).Port);
        using Socket server = listener.AcceptSocket();
        server.ReceiveTimeout = (int)ReceivingTrail.Limit.TotalMilliseconds;
        sender.Give(Enumerable.Range(1, 100).Select(Record));

        Assert.Equal((RemoteMessageType.Heartbeat, 1u), Type(ReceivingTrail.Reply(server)));
        server.Send(ReceivingTrail.Message(1, "akashi 1 window=1024 position=0", RemoteMessageType.Acknowledgement));
        Assert.Equal((RemoteMessageType.Heartbeat, 1u, "akashi 1 pack=zstd"), ReceivingTrail.Reply(server));
        server.Send(ReceivingTrail.Message(1, "", RemoteMessageType.Acknowledgement));
        Assert.Equal((RemoteMessageType.Heartbeat, 2u), Type(ReceivingTrail.Reply(server)));
        server.Send(ReceivingTrail.Message(2, "", RemoteMessageType.Acknowledgement));
        for (int serial = 1; serial <= 100; serial++)
            Assert.Equal((RemoteMessageType.Message, (uint)serial + 2, Record(serial)), ReceivingTrail.Reply(server));
        server.Send(ReceivingTrail.Message(102, "", RemoteMessageType.Acknowledgement));
        ReceivingTrail.WaitFor(() => sender.Sender.DescribeState().Contains("sent = 100\n"), () => sender.Sender.DescribeState());
    }

    [Fact]
    public void A_pack_is_acknowledged_as_its_records_are()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        Greet(client, 10, 10);
        Agree(client);
        client.Send(Pack(2, [.. Enumerable.Range(1, 50).Select(Record)]));
        Assert.Equal((RemoteMessageType.Acknowledgement, 51u, ""), ReceivingTrail.Reply(client));
        Assert.Equal(Enumerable.Range(1, 50).Select(Record), trail.Lines);
        client.Send(Pack(52, Record(51), "what is no record", Record(52)));
        Assert.Equal((RemoteMessageType.Acknowledgement, 54u, ""), ReceivingTrail.Reply(client));
        Assert.Equal(52, trail.Lines.Count);

        // Positions count what was left out, too.
        Greet(trail.Connect(), 10, 63);
    }

    [Theory]
    [InlineData("bomb")]
    [InlineData("damaged")]
    [InlineData("not agreed")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("empty records")]
    public void A_pack_that_is_none_ends_the_connection_and_leaves_nothing(string kind)
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        Greet(client, 0, 0);
        if (kind != "not agreed")
            Agree(client);
        using ZstdBlocks zstd = ZstdBlocks.TryMake()!;
        byte[] packed = new byte[RemoteHeader.TextBytesMax];
        byte[] good = Plain(Record(1), Record(2)), bomb = new byte[RemotePacking.PlainBytesMax + 1];
        int length = zstd.Pack(kind switch { "bomb" => bomb, "cut" => good.AsSpan(..^1), "empty" => [], "empty records" => new byte[1000], _ => good }, packed);
        if (kind == "damaged")
            packed[length - 1] ^= 0xFF;
        client.Send(Message(2, packed.AsSpan(0, kind == "damaged" ? length - 3 : length)));

        Assert.Null(ReceivingTrail.Reply(client));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == 1, "it isn't said");
        Assert.Contains("op=remote-refused reason=pack ", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Empty(trail.Lines);
    }

    // Larger than what a batch for the trail has room for: the rest of a pack waits, and nothing gets before it.
    [Fact]
    public void A_connection_is_of_one_stream()
    {
        using var trail = new ReceivingTrail();
        using Socket client = trail.Connect();
        Greet(client, 1, 1);
        client.Send(ReceivingTrail.Message(2, "akashi 1 stream=000000000000000000000000000000ab position=1", RemoteMessageType.Heartbeat));

        Assert.Null(ReceivingTrail.Reply(client));
    }

    [Fact]
    public void Many_packs_at_once_keep_their_order()
    {
        using var trail = new ReceivingTrail();
        Socket client = trail.Connect();
        Greet(client, 0, 0);
        Agree(client);
        string[] records = [.. Enumerable.Range(1, 6000).Select(Record)];
        int serial = 0;
        foreach (string[] chunk in records.Chunk(150))
        {
            client.Send(Pack((uint)serial + 2, chunk));
            serial += chunk.Length;
        }

        ReceivingTrail.WaitFor(() => trail.Lines.Count == 6000, () => $"{trail.Lines.Count} arrive");
        Assert.Equal(records, trail.Lines);
        (RemoteMessageType Type, uint Sequence, string Text)? last = null;
        while (last is not { Sequence: 6001 })
            last = ReceivingTrail.Reply(client);
    }

    static (RemoteMessageType, uint)? Type((RemoteMessageType Type, uint Sequence, string Text)? reply) => reply is { } some ? (some.Type, some.Sequence) : null;

    static void Agree(Socket client)
    {
        client.Send(ReceivingTrail.Message(1, "akashi 1 pack=zstd", RemoteMessageType.Heartbeat));
        Assert.Equal((RemoteMessageType.Acknowledgement, 1u, "akashi 1 pack=zstd window=8192"), ReceivingTrail.Reply(client));
    }

    static byte[] Plain(params string[] records) => [.. records.SelectMany(record => (byte[])[(byte)record.Length, (byte)(record.Length >> 8), .. Encoding.ASCII.GetBytes(record)])];

    static byte[] Pack(uint sequence, params string[] records)
    {
        using ZstdBlocks zstd = ZstdBlocks.TryMake()!;
        byte[] packed = new byte[RemoteHeader.TextBytesMax];
        return Message(sequence, packed.AsSpan(0, zstd.Pack(Plain(records), packed)));
    }

    static byte[] Message(uint sequence, ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes + text.Length];
        new RemoteHeader((RemoteMessageType)2, text.Length, sequence).Write(bytes);
        text.CopyTo(bytes.AsSpan(RemoteHeader.Bytes));
        return bytes;
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
