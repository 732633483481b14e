using System.Collections.Concurrent;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Dispatch;
using Akashi.Daemon.Losses;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>The thread that makes records of messages and hands them on in groups.</summary>
/// <remarks>
/// A group is handed on when the ring runs dry, at 256 KB, or after 10 ms. Other threads ask for rotation, own records and another configuration by
/// <see cref="Post"/>: actions that the stage runs between messages. While the stage has nothing to do another thread may stand in for it, <see cref="TryRun"/>; what is
/// "used by the stage's thread alone" is used by whoever has its place.
/// </remarks>
public sealed class WriteStage
{
    const int GroupBytes = 256 * 1024;
    const int RecordBytesMax = 24 * 1024;

    static readonly TimeSpan s_groupAgeMax = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_holdWaitMax = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan s_lossesAfter = TimeSpan.FromSeconds(1);

    readonly MessageRing _ring;
    readonly OwnRecords _own;
    readonly TimeProvider _clock;
    readonly byte[] _group = new byte[GroupBytes + RecordBytesMax];
    readonly ConcurrentQueue<Action> _posted = new();
    readonly AutoResetEvent _isPosted = new(false);

    // Held by whoever works: the stage's thread until it waits, or another in its place.
    readonly Lock _place = new();
    RecordText _text;
    IRecordEnricher? _enricher;
    int _groupLength;
    int _groupRecords;
    int _postedCount;
    bool _isRunning;
    long _groupBegan;
    long _lossesLookedAt;
    long _idleAt;
    long _writtenBytes;
    long _lastWrittenTicks;

    /// <summary>Makes the stage.</summary>
    /// <param name="ring">Where messages come from.</param>
    /// <param name="text">Makes lines.</param>
    /// <param name="enricher">Enriches them; null for the raw format.</param>
    /// <param name="own">Makes the daemon's own records.</param>
    /// <param name="sink">Where groups go; used by the stage's thread alone while it runs.</param>
    /// <param name="disk">What the sink counts.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="dispatcher">Gives records to plugins; null for none.</param>
    public WriteStage(
        MessageRing ring, RecordText text, IRecordEnricher? enricher, OwnRecords own, IGroupSink sink, DiskLedger disk, TimeProvider clock,
        Dispatcher? dispatcher = null)
    {
        Dispatcher = dispatcher;
        _ring = ring;
        _text = text;
        _enricher = enricher;
        _own = own;
        Sink = sink;
        Disk = disk;
        _clock = clock;
        Losses = new LossWatch(clock);
    }

    /// <summary>Records in the trail.</summary>
    public long Written => Disk.WrittenRecords;

    /// <summary>Bytes in the trail.</summary>
    public long WrittenBytes => Volatile.Read(ref _writtenBytes);

    /// <summary>When a record was written last; null for never.</summary>
    public DateTimeOffset? LastWritten => Volatile.Read(ref _lastWrittenTicks) is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What is missing.</summary>
    public LossWatch Losses { get; }

    /// <summary>What the disk took and refused.</summary>
    public DiskLedger Disk { get; }

    /// <summary>Where groups go.</summary>
    public IGroupSink Sink { get; private set; }

    /// <summary>Gives records to plugins; null where there are none. Set by the stage's thread alone while it runs.</summary>
    public Dispatcher? Dispatcher { get; set; }

