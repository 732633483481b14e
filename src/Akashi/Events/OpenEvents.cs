using Akashi.Records;

namespace Akashi.Events;

/// <summary>The events that may still get records, found by stamp and node.</summary>
/// <remarks>A hash table whose chains run through slots of one array: nothing is allocated but to grow.</remarks>
sealed class OpenEvents
{
    const int FirstSlots = 64;
    const int None = -1;

    static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();

    Slot[] _slots = new Slot[FirstSlots];
    int[] _buckets = NewBuckets(FirstSlots);
    int _used;
    int _free = None;

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
        _slots[slot] = new Slot { Event = open, NextInBucket = _buckets[bucket] };
        _buckets[bucket] = slot;
    }

    public void Remove(AuditEvent open)
    {
        ref int link = ref _buckets[BucketOf(open.Stamp)];
        while (!ReferenceEquals(_slots[link].Event, open))
            link = ref _slots[link].NextInBucket;
        int slot = link;
        link = _slots[slot].NextInBucket;
        _slots[slot] = new Slot { NextInBucket = _free };
        _free = slot;
    }

    static int[] NewBuckets(int count)
    {
        int[] buckets = new int[count];
        Array.Fill(buckets, None);
        return buckets;
    }

    // Who writes a log chooses its serials and times: without a number that they can't know, they could put every event into one chain.
    int BucketOf(EventStamp stamp)
    {
        ulong mixed = (stamp.Serial ^ s_seed) * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 29) ^ (ulong)stamp.UnixMilliseconds) * 0xD6E8_FEB8_6659_FD93;
        return (int)(mixed >> 32) & (_buckets.Length - 1);
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
    }
}
