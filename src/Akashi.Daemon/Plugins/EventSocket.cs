using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Records;

namespace Akashi.Daemon.Plugins;

/// <summary>Gives records to every program that connects to a socket; one that doesn't read loses its own and nobody else's.</summary>
/// <remarks><see cref="Give"/> and Dispose by one thread; the counts by any.</remarks>
public sealed class EventSocket : IDisposable
{
    /// <summary>More are refused: each costs a thread and half a megabyte.</summary>
    public const int ClientsMax = 64;

    const int StackBytes = 128 * 1024;

    readonly UnixListener _listener;
    readonly int _queueRecords;
    readonly bool _isBinary;
    readonly Action<string> _say;
    readonly Thread _thread;
    readonly Lock _gate = new();
    readonly List<SocketClient> _clients = [];
    readonly byte[] _bytes = new byte[PluginFrames.HeaderBytes + PluginFrames.TextBytesMax + RecordText.OverheadBytes + 1];
    readonly ManualResetEventSlim _ended = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="mode">Its permissions.</param>
    /// <param name="isBinary">Whether programs get the dispatcher's binary format, not lines.</param>
    /// <param name="queueRecords">Records that wait for one program at most.</param>
    /// <param name="say">Told of what an administrator wants to know.</param>
    /// <exception cref="AuditException">The path can't be had.</exception>
    public EventSocket(string path, UnixFileMode mode, bool isBinary, int queueRecords, Action<string> say)
    {
        _listener = UnixListener.Listen(path, mode);
        _queueRecords = queueRecords;
        _isBinary = isBinary;
        _say = say;
        _thread = new Thread(AcceptAll, StackBytes) { IsBackground = true, Name = "accept" };
        _thread.Start();
    }

    /// <summary>Programs that listen.</summary>
    public int Clients
    {
        get
        {
            lock (_gate)
                return _clients.Count(client => !client.IsGone);
        }
    }

    /// <summary>Records that wait in the longest queue.</summary>
    public long Depth
    {
        get
        {
            lock (_gate)
                return _clients.Select(client => client.Depth).DefaultIfEmpty().Max();
        }
    }

    /// <summary>The most that ever waited in one.</summary>
    public long DepthMax { get; private set; }

    /// <summary>Records that found a queue full, added up over the programs.</summary>
    public long Dropped { get; private set; }

    /// <summary>Gives a record to all; never waits.</summary>
    public void Give(in PluginRecord record)
    {
        lock (_gate)
        {
            Forget();
            if (_clients.Count == 0)
                return;
            ReadOnlySpan<byte> bytes = _isBinary ? Binary(record) : _bytes.AsSpan(0, record.WriteLine(_bytes));
            foreach (SocketClient client in _clients)
            {
                if (!client.TryGive(bytes))
                    Dropped++;
                DepthMax = Math.Max(DepthMax, client.Depth);
            }
        }
    }

    /// <summary>Ends: programs get what waits for them, if they read within a second.</summary>
    public void Dispose()
    {
        _ended.Set();
        _listener.Wake();
        _thread.Join();
        _listener.Dispose();
        Parallel.ForEach(_clients, client => client.Dispose());
        _ended.Dispose();
    }

    void AcceptAll()
    {
        while (!_ended.IsSet)
        {
            try
            {
                if (_listener.Accept() is { } connection)
                    Add(connection);
            }
            catch (AuditException exception)
            {
                // No descriptor is left: those who are connected get on.
                _say(exception.Message);
                _ended.Wait(TimeSpan.FromSeconds(1));
            }
        }
    }

    void Add(UnixConnection connection)
    {
        lock (_gate)
        {
            Forget();
            if (_clients.Count < ClientsMax)
            {
                _clients.Add(new SocketClient(connection, _queueRecords));
                return;
            }
        }

        connection.Dispose();
        _say($"a program more than {ClientsMax} was refused");
    }

    void Forget()
    {
        for (int index = _clients.Count - 1; index >= 0; index--)
        {
            if (!_clients[index].IsGone)
                continue;
            _clients[index].Dispose();
            _clients.RemoveAt(index);
        }
    }

    ReadOnlySpan<byte> Binary(in PluginRecord record)
    {
        ushort type = record.Type;
        if (type == 0 && Record.TryParse(record.Text, out Record parsed, out _))
            type = (ushort)parsed.Type;
        PluginFrames.WriteHeader(_bytes, record.Version, type, record.Text.Length);
        record.Text.CopyTo(_bytes.AsSpan(PluginFrames.HeaderBytes));
        return _bytes.AsSpan(0, PluginFrames.HeaderBytes + record.Text.Length);
    }
}
