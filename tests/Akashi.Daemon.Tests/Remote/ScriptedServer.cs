using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akashi.Remote;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>The other end of a sender: answers each message with the next word of a script, then with acknowledgements.</summary>
/// <remarks>The hello of our own senders it answers as the original does, like any heartbeat. Words: ack, low, full, error, warning, fatal, end (ENDING), close, none (no answer), sequence (a wrong one), magic (a wrong one).</remarks>
sealed class ScriptedServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentQueue<string> _script;
    readonly ConcurrentQueue<string> _heard = new();
    readonly Thread _thread;
    volatile Socket? _client;

    public ScriptedServer(params string[] script)
    {
        _script = new ConcurrentQueue<string>(script);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public int Port { get; }

    /// <summary>What came, in order: <c>connect</c>, <c>SEQUENCE TEXT</c>, <c>SEQUENCE beat</c>.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>The texts of those that were acknowledged, or answered with a warning.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    public void Dispose()
    {
        _listener.Stop();
        _client?.Dispose();
        _thread.Join(TimeSpan.FromSeconds(5));
    }

    void Serve()
    {
        try
        {
            while (true)
            {
                using Socket client = _client = _listener.AcceptSocket();
                _heard.Enqueue("connect");
                while (TryAnswer(client))
                {
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    bool TryAnswer(Socket client)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes];
        if (!TryFill(client, bytes) || !RemoteHeader.TryRead(bytes, out RemoteHeader header, out _))
            return false;
        byte[] text = new byte[header.TextBytes];
        if (!TryFill(client, text))
            return false;
        if (RemoteHello.TryReadSender(text, out _))
            return Reply(client, RemoteMessageType.Acknowledgement, header.Sequence);
        _heard.Enqueue($"{header.Sequence} {(header.Type == RemoteMessageType.Heartbeat ? "beat" : Encoding.UTF8.GetString(text))}");
        string word = _script.TryDequeue(out string? next) ? next : "ack";
        if (word is "ack" or "low" or "warning" && header.Type == RemoteMessageType.Message)
            Received.Enqueue(Encoding.UTF8.GetString(text));
        return word switch
        {
            "ack" => Reply(client, RemoteMessageType.Acknowledgement, header.Sequence),
            "low" => Reply(client, RemoteMessageType.DiskLow, header.Sequence),
            "full" => Reply(client, RemoteMessageType.DiskFull, header.Sequence, "disk full"),
            "error" => Reply(client, RemoteMessageType.DiskError, header.Sequence),
            "warning" => Reply(client, (RemoteMessageType)0x5000_0009, header.Sequence),
            "fatal" => Reply(client, (RemoteMessageType)0x6000_0009, header.Sequence),
            "end" => Reply(client, RemoteMessageType.Ending, 0),
            "sequence" => Reply(client, RemoteMessageType.Acknowledgement, header.Sequence + 7),
            "magic" => client.Send(new byte[RemoteHeader.Bytes]) > 0,
            "none" => true,
            _ => false,
        };
    }

    static bool Reply(Socket client, RemoteMessageType type, uint sequence, string text = "")
    {
        client.Send(ReceivingTrail.Message(sequence, text, type));
        return true;
    }

    static bool TryFill(Socket client, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count;
            try
            {
                count = client.Receive(bytes);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return false;
            }

            if (count == 0)
                return false;
            bytes = bytes[count..];
        }

        return true;
    }
}
