using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Akashi.Tables;

/// <summary>Finds a field's name in <see cref="FieldTypes"/> by hash: interpretation asks for every field, and most names have no type.</summary>
/// <remarks>
/// The table's binary search takes 60 ns a name, this 5. Built from the table when first asked. A name is compared as two numbers, which hold all its bytes up
/// to 16 of them, and its length; the table has none longer.
/// <code>
/// place = some bits of hash(name), tag = others, never 0; a taken place sends to the next one; a tag of 0 is an empty place
/// </code>
/// Tags are apart from the names: most names have no type, and half a kilobyte stays in the first cache.
/// </remarks>
public static class FieldIndex
{
    const int NameBytesMax = 16;

    // Three of four places are empty: a name without a type is mostly known by the first look.
    const int Places = 512;
    const int PlaceShift = 64 - 9;
    const int TagShift = PlaceShift - 8;

    // From bit 7 to the bit that parts small letters from capitals.
    const int CaseShift = 2;

    static Index? s_index;

    /// <summary>The entry of a name in <see cref="FieldTypes"/>, every letter as it stands there; -1 for none.</summary>
    public static int EntryOf(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > NameBytesMax)
            return -1;
        (ulong first, ulong last) = Split(name);
        return Find(first, last, name.Length);
    }

    /// <summary>The entry of a name whose letters are capitals here, as the recording daemon writes them; -1 for none, and for a name with a small letter.</summary>
    internal static int EntryOfCapitals(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > NameBytesMax)
            return -1;
        (ulong first, ulong last) = Split(name);
        if ((BytesWithin(first, 'a', 'z') | BytesWithin(last, 'a', 'z')) != 0)
            return -1;
        return Find(first | (BytesWithin(first, 'A', 'Z') >> CaseShift), last | (BytesWithin(last, 'A', 'Z') >> CaseShift), name.Length);
    }

    /// <summary>The type of a field of that name, as the table has it; Unclassified for none.</summary>
    public static FieldType TypeOf(ReadOnlySpan<byte> name) => TypeAt(EntryOf(name));

    /// <summary>The type of an entry; Unclassified for -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldType TypeAt(int entry)
    {
        FieldType[] types = (s_index ?? Build()).Types;
        return (uint)entry < (uint)types.Length ? types[entry] : FieldType.Unclassified;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Find(ulong first, ulong last, int length)
    {
        Index index = s_index ?? Build();
        ulong hash = HashOf(first, last, length);
        byte tag = TagOf(hash);
        byte[] tags = index.Tags;
        for (int place = PlaceOf(hash); ; place = (place + 1) & (Places - 1))
        {
            byte found = tags[place];
            if (found == 0)
                return -1;
            if (found == tag && index.Names[place].Is(first, last, length))
                return index.Names[place].Entry;
        }
    }

    // Two threads may build it at once, and build the same. Of a name that the table has twice the first entry counts.
    static Index Build()
    {
        NameTable names = FieldTypes.Names;
        var index = new Index(new byte[Places], new Name[Places], new FieldType[names.Count]);
        for (int entry = 0; entry < names.Count; entry++)
        {
            ReadOnlySpan<byte> name = names.NameAt(entry);
            index.Types[entry] = (FieldType)names.NumberAt(entry);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameBytesMax, nameof(FieldTypes));
            (ulong first, ulong last) = Split(name);
            ulong hash = HashOf(first, last, name.Length);
            int place = PlaceOf(hash);
            while (index.Tags[place] != 0 && !index.Names[place].Is(first, last, name.Length))
                place = (place + 1) & (Places - 1);
            if (index.Tags[place] == 0)
                (index.Tags[place], index.Names[place]) = (TagOf(hash), new Name(first, last, name.Length, entry));
        }

        return s_index = index;
    }

    // The first and the last bytes of a name, which overlap in short ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (ulong First, ulong Last) Split(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
            return (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]));
        if (name.Length >= sizeof(uint))
            return (BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]));
        return ((uint)(name[0] | (name[^1] << 8)), name[name.Length / 2]);
    }

    // Bit 7 of each byte that is one of some ASCII letters; the sums don't reach the next byte, as bytes above 0x7F are looked at without their bit 7.
    static ulong BytesWithin(ulong bytes, char first, char last)
    {
        const ulong Each = 0x0101_0101_0101_0101, Top = 0x80 * Each;
        ulong low = bytes & ~Top;
        return ((low + (Each * (0x80u - first))) ^ (low + (Each * (0x7Fu - last)))) & Top & ~bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong HashOf(ulong first, ulong last, int length) => (first + (last * 31) + (ulong)length) * 0x9E37_79B9_7F4A_7C15;

    static int PlaceOf(ulong hash) => (int)(hash >> PlaceShift);

    static byte TagOf(ulong hash) => (byte)((hash >> TagShift) | 1);

    sealed class Index(byte[] tags, Name[] names, FieldType[] types)
    {
        public byte[] Tags => tags;

        public Name[] Names => names;

        // By entry.
        public FieldType[] Types => types;
    }

    readonly struct Name(ulong first, ulong last, int length, int entry)
    {
        public int Entry => entry;

        public bool Is(ulong otherFirst, ulong otherLast, int otherLength) => first == otherFirst && last == otherLast && length == otherLength;
    }
}
