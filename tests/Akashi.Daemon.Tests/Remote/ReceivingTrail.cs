using System.Net;
using System.Net.Sockets;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Remote;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>A receiver that writes to a real trail, on a disk that refuses when a test says so, and clients of it.</summary>
sealed class ReceivingTrail : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly CancellationTokenSource _end = new();
    readonly List<Socket> _clients = [];
    readonly Thread _thread;
    readonly MessageRing _ring = new(64 * 1024);

    public ReceivingTrail(RemoteSettings? settings = null, AuditdConfiguration? configuration = null, CollectorSettings? collector = null, TimeProvider? clock = null)
    {
        configuration ??= new AuditdConfiguration();
        Files = new RefusingFiles(new LinuxHost().Files);
        Settings = settings ?? Default;
        if (collector is not null)
        {
            Settings = Settings with
            {
                Collector = collector with { Directory = collector.Directory.Length > 0 ? _folder[collector.Directory] : "" },
                Place = new ReceivingPlace(Files, configuration with { LogFile = LogPath }, null),
            };
        }

        var text = new RecordText(default);
        var own = new OwnRecords(TimeProvider.System, 1);
        var ledger = new DiskLedger();
        var writer = new TrailWriter(Files, LogPath, new RotationSettings(0, 0, false, false), [], null);
        WriteStage? write = null;
        var sink = new TrailSink(
            configuration, writer, new OwnLines(text, own), ledger, new DaemonSurroundings { Actions = Actions }, TimeProvider.System, action => write!.Post(action));
        Write = write = new WriteStage(_ring, text, null, own, sink, ledger, TimeProvider.System);
        _thread = new Thread(() => write.Run(_end.Token)) { IsBackground = true };
        _thread.Start();
        Receiver = new RemoteReceiver(Write, clock ?? TimeProvider.System, Settings, Said.Add);
        Receiver.Begin();
    }

    public static RemoteSettings Default { get; } = new(0, 5, 10, default, TimeSpan.Zero, false, default);

    public RemoteSettings Settings { get; }

    public WriteStage Write { get; }

    public RemoteReceiver Receiver { get; }

    public RefusingFiles Files { get; }

    public ListedActions Actions { get; } = new();

    public List<string> Said { get; } = [];

    public string LogPath => _folder["audit.log"];

    /// <summary>Lines of a node's own log.</summary>
    public string[] NodeLines(string directory) => File.Exists(NodeLog(directory)) ? File.ReadAllLines(NodeLog(directory)) : [];

    public string NodeLog(string directory) => Path.Combine(Settings.Collector.Directory, directory, "audit.log");

    /// <summary>Lines of the trail, without stamps and ports of the daemon's own.</summary>
    public IReadOnlyList<string> Lines => [.. File.ReadAllLines(LogPath).Where(line => !line.StartsWith("type=DAEMON_", StringComparison.Ordinal))];

    public IReadOnlyList<string> OwnLines(string type) => [.. File.ReadAllLines(LogPath).Where(line => line.StartsWith($"type={type} ", StringComparison.Ordinal))];

    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Limit.TotalMilliseconds };
        _clients.Add(socket);
        socket.Connect(IPAddress.Loopback, Receiver.Port);
        return socket;
    }

    /// <summary>A client of another address of this machine; it isn't taken for this machine itself where the address isn't 127.x.</summary>
    public Socket Connect(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Limit.TotalMilliseconds };
        _clients.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        socket.Connect(IPAddress.Loopback, Receiver.Port);
        return socket;
    }

    public static byte[] Message(uint sequence, string text, RemoteMessageType type = RemoteMessageType.Message)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes + Encoding.UTF8.GetByteCount(text)];
        new RemoteHeader(type, bytes.Length - RemoteHeader.Bytes, sequence).Write(bytes);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(RemoteHeader.Bytes));
        return bytes;
    }

    public static string Record(int serial) => $"node=web type=TEST msg=audit(1626611363.720:{serial}): x={serial}";

    /// <summary>The next reply: type, sequence and text; null at the end of the connection.</summary>
    public static (RemoteMessageType Type, uint Sequence, string Text)? Reply(Socket socket)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes];
        if (!TryFill(socket, bytes))
            return null;
        Assert.True(RemoteHeader.TryRead(bytes, out RemoteHeader header, out _));
        byte[] text = new byte[header.TextBytes];
        Assert.True(TryFill(socket, text));
        return (header.Type, header.Sequence, Encoding.ASCII.GetString(text));
    }

    public static void WaitFor(Func<bool> condition, string otherwise) => WaitFor(condition, () => otherwise);

    public static void WaitFor(Func<bool> condition, Func<string> otherwise)
    {
        if (!SpinWait.SpinUntil(condition, Limit))
            Assert.Fail(otherwise());
    }

    public void Dispose()
    {
        Receiver.Dispose();
        _end.Cancel();
        _ring.WakeConsumer();
        _thread.Join();
        Write.Sink.Dispose();
        foreach (Socket client in _clients)
            client.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    static bool TryFill(Socket socket, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count;
            try
            {
                count = socket.Receive(bytes);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                count = 0;
            }

            if (count == 0)
                return false;
            bytes = bytes[count..];
        }

        return true;
    }
}
