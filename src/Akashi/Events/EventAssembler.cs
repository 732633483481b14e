using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Events;

/// <summary>Joins records to events by stamp and node.</summary>
/// <remarks>
/// An event is closed when its first record is of a type that comes alone (<see cref="EventEnd"/>), or when another event was opened that is <c>timeout</c> seconds
/// newer, or at <see cref="Flush"/>; where <see cref="ClosesAtLastRecord"/> says so, also when its last record came. It leaves once it is closed and none of a lower stamp is open: events leave in the order of their stamps as
/// far as the input allows. A record for a closed event opens another; a lone end-of-event record is thrown away.
/// Events that have not left are bounded: past the bound the lowest leaves incomplete and is counted.
/// <code>
/// for each record:
///     if an open event has its stamp and node: append, else open one
///     if the record is the event's first and ends events: close it
///     if it opened one: close every open event older by the timeout
///     while the lowest event is closed: it leaves
/// </code>
/// What differs: (1) the event of the last record is tried first, as kernels write an event's records together; (2) the others are found by hash;
/// (3) the lowest is found by a heap; (4) old events are looked for only when the second changes; (5) a type is
/// looked up only where it counts; (6) an event that nobody wants doesn't leave
/// but goes back to the pool. Nothing is allocated once the pool is warm. Not for several threads.
/// </remarks>
/// <param name="timeoutSeconds">end_of_event_timeout of auditd.conf; default 2.</param>
/// <param name="pendingBytesMax">Bytes of events that have not left, <see cref="EventOverheadBytes"/> for each included; default 20 MB: lines of 16 MB in
/// events of the usual 1,200 bytes.</param>
public sealed class EventAssembler(int timeoutSeconds = 2, int pendingBytesMax = 20 * 1024 * 1024)
{
    /// <summary>What an event takes beside its lines, about: the object and its first record slices (200), its places among the pending and the open ones (100).</summary>
    /// <remarks>Without it, a log of short lines of as many events would take ten times what the bound says.</remarks>
    internal const int EventOverheadBytes = 300;

    const int FirstPooled = 256;
    const int PooledRecordsMax = 64;

    // Chunks that few lines hold on to, which only a made-up log brings about, are bounded too.
    const int ArenaFactorMax = 4;

    readonly OpenEvents _open = new();
    readonly PendingEvents _pending = new();
    readonly RecordArena _arena = new();
    readonly Stack<AuditEvent> _pool = new(FirstPooled);
    AuditEvent? _last;
    AuditEvent? _taken;
    long _lastSecond = long.MinValue;
    long _pendingBytes;
    bool _hasClosed;

    /// <summary>Events that had to leave before they were complete, because too much was open.</summary>
    public long IncompleteEvents { get; private set; }

    /// <summary>Whether a record that ends events closes its event also when it isn't the first: for those who watch.</summary>
    /// <remarks>The original doesn't look at later records, neither at their types nor at their time: it waits until an event is
    /// opened that is newer by the timeout, and so do the tools that print as it does.</remarks>
    public bool ClosesAtLastRecord { get; init; }

    /// <summary>Which records stay in an event beside its first, by type; null for all. For reports: they read few types, and what isn't copied costs little.</summary>
    public Func<RecordType, bool>? Keeps { get; init; }

    /// <summary>Bytes of memory for records, used or not.</summary>
    internal long CapacityBytes => _arena.CapacityBytes;

    /// <summary>How many events have not left.</summary>
    internal int PendingCount => _pending.Count;

    /// <summary>Whether <see cref="TryTake"/> has an event.</summary>
    public bool HasReady { get; private set; }

    /// <summary>The latest second of any record added; long.MinValue before the first.</summary>
    internal long NewestSecond { get; private set; } = long.MinValue;

    /// <summary>How many seconds newer a record must be to close an event; counts for those that come from now on.</summary>
    internal int TimeoutSeconds { get; set; } = timeoutSeconds;

    /// <summary>Whether events keep where each of their records stands, and not of the first alone: for who asks by <see cref="AuditEvent.OriginOf"/>.</summary>
    internal bool KeepsOrigins { get; init; }

    bool IsTooMuch => _pendingBytes > pendingBytesMax
        || (_arena.CapacityBytes > (long)ArenaFactorMax * Math.Max(pendingBytesMax, ArenaChunk.CapacityBytes) && _arena.FreeChunks == 0);

