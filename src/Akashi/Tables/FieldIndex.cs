using System.Buffers.Binary;

namespace Akashi.Tables;

/// <summary>Finds a field's name in <see cref="FieldTypes"/> by hash: interpretation asks for every field, and most names have no type.</summary>
/// <remarks>
/// The table's binary search takes 60 ns a name, this 5. Built from the table when first asked. A name is compared as two numbers, which hold all its bytes up
/// to 16 of them, and its length; the table has none longer.
/// <code>
/// slot = hash(name) modulo the slots, a power of two; a taken slot sends to the next one; 0 is an empty slot, n is entry n - 1
/// </code>
/// </remarks>
public static class FieldIndex
{
    const int NameBytesMax = 16;

    // Three of four slots are empty: a name without a type is mostly known by the first look. Twice as many would take half of the first cache.
    const int Slots = 512;

    static Slot[]? s_slots;

    /// <summary>The entry of a name in <see cref="FieldTypes"/>, every letter as it stands there; -1 for none.</summary>
    public static int EntryOf(ReadOnlySpan<byte> name)
    {
        Slot[] slots = s_slots ?? Build();
        if (name.Length is 0 or > NameBytesMax)
            return -1;
        var wanted = new Slot(name, 0);
        for (int place = wanted.Place; ; place = (place + 1) & (Slots - 1))
        {
            ref readonly Slot slot = ref slots[place];
            if (slot.IsEmpty)
                return -1;
            if (slot.HasNameOf(wanted))
                return slot.Entry;
        }
    }

    /// <summary>The type of a field of that name, as the table has it; Unclassified for none.</summary>
    public static FieldType TypeOf(ReadOnlySpan<byte> name) => TypeAt(EntryOf(name));

    /// <summary>The type of an entry; Unclassified for -1.</summary>
    public static FieldType TypeAt(int entry) => entry < 0 ? FieldType.Unclassified : (FieldType)FieldTypes.Names.NumberAt(entry);

    // Two threads may build it at once, and build the same. Of a name that the table has twice the first entry counts.
    static Slot[] Build()
    {
        NameTable names = FieldTypes.Names;
        var slots = new Slot[Slots];
        for (int entry = 0; entry < names.Count; entry++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(names.NameAt(entry).Length, NameBytesMax, nameof(FieldTypes));
            var added = new Slot(names.NameAt(entry), entry);
            int place = added.Place;
            while (!slots[place].IsEmpty && !slots[place].HasNameOf(added))
                place = (place + 1) & (Slots - 1);
            if (slots[place].IsEmpty)
                slots[place] = added;
        }

        return s_slots = slots;
    }

    // The first and the last bytes of a name, which overlap in short ones; a length of 0 is an empty slot.
    readonly struct Slot
    {
        readonly ulong _first;
        readonly ulong _last;
        readonly int _length;

        public Slot(ReadOnlySpan<byte> name, int entry)
        {
            _length = name.Length;
            Entry = entry;
            if (name.Length >= sizeof(ulong))
            {
                _first = BinaryPrimitives.ReadUInt64LittleEndian(name);
                _last = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
            }
            else if (name.Length >= sizeof(uint))
            {
                _first = BinaryPrimitives.ReadUInt32LittleEndian(name);
                _last = BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]);
            }
            else
            {
                _first = (uint)(name[0] | (name[^1] << 8));
                _last = name[name.Length / 2];
            }
        }

        public int Entry { get; }

        public bool IsEmpty => _length == 0;

        public int Place => (int)(((_first + (_last * 31) + (ulong)_length) * 0x9E37_79B9_7F4A_7C15) >> 55);

        public bool HasNameOf(in Slot other) => _first == other._first && _last == other._last && _length == other._length;
    }
}
