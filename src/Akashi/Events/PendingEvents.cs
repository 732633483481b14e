using System.Diagnostics;
using Akashi.Records;

namespace Akashi.Events;

/// <summary>The events that have not left yet, open or closed, lowest stamp first; those of one stamp in the order they were opened.</summary>
/// <remarks>
/// Logs are nearly sorted: an event that is not below the one added before it goes to the end of a ring, in O(1); the others go to a heap. The lowest is the
/// lower of the ring's first and the heap's top. An event leaves only as the lowest. Nothing is allocated but to grow.
/// <code>
/// ring: entries [_first, _first + _count) modulo its length, a power of two; ascending
/// heap: entry i is not above its children 2i+1 and 2i+2
/// </code>
/// </remarks>
sealed class PendingEvents
{
    const int FirstEntries = 64;

    PendingEvent[] _ring = new PendingEvent[FirstEntries];
    PendingEvent[] _heap = new PendingEvent[FirstEntries];
    int _first;
    int _count;
    int _heapCount;
    long _order;

    // Entries of the ring before this one, counted since the beginning, are closed by CloseThrough already.
    long _closedThrough;
    long _left;

    /// <summary>The event of the lowest stamp; null where there is none.</summary>
    public AuditEvent? Lowest => _count == 0 && _heapCount == 0 ? null : IsRingLower ? _ring[_first].Event : _heap[0].Event;

    /// <summary>How many there are.</summary>
    public int Count => _count + _heapCount;

    bool IsRingLower => _heapCount == 0 || (_count > 0 && _ring[_first].IsBelow(_heap[0]));

    public void Add(AuditEvent pending)
    {
        var entry = new PendingEvent(pending, pending.Stamp, _order++);
        if (_count > 0 && entry.IsBelow(At(_count - 1)))
        {
            AddToHeap(entry);
            return;
        }

        if (_count == _ring.Length)
            GrowRing();
        At(_count++) = entry;
    }

    public void RemoveLowest()
    {
        Debug.Assert(_count + _heapCount > 0);
        if (!IsRingLower)
        {
            RemoveTop();
            return;
        }

        _ring[_first] = default;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
        _left++;
    }

    /// <summary>Has the assembler close every open event of a second, or an earlier one; costs no more than there are such events.</summary>
    public void CloseThrough(long lastSecond, EventAssembler assembler)
    {
        _closedThrough = Math.Max(_closedThrough, _left);
        while (_closedThrough < _left + _count && At((int)(_closedThrough - _left)).Stamp.UnixSeconds <= lastSecond)
            Close(At((int)(_closedThrough++ - _left)).Event, assembler);
        CloseInHeap(0, lastSecond, assembler);
    }

    /// <summary>Where the record stands that was read first of all that are here; costs a look at each event.</summary>
    public bool TryFindOldest(out RecordOrigin origin)
    {
        origin = new RecordOrigin(int.MaxValue, long.MaxValue);
        for (int index = 0; index < _count; index++)
            origin = Older(origin, At(index).Event.Origin);
        for (int index = 0; index < _heapCount; index++)
            origin = Older(origin, _heap[index].Event.Origin);
        return _count + _heapCount > 0;
    }

    static RecordOrigin Older(RecordOrigin one, RecordOrigin other) =>
        one.Segment < other.Segment || (one.Segment == other.Segment && one.Offset <= other.Offset) ? one : other;

    static void Close(AuditEvent pending, EventAssembler assembler)
    {
        if (!pending.IsClosed)
            assembler.Close(pending, isComplete: true);
    }

    ref PendingEvent At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    void GrowRing()
    {
        var ring = new PendingEvent[_ring.Length * 2];
        for (int index = 0; index < _count; index++)
            ring[index] = At(index);
        _ring = ring;
        _first = 0;
    }

    // As deep as the heap is: 20 levels are a million events.
    void CloseInHeap(int index, long lastSecond, EventAssembler assembler)
    {
        if (index >= _heapCount || _heap[index].Stamp.UnixSeconds > lastSecond)
            return;
        Close(_heap[index].Event, assembler);
        CloseInHeap((2 * index) + 1, lastSecond, assembler);
        CloseInHeap((2 * index) + 2, lastSecond, assembler);
    }

    void AddToHeap(in PendingEvent entry)
    {
        if (_heapCount == _heap.Length)
            Array.Resize(ref _heap, _heapCount * 2);
        int index = _heapCount++;
        while (index > 0 && entry.IsBelow(_heap[(index - 1) / 2]))
        {
            _heap[index] = _heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }

        _heap[index] = entry;
    }

    void RemoveTop()
    {
        PendingEvent last = _heap[--_heapCount];
        _heap[_heapCount] = default;
        if (_heapCount == 0)
            return;
        int index = 0;
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _heapCount)
                break;
            if (child + 1 < _heapCount && _heap[child + 1].IsBelow(_heap[child]))
                child++;
            if (!_heap[child].IsBelow(last))
                break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = last;
    }
}

/// <summary>An event that has not left, and its place in the order of leaving.</summary>
readonly record struct PendingEvent(AuditEvent Event, EventStamp Stamp, long Order)
{
    public bool IsBelow(in PendingEvent other)
    {
        int byStamp = Stamp.CompareTo(other.Stamp);
        return byStamp < 0 || (byStamp == 0 && Order < other.Order);
    }
}
