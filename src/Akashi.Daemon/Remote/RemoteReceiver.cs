using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>The thread that receives the records of other machines and has the write stage write them.</summary>
/// <remarks>
/// One thread for all of them, with epoll(7). While one batch is written, the next is filled; where that is full too nobody is read from, and senders wait. A
/// record is acknowledged when the trail has taken it; one that the disk refuses is answered with the disk's state, and its sender keeps it. Who may connect is decided in
/// RemoteReceiver.Admission.cs.
/// </remarks>
public sealed partial class RemoteReceiver : IDisposable
{
    const int StackBytes = 256 * 1024;

    static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_heldRetry = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan s_endWait = TimeSpan.FromSeconds(5);

    readonly WriteStage _write;
    readonly TimeProvider _clock;
    readonly Action<string> _say;
    readonly ConnectionWait _wait = new();
    readonly List<RemoteClient> _clients = [];
    readonly Action _writeFlight;
    readonly ReceivedWriter _writer;
    readonly System.Collections.Concurrent.ConcurrentQueue<Action> _asked = new();
    RemoteBatch _filling = new();
    RemoteBatch _flying = new();
    RemoteSettings _settings;
    RemoteSettings? _wanted;
    ReceivedText _text;
    TcpListener? _listener;
    Thread? _thread;
    volatile bool _isEnding;
    bool _isGraceful;
    int _isLanded;
    bool _isFlying;
    uint _firstServed;
    long _now;
    long _saidRefusedAt;
    long _received;
    long _refused;
    long _accepted;
    int _active;

    /// <summary>Makes it; <see cref="Begin"/> has it listen.</summary>
    /// <param name="write">Writes what is received.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="settings">What auditd.conf says.</param>
    /// <param name="say">Told of what an administrator wants to know.</param>
    public RemoteReceiver(WriteStage write, TimeProvider clock, RemoteSettings settings, Action<string> say)
    {
        _write = write;
        _clock = clock;
        _settings = settings;
        _say = say;
        _text = MakeText(settings);
        _writeFlight = WriteFlight;
        _writer = new ReceivedWriter(write, say);
        _notLetIn = new RefusalTally(clock, (reason, address, port, count) => SayTally(RecordType.DaemonAccept, reason, address, port, count));
        _notSecured = new RefusalTally(clock, (reason, address, port, count) => SayTally(RecordType.DaemonErr, reason, address, port, count));
    }

    /// <summary>Any thread: records received since the start.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Any thread: messages refused since the start.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Any thread: connections accepted since the start.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Any thread: connections now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>The port it listens at.</summary>
    public int Port => _listener?.Port ?? 0;

    /// <summary>Listens, and starts the thread.</summary>
    /// <exception cref="AuditException">The port can't be had.</exception>
    public void Begin()
    {
        _listener = TcpListener.At(_settings.Port, _settings.Queue);
        OpenHosts();
        OpenJournal();
        OpenLogs();
        _thread = new Thread(Run, StackBytes) { Name = "remote", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Any thread: goes on with other settings; connections stay.</summary>
    public void Reconfigure(RemoteSettings settings)
    {
        Volatile.Write(ref _wanted, settings);
        _wait.Wake();
    }

    /// <summary>Ends it: what was received is written and acknowledged first.</summary>
    /// <param name="saysEnding">Whether senders are told that the receiver ends; not where it comes back in a moment.</param>
    public void End(bool saysEnding)
    {
        if (_thread is null)
            return;
        _isGraceful = saysEnding;
        _isEnding = true;
        _wait.Wake();
        if (!_thread.Join(s_endWait + s_endWait))
            _say("the receiver of other machines' records does not end");
        _thread = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_thread is not null)
            End(saysEnding: true);
        _listener?.Dispose();
        _wait.Dispose();
        CloseLogs();
        _zstd?.Dispose();
    }

    void Run()
    {
        try
        {
            while (!_isEnding)
                Turn();
            CloseAll();
        }
        catch (AuditException exception)
        {
            _say($"other machines' records are not received any more: {exception.Message}");
        }
    }

    void Turn()
    {
        if (!_isFlying && Interlocked.Exchange(ref _wanted, null) is { } wanted)
            Change(wanted);
        bool reads = !_filling.IsFull, mayHaveMore = false;
        bool waitsForAllowance = Earn();
        _wait.Clear();
        int listening = _listener is not null && MayAccept() ? _wait.Watch(_listener) : -1;
        foreach (RemoteClient client in _clients)
        {
            bool isRead = reads && !client.IsSlow && !client.IsAtEnd && !client.IsSlowed;
            client.WaitIndex = isRead || client.HasOutput ? _wait.Watch(client.Connection, isRead, client.HasOutput) : -1;
            mayHaveMore |= (isRead && client.Connection.MayHaveMore) || (reads && client.IsDeferred && !client.IsSlowed);
            client.IsDeferred = false;
        }

        WatchHandshakes();
        _wait.Wait(mayHaveMore ? TimeSpan.Zero : waitsForAllowance ? s_allowanceRetry : _flying.IsHeld ? s_heldRetry : s_tick);
        _now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        Land();

        // Whoever comes first fills the batch: not always the same.
        _firstServed++;
        for (int index = 0; index < _clients.Count; index++)
            Serve(_clients[(int)((_firstServed + (uint)index) % (uint)_clients.Count)]);
        TakeOff();
        Remove();
        AdvanceHandshakes();

        // Last: a connection that has just ended doesn't count against its successor.
        if (listening >= 0 && _wait.IsReadable(listening))
            Accept();
        AdvanceQuestions();
        LookAfter();
    }

    // What was received is written and acknowledged; then senders hear of the end.
    void CloseAll()
    {
        long began = _clock.GetTimestamp();
        while ((_isFlying || !_filling.IsEmpty) && _clock.GetElapsedTime(began) < s_endWait)
        {
            TakeOff();
            if (!_isFlying)
                continue;
            _wait.Clear();
            _wait.Wait(s_heldRetry);
            Land();
        }

        foreach (RemoteClient client in _clients)
        {
            if (_isGraceful && !client.SendsLines && !client.IsClosed)
                client.Reply(RemoteMessageType.Ending, 0);
            client.Send();
            client.Dispose();
        }

        Remove();
        DropWaiting();
        _listener?.Dispose();
        _listener = null;
    }

    static ReceivedText MakeText(RemoteSettings settings) => new(settings.OwnNode, settings.Tls?.Credentials.Configuration.NodeCheck ?? default);
}
