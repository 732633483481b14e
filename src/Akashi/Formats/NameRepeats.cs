namespace Akashi.Formats;

/// <summary>Tells names of one record that come again, as names of a JSON object must not.</summary>
/// <remarks>
/// A hash table of open addresses over the record's own bytes, used again for each record. Whoever may write user messages can put thousands of fields into one
/// record: looked for one by one they would cost the square of the record's length. The hash is seeded anew in every process.
/// </remarks>
sealed class NameRepeats
{
    const int SlotsFirst = 128;

    Slot[] _slots = new Slot[SlotsFirst];
    int _count;
    uint _generation;

    /// <summary>Begins an object.</summary>
    public void Clear()
    {
        _count = 0;
        if (++_generation == 0)
        {
            Array.Clear(_slots);
            _generation = 1;
        }
    }

    /// <summary>Takes a name.</summary>
    /// <param name="line">The record.</param>
    /// <param name="start">Where the name stands in it.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>How often it came, this time counted in.</returns>
    public int Count(ReadOnlySpan<byte> line, int start, int length)
    {
        if (_count * 2 >= _slots.Length)
            Grow();
        ReadOnlySpan<byte> name = line.Slice(start, length);
        var hashing = new HashCode();
        hashing.AddBytes(name);
        int hash = hashing.ToHashCode();
        int place = hash & (_slots.Length - 1);
        while (_slots[place].Generation == _generation)
        {
            ref Slot slot = ref _slots[place];
            if (slot.Hash == hash && line.Slice(slot.Start, slot.Length).SequenceEqual(name))
                return ++slot.Times;
            place = (place + 1) & (_slots.Length - 1);
        }

        _slots[place] = new Slot { Generation = _generation, Hash = hash, Start = start, Length = length, Times = 1 };
        _count++;
        return 1;
    }

    void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        foreach (Slot slot in old)
        {
            if (slot.Generation != _generation)
                continue;
            int place = slot.Hash & (_slots.Length - 1);
            while (_slots[place].Generation == _generation)
                place = (place + 1) & (_slots.Length - 1);
            _slots[place] = slot;
        }
    }

    struct Slot
    {
        public uint Generation;
        public int Hash;
        public int Start;
        public int Length;
        public int Times;
    }
}
