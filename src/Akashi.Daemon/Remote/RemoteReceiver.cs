using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>The thread that receives the records of other machines and has the write stage write them.</summary>
/// <remarks>
/// One thread for all of them, with poll(2). While the write stage writes one batch, the next is filled; where that is full too nobody is read from, and senders wait. A
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
    readonly WaitList _wait = new();
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
        _notLetIn = new RefusalTally(clock, SayNotLetIn);
        _notSecured = new RefusalTally(clock, SayNotSecured);
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
        LookAfter();
    }

    void Serve(RemoteClient client)
    {
        if (client.WaitIndex >= 0)
        {
            if ((_wait.IsReadable(client.WaitIndex) || client.Connection.MayHaveMore) && !client.IsAtEnd)
                Hear(client);
            if (client.HasOutput)
                client.Send();
        }

        // What a full batch left may be taken now.
        TakeFrames(client);
    }

    void Hear(RemoteClient client)
    {
        client.Receive();
        client.Heard = _clock.GetTimestamp();
        if (client.IsAtEnd && client.Connection.Tls is { Fault: not (RemoteFault.None or RemoteFault.Cut) } tls)
            Refuse(client, tls.Fault);
    }

    void TakeFrames(RemoteClient client)
    {
        while (TryEmptyPack() && !_filling.IsFull && !client.IsClosed && MaySend(client))
        {
            int taken = RemoteFrames.Take(client.Input, out RemoteFrame frame, out RemoteFault fault);
            if (taken == 0)
            {
                // It could go on for ever with what is no message, and none that follows can be found.
                if (fault != RemoteFault.None)
                    SendAway(client, fault);
                return;
            }

            bool isPack = frame.Type == RemoteMessageType.Pack;
            if (!TryTakeFrame(client, frame))
                return;
            client.Take(taken);

            // A small message may hold much: one a turn, then others have theirs.
            client.IsDeferred = isPack && !client.IsClosed && !client.Input.IsEmpty;
            if (isPack)
                return;
        }
    }

    // False where it has to wait.
    bool TryTakeFrame(RemoteClient client, in RemoteFrame frame)
    {
        client.SendsLines |= !frame.IsManaged;
        switch (frame.Type)
        {
            case RemoteMessageType.Message:
                TakeRecord(client, frame);
                break;
            case RemoteMessageType.Pack:
                if (!TryOpenPack(client, frame))
                    SendAway(client, RemoteFault.Pack);
                break;
            case RemoteMessageType.Heartbeat when frame.Text.SequenceEqual(RemotePacking.Offer):
                AnswerOffer(client, frame.Sequence);
                break;
            case RemoteMessageType.Heartbeat:
                if (RemoteHello.TryReadSender(frame.Text, out RemoteHello hello))
                    return TryBeginStream(client, hello, frame.Sequence);
                HearBeat(client, frame.Text);
                client.Reply(RemoteMessageType.Acknowledgement, frame.Sequence);
                client.Send();
                break;
            default:
                SendAway(client, RemoteFault.Type);
                break;
        }

        return true;
    }

    // What is no record is acknowledged: its sender would send it for ever, and nothing behind it.
    void TakeRecord(RemoteClient client, in RemoteFrame frame)
    {
        if (client.IsRefusing)
            return;
        client.Allowance?.Spend();
        int length = _text.Write(
            frame.Text, client.Address, client.Connection.Peer.IsThisMachine, _filling.Room, out RecordType type, out RemoteFault fault, client.Connection.Tls?.Peer);
        uint? sequence = frame.IsManaged ? frame.Sequence : null;
        if (fault == RemoteFault.NodeForged && length > 0)
            SayRenamed(client, frame.Text);
        if (length == 0)
        {
            Refuse(client, fault);
            if (client.Host is { } host)
                host.Refused++;
            if (frame.IsManaged)
                _filling.AddUnwritten(client, null, frame.Sequence);
            return;
        }

        KnownHost from = Meet(client, _filling.Room[..length]);
        if (from.IsFull && frame.IsManaged)
        {
            RefuseFull(client, from, frame.Sequence);
            return;
        }

        _filling.Add(client, from, type, length, sequence);
        Volatile.Write(ref _received, _received + 1);
    }

    static ReceivedText MakeText(RemoteSettings settings) => new(settings.OwnNode, settings.Tls?.Credentials.Configuration.NodeCheck ?? default);

    void Refuse(RemoteClient client, RemoteFault fault)
    {
        client.Refused++;
        client.RefusedFault = fault;
        Volatile.Write(ref _refused, _refused + 1);
    }

    void SendAway(RemoteClient client, RemoteFault fault)
    {
        Refuse(client, fault);
        client.Take(client.Input.Length);
        client.Dispose();
    }

    void TakeOff()
    {
        if (_isFlying)
        {
            if (_flying.IsHeld)
                Post();
            return;
        }

        if (_filling.IsEmpty)
            return;
        (_filling, _flying) = (_flying, _filling);
        _isFlying = true;
        Post();
    }

    void Post()
    {
        _flying.IsHeld = false;
        _write.Post(_writeFlight);
    }

    // By the write stage.
    void WriteFlight()
    {
        RemoteBatch batch = _flying;
        if (_write.Sink.IsHeld)
        {
            // Nobody is woken: the receiver asks again at its next turn.
            batch.IsHeld = true;
            return;
        }

        _writer.Write(batch);
        if (_settings.Distributes && _write.Dispatcher is { } dispatcher)
            batch.GiveTo(dispatcher);
        Volatile.Write(ref _isLanded, 1);
        _wait.Wake();
    }

    void Land()
    {
        if (!_isFlying || Interlocked.Exchange(ref _isLanded, 0) == 0)
            return;
        bool isStopped = Answer(_flying);

        // What a stream sent behind a refused record mustn't be written before that is: its sender sends both again.
        if (isStopped)
            GiveBack(_filling);
        _flying.Clear();
        _isFlying = false;
    }

    // Returns whether a stream is stopped.
    static bool Answer(RemoteBatch batch)
    {
        bool isStopped = false;
        foreach (ref readonly RemoteRun run in batch.Runs)
        {
            if (run.Client.Stream is { } stream)
            {
                Land(stream, run);
                isStopped |= run.Answer.IsFatal;
            }

            if (!run.IsAnswered)
                continue;
            run.Client.OwedReplies--;
            if (!run.Client.IsClosed)
                run.Client.Reply(run.Answer, run.Answer.IsFatal ? run.First : run.Last, TextOf(run.Answer));
        }

        foreach (ref readonly RemoteRun run in batch.Runs)
            run.Client.Send();
        return isStopped;
    }

    // What is being filled may have records of stopped streams: they aren't written.
    static void GiveBack(RemoteBatch batch)
    {
        foreach (ref RemoteRun run in batch.Runs)
        {
            if (run.Client is { Stream: not null, IsRefusing: true } && !run.IsRefused)
                (run.IsRefused, run.Answer) = (true, RemoteMessageType.DiskFull);
        }

        batch.DropRefused();
    }

    static ReadOnlySpan<byte> TextOf(RemoteMessageType answer) => answer switch
    {
        RemoteMessageType.DiskFull => "disk full"u8,
        RemoteMessageType.DiskError => "disk write error"u8,
        _ => default,
    };

    // What was received is written and acknowledged; then senders hear of the end.
    void CloseAll()
    {
        long began = _clock.GetTimestamp();
        while ((_isFlying || !_filling.IsEmpty) && _clock.GetElapsedTime(began) < s_endWait)
        {
            TakeOff();
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
}