    /// <summary>Adds a record; may make events ready.</summary>
    /// <param name="record">The record; its bytes are copied.</param>
    /// <param name="origin">Where it stands; kept for the event's first record.</param>
    /// <param name="isCandidate">Whether the event is wanted for this record; an event without a wanted record never becomes ready to take.</param>
    public void Add(in Record record, RecordOrigin origin, bool isCandidate = true)
    {
        AuditEvent? open = _last is not null && _last.IsOf(record) ? _last : _open.Find(record);
        bool mayClose = ClosesAtLastRecord || open is null;
        if (open is not null)
        {
            if (Keeps is null || Keeps(record.Type))
            {
                open.Append(record, _arena);
                if (KeepsOrigins)
                    open.KeepOrigin(origin);
                _pendingBytes += record.Line.Length;
            }
        }
        else if (record.Type != RecordType.Eoe)
        {
            open = Open(record, origin);
            _pendingBytes += record.Line.Length + EventOverheadBytes;
        }
        else
            return;

        open.IsCandidate |= isCandidate;
        _last = open;
        if (mayClose && EventEnd.IsLast(record.Type))
            Close(open, isComplete: true);
        long second = record.Stamp.UnixSeconds;
        if (mayClose && second != _lastSecond)
        {
            _lastSecond = second;
            NewestSecond = Math.Max(NewestSecond, second);
            _pending.CloseThrough(second - TimeoutSeconds, this);
        }

        if (_hasClosed)
            Settle();
        while (IsTooMuch && _pending.Lowest is { IsClosed: false } lowest)
        {
            IncompleteEvents++;
            Close(lowest, isComplete: false);
            Settle();
        }
    }

    /// <summary>Takes the next ready event; the one taken before it is invalid from now on.</summary>
    public bool TryTake([NotNullWhen(true)] out AuditEvent? ready)
    {
        if (_taken is not null)
            GiveBack(_taken);
        _taken = ready = HasReady ? RemoveLowest() : null;
        Settle();
        return ready is not null;
    }

    /// <summary>Closes every open event: the input is at its end.</summary>
    public void Flush()
    {
        _pending.CloseThrough(long.MaxValue, this);
        _lastSecond = long.MinValue;
        Settle();
    }

    /// <summary>Closes the open events that a record of a second shows to be over: for input that has fallen silent.</summary>
    public void ExpireBefore(long unixSeconds)
    {
        _pending.CloseThrough(unixSeconds - TimeoutSeconds, this);
        Settle();
    }

    /// <summary>Where the first record of all events stands that have not left.</summary>
    /// <returns>False where every event has left.</returns>
    public bool TryFindOldest(out RecordOrigin origin) => _pending.TryFindOldest(out origin);

    internal void Close(AuditEvent open, bool isComplete)
    {
        Debug.Assert(!open.IsClosed);
        _open.Remove(open);
        open.IsClosed = true;
        _hasClosed = true;
        open.IsComplete = isComplete;
        if (ReferenceEquals(_last, open))
            _last = null;
    }

    AuditEvent Open(in Record record, RecordOrigin origin)
    {
        if (!_pool.TryPop(out AuditEvent? open))
            open = new AuditEvent();
        open.Begin(record, origin, _arena);
        if (KeepsOrigins)
            open.KeepOrigin(origin);
        _open.Add(open);
        _pending.Add(open);
        return open;
    }

    // Only a close, or that the lowest left, can make another the next to leave: looking costs a cache miss where thousands are open.
    void Settle()
    {
        while (_pending.Lowest is { IsClosed: true, IsCandidate: false })
            GiveBack(RemoveLowest());
        HasReady = _pending.Lowest is { IsClosed: true };
        _hasClosed = false;
    }

    // One huge event must not leave its room in every event of the pool.
    void GiveBack(AuditEvent left)
    {
        int records = left.Count;
        left.End(_arena);
        if (records <= PooledRecordsMax)
            _pool.Push(left);
    }

    AuditEvent RemoveLowest()
    {
        AuditEvent lowest = _pending.Lowest!;
        _pending.RemoveLowest();
        _pendingBytes -= lowest.Length + EventOverheadBytes;
        return lowest;
    }
}