    /// <summary>Any thread: has an action run between two messages; one that is posted before the end is run.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        Interlocked.Increment(ref _postedCount);
        _ring.WakeConsumer();
        _isPosted.Set();
    }

    /// <summary>Any thread: runs an action at once in the stage's place, where the stage waits and nothing else was asked of it.</summary>
    /// <remarks>What waits for the action is spared two changes of threads: most of what a record of another machine takes that is sent alone.</remarks>
    /// <returns>False where it wasn't run: it's to be posted.</returns>
    public bool TryRun(Action action)
    {
        if (!_place.TryEnter())
            return false;
        try
        {
            if (!_isRunning || Volatile.Read(ref _postedCount) != 0 || !_ring.IsEmpty)
                return false;
            action();
            return true;
        }
        finally
        {
            _place.Exit();
        }
    }

    /// <summary>Writes a record of the daemon's own at once; in a posted action, before <see cref="Run"/> begins, or after it ended.</summary>
    public void WriteOwn(RecordType type, ReadOnlySpan<byte> body)
    {
        AddOwn(type, body);
        WriteGroup();
    }

    /// <summary>Says in the trail what is missing and wasn't said yet, where the disk takes records; as <see cref="WriteOwn"/>.</summary>
    public void SayLosses()
    {
        WriteGroup();
        if (!Losses.Ledger.HasUnsaid || Sink is TrailSink { HasDiskError: true } or TrailSink { IsSuspended: true })
            return;
        IReadOnlyList<LossSaying> sayings = Losses.Ledger.TakeUnsaid();
        long refusedRecords = Disk.RefusedRecords;
        foreach (LossSaying saying in sayings)
            WriteOwn(RecordType.DaemonErr, saying.Body);
        if (Disk.RefusedRecords != refusedRecords)
            Losses.Ledger.GiveBack(sayings);
    }

    /// <summary>Writes records of other machines at once, behind those made so far; as <see cref="WriteOwn"/>.</summary>
    /// <param name="lines">Whole lines, each with its line feed.</param>
    /// <param name="records">How many.</param>
    /// <returns>False where the disk doesn't take them; they aren't counted as missing then, since their sender has them still.</returns>
    public bool TryWriteReceived(ReadOnlySpan<byte> lines, int records)
    {
        WriteGroup();
        return NoteWhereWritten(Sink.TryWrite(lines, records), lines.Length);
    }

    /// <summary>As <see cref="TryWriteReceived"/>, to the place that the trail was prepared for just before.</summary>
    public bool TryWritePrepared(TrailSink trail, ReadOnlySpan<byte> lines, int records) =>
        NoteWhereWritten(trail.TryWritePrepared(lines, records), lines.Length);

    /// <summary>Notes records of other machines that went to a log of their own.</summary>
    public void NoteReceived(int bytes, int records)
    {
        Disk.Take(records);
        NoteWritten(bytes);
    }

    /// <summary>Hands on what was made so far, so that it doesn't count to what comes; as <see cref="WriteOwn"/>.</summary>
    public void WriteOut() => WriteGroup();

    /// <summary>Goes on with another text, enricher and sink; as <see cref="WriteOwn"/>.</summary>
    /// <returns>The former sink, to be disposed.</returns>
    public IGroupSink Change(RecordText text, IRecordEnricher? enricher, IGroupSink sink)
    {
        WriteGroup();
        IGroupSink former = Sink;
        (_text, Sink) = (text, sink);
        Change(enricher);
        return former;
    }

    /// <summary>Goes on with another enricher; as <see cref="WriteOwn"/>.</summary>
    public void Change(IRecordEnricher? enricher)
    {
        (_enricher as IDisposable)?.Dispose();
        _enricher = enricher;
    }

    /// <summary>Runs until the token is cancelled and the ring is empty.</summary>
    public void Run(CancellationToken ended)
    {
        while (true)
        {
            bool isHeld;
            lock (_place)
            {
                isHeld = !TryWork();
                _isRunning = isHeld || !ended.IsCancellationRequested || !_ring.IsEmpty || Volatile.Read(ref _postedCount) != 0;
                if (!_isRunning)
                    return;
            }

            if (isHeld)
                _isPosted.WaitOne(s_holdWaitMax);
            else if (!_ring.WaitForMessages(s_waitMax) && (Volatile.Read(ref _postedCount) == 0 || _clock.GetElapsedTime(_idleAt) >= s_waitMax))
                Idle();
        }
    }

    // All that is there. False where the sink is held, and messages stay where they are.
    bool TryWork()
    {
        while (true)
        {
            if (Volatile.Read(ref _postedCount) != 0)
                RunPosted();
            if (Sink.IsHeld)
                return false;
            if (!_ring.TryPeek(out KernelMessage message))
                break;
            Add(message);
            _ring.Release();
            if (IsGroupDue())
            {
                WriteGroup();
                LookForLosses();
            }
        }

        WriteGroup();
        LookForLosses();
        return true;
    }

    // However much is posted: what other machines send needn't come to the sink.
    void Idle()
    {
        _idleAt = _clock.GetTimestamp();
        lock (_place)
            Sink.Idle();
    }

    void RunPosted()
    {
        while (_posted.TryDequeue(out Action? action))
        {
            Interlocked.Decrement(ref _postedCount);
            action();
        }
    }

    void LookForLosses()
    {
        if (_clock.GetElapsedTime(_lossesLookedAt) < s_lossesAfter)
            return;
        _lossesLookedAt = _clock.GetTimestamp();
        Losses.Gaps.Age();
        if (Losses.Ledger.HasUnsaid)
            SayLosses();
    }

    void Add(in KernelMessage message)
    {
        Losses.Note(message);
        if (LoggedTypes.IsLogged(message.Type))
            AddLine((RecordType)message.Type, message.Text);
        else if (message.Type == (ushort)RecordType.Eoe && Dispatcher is not null)
            Dispatcher.Give(message.Type, _group.AsSpan(_groupLength, _text.Write(RecordType.Eoe, message.Text, _group.AsSpan(_groupLength))));
    }

    void AddLine(RecordType type, ReadOnlySpan<byte> text)
    {
        if (_groupRecords == 0)
            _groupBegan = _clock.GetTimestamp();
        Span<byte> room = _group.AsSpan(_groupLength);
        int length = _text.Write(type, text, room);
        if (_enricher is not null)
            length += _enricher.Enrich(room[..length], room[length..^1]);
        room[length] = (byte)'\n';
        Dispatcher?.Give((ushort)type, room[..length]);
        _groupLength += length + 1;
        _groupRecords++;
    }

    void AddOwn(RecordType type, ReadOnlySpan<byte> body)
    {
        Span<byte> text = stackalloc byte[OwnRecords.TextBytesMax];
        AddLine(type, text[.._own.Write(body, text)]);
    }

    // The clock costs more than a record; every 32nd is often enough for 10 ms.
    bool IsGroupDue() =>
        _groupLength >= GroupBytes
        || ((_groupRecords & 31) == 0 && _groupRecords > 0 && _clock.GetElapsedTime(_groupBegan) >= s_groupAgeMax);

    void WriteGroup()
    {
        Dispatcher?.Publish();
        if (_groupRecords > 0)
            HandOn();

        // In the next group, which has room for it.
        if (Dispatcher?.TakeLoss() is > 0 and long lost)
        {
            Losses.Ledger.AddSaid(LossSource.Queue, lost);
            AddOwn(RecordType.DaemonErr, OwnRecords.Loss("queue", lost));
        }
    }

    void HandOn()
    {
        int records = _groupRecords;
        int length = _groupLength;
        _groupRecords = _groupLength = 0;
        long writtenRecords = Disk.WrittenRecords;
        Sink.Write(_group.AsSpan(0, length), records);
        if (Disk.WrittenRecords != writtenRecords)
            NoteWritten(length);
    }

    bool NoteWhereWritten(bool isWritten, int length)
    {
        if (isWritten)
            NoteWritten(length);
        return isWritten;
    }

    void NoteWritten(int length)
    {
        Volatile.Write(ref _writtenBytes, _writtenBytes + length);
        Volatile.Write(ref _lastWrittenTicks, _clock.GetUtcNow().UtcTicks);
    }
}
