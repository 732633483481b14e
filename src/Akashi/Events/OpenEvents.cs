using Akashi.Records;

namespace Akashi.Events;

/// <summary>The events that may still get records: found by stamp and node, walked from the oldest opened.</summary>
/// <remarks>A hash table with chains and a doubly linked list, both through slots of one array: nothing is allocated but to grow.</remarks>
sealed class OpenEvents
{
    const int FirstSlots = 64;
    const int None = -1;

    Slot[] _slots = new Slot[FirstSlots];
    int[] _buckets = NewBuckets(FirstSlots);
    int _used;
    int _free = None;
    int _oldest = None;
    int _newest = None;

    /// <summary>The event opened first; null where none is open.</summary>
    public AuditEvent? Oldest => _oldest == None ? null : _slots[_oldest].Event;

    public AuditEvent? Find(in Record record)
    {
        for (int slot = _buckets[BucketOf(record.Stamp)]; slot != None; slot = _slots[slot].NextInBucket)
        {
            AuditEvent open = _slots[slot].Event!;
            if (open.IsOf(record))
                return open;
        }

        return null;
    }

    public void Add(AuditEvent open)
    {
        int slot = TakeSlot();
        int bucket = BucketOf(open.Stamp);
        _slots[slot] = new Slot { Event = open, NextInBucket = _buckets[bucket], Older = _newest, Newer = None };
        _buckets[bucket] = slot;
        if (_newest == None)
            _oldest = slot;
        else
            _slots[_newest].Newer = slot;
        _newest = slot;
    }

    public void Remove(AuditEvent open)
    {
        ref int link = ref _buckets[BucketOf(open.Stamp)];
        while (!ReferenceEquals(_slots[link].Event, open))
            link = ref _slots[link].NextInBucket;
        int slot = link;
        link = _slots[slot].NextInBucket;
        Unlink(slot);
        _slots[slot] = new Slot { NextInBucket = _free };
        _free = slot;
    }

    /// <summary>Hands the events of a second, or an earlier one, to the assembler as ready.</summary>
    public void ForEachOlder(long lastSecond, EventAssembler assembler)
    {
        int slot = _oldest;
        while (slot != None)
        {
            int newer = _slots[slot].Newer;
            AuditEvent open = _slots[slot].Event!;
            if (open.Stamp.UnixSeconds <= lastSecond)
                assembler.MakeReady(open, isComplete: true);
            slot = newer;
        }
    }

    static int[] NewBuckets(int count)
    {
        int[] buckets = new int[count];
        Array.Fill(buckets, None);
        return buckets;
    }

    // Serials rise by one an event, so their low bits spread best by themselves.
    int BucketOf(EventStamp stamp) => (int)(stamp.Serial & (ulong)(_buckets.Length - 1));

    void Unlink(int slot)
    {
        int older = _slots[slot].Older;
        int newer = _slots[slot].Newer;
        if (older == None)
            _oldest = newer;
        else
            _slots[older].Newer = newer;
        if (newer == None)
            _newest = older;
        else
            _slots[newer].Older = older;
    }

    int TakeSlot()
    {
        if (_free != None)
        {
            int slot = _free;
            _free = _slots[slot].NextInBucket;
            return slot;
        }

        if (_used == _slots.Length)
            Grow();
        return _used++;
    }

    void Grow()
    {
        Array.Resize(ref _slots, _slots.Length * 2);
        _buckets = NewBuckets(_slots.Length);
        for (int slot = 0; slot < _used; slot++)
        {
            int bucket = BucketOf(_slots[slot].Event!.Stamp);
            _slots[slot].NextInBucket = _buckets[bucket];
            _buckets[bucket] = slot;
        }
    }

    struct Slot
    {
        public AuditEvent? Event;
        public int NextInBucket;
        public int Older;
        public int Newer;
    }
}
