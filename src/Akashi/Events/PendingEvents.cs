using System.Diagnostics;
using Akashi.Records;

namespace Akashi.Events;

/// <summary>The events that have not left yet, open or complete, lowest stamp first; those of one stamp in the order they were opened.</summary>
/// <remarks>A binary heap: entry i is not above its children 2i+1 and 2i+2. An event leaves only as the lowest. Nothing is allocated but to grow.</remarks>
sealed class PendingEvents
{
    const int FirstEntries = 64;

    Entry[] _heap = new Entry[FirstEntries];
    int _count;
    long _order;

    /// <summary>The event of the lowest stamp; null where there is none.</summary>
    public AuditEvent? Lowest => _count == 0 ? null : _heap[0].Event;

    public void Add(AuditEvent pending)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        var entry = new Entry(pending, pending.Stamp, _order++);
        int index = _count++;
        while (index > 0 && entry.IsBelow(_heap[(index - 1) / 2]))
        {
            _heap[index] = _heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }

        _heap[index] = entry;
    }

    public void RemoveLowest()
    {
        Debug.Assert(_count > 0);
        Entry last = _heap[--_count];
        _heap[_count] = default;
        if (_count == 0)
            return;
        int index = 0;
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].IsBelow(_heap[child]))
                child++;
            if (!_heap[child].IsBelow(last))
                break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = last;
    }

    /// <summary>Has the assembler close every open event of a second, or an earlier one; costs no more than there are such events.</summary>
    public void CloseThrough(long lastSecond, EventAssembler assembler) => CloseThrough(0, lastSecond, assembler);

    // As deep as the heap is: 20 levels are a million events.
    void CloseThrough(int index, long lastSecond, EventAssembler assembler)
    {
        if (index >= _count || _heap[index].Stamp.UnixSeconds > lastSecond)
            return;
        if (!_heap[index].Event.IsClosed)
            assembler.Close(_heap[index].Event, isComplete: true);
        CloseThrough((2 * index) + 1, lastSecond, assembler);
        CloseThrough((2 * index) + 2, lastSecond, assembler);
    }

    readonly record struct Entry(AuditEvent Event, EventStamp Stamp, long Order)
    {
        public bool IsBelow(in Entry other)
        {
            int byStamp = Stamp.CompareTo(other.Stamp);
            return byStamp < 0 || (byStamp == 0 && Order < other.Order);
        }
    }
}
