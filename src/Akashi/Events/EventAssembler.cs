using System.Diagnostics;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Events;

/// <summary>Joins records to events by stamp and node.</summary>
/// <remarks>
/// An event is ready when a record came that ends events (<see cref="EventEnd"/>), or when a record that is <c>timeout</c> seconds
/// newer came, or at <see cref="Flush"/>. Ready events leave lowest stamp first; they do not wait for older ones that are still open.
/// A lone end-of-event record is thrown away. Open events are bounded: past the bound the oldest leaves incomplete and is counted.
/// <code>
/// for each record:
///     if an open event has its stamp and node: append, else open one
///     if the record ends its event: ready
///     if the record's second differs from the last record's: every open event older by the timeout is ready
/// </code>
/// What differs: (1) the event of the last record is tried first, as kernels write an event's records together; (2) the others are found by hash;
/// (3) events are pooled. Nothing is allocated once the pool is warm. Not for several threads.
/// </remarks>
/// <param name="timeoutSeconds">end_of_event_timeout of auditd.conf; default 2.</param>
/// <param name="openBytesMax">Bytes of open events; default 16 MB.</param>
public sealed class EventAssembler(int timeoutSeconds = 2, int openBytesMax = 16 * 1024 * 1024)
{
    readonly OpenEvents _open = new();
    readonly Stack<AuditEvent> _pool = new();
    readonly ReadyEvents _ready = new();
    AuditEvent? _last;
    AuditEvent? _taken;
    long _lastSecond = long.MinValue;
    long _openBytes;

    /// <summary>Events that had to leave before they were complete, because too much was open.</summary>
    public long IncompleteEvents { get; private set; }

    /// <summary>Whether <see cref="TryTake"/> has an event.</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>Adds a record; may make events ready.</summary>
    /// <param name="record">The record; its bytes are copied.</param>
    /// <param name="origin">Where it stands; kept for the event's first record.</param>
    /// <param name="isCandidate">Whether the event is wanted for this record; an event without a wanted record never becomes ready to take.</param>
    public void Add(in Record record, RecordOrigin origin, bool isCandidate = true)
    {
        RecordType type = record.Type;
        AuditEvent? open = _last is not null && _last.IsOf(record) ? _last : _open.Find(record);
        if (open is null)
        {
            // The original throws it away as well: its event has left already.
            if (type == RecordType.Eoe)
                return;
            open = Open(record, origin);
        }
        else
        {
            open.Append(record);
        }

        _openBytes += record.Line.Length;
        open.IsCandidate |= isCandidate;
        _last = open;
        if (EventEnd.IsLast(type))
            MakeReady(open, isComplete: true);

        long second = record.Stamp.UnixSeconds;
        if (second != _lastSecond)
        {
            _lastSecond = second;
            ExpireBefore(second);
        }

        while (_openBytes > openBytesMax && _open.Oldest is { } oldest)
        {
            IncompleteEvents++;
            MakeReady(oldest, isComplete: false);
        }
    }

    /// <summary>Takes the next ready event; the one taken before it is invalid from now on.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AuditEvent? ready)
    {
        if (_taken is not null)
        {
            _pool.Push(_taken);
            _taken = null;
        }

        if (!_ready.TryTakeLowest(out ready))
            return false;
        _taken = ready;
        return true;
    }

    /// <summary>Makes every open event ready: the input is at its end.</summary>
    public void Flush()
    {
        while (_open.Oldest is { } oldest)
            MakeReady(oldest, isComplete: true);
        _lastSecond = long.MinValue;
    }

    /// <summary>Makes the open events ready that began before a second, as a newer record would: for input that has fallen silent.</summary>
    public void ExpireBefore(long unixSeconds) => _open.ForEachOlder(unixSeconds - timeoutSeconds, this);

    internal void MakeReady(AuditEvent open, bool isComplete)
    {
        Debug.Assert(open.Count > 0);
        _open.Remove(open);
        _openBytes -= open.Length;
        open.IsComplete = isComplete;
        if (ReferenceEquals(_last, open))
            _last = null;
        if (open.IsCandidate)
            _ready.Add(open);
        else
            _pool.Push(open);
    }

    AuditEvent Open(in Record record, RecordOrigin origin)
    {
        if (!_pool.TryPop(out AuditEvent? open))
            open = new AuditEvent();
        open.Begin(record, origin);
        _open.Add(open);
        return open;
    }
}
