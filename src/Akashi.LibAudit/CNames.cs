using Akashi.Linux.Interop;
using Akashi.Tables;

namespace Akashi.LibAudit;

/// <summary>The names of a table as C wants them: each with a NUL, where they stay for good. Made when one is first asked for.</summary>
/// <remarks>
/// A block in the C library's memory: an offset of four bytes for each entry, then the names. Two threads may make a table at once; one of the blocks is kept.
/// </remarks>
static unsafe class CNames
{
    const int SlotCount = 32;

    static Slots s_blocks;

    /// <summary>The name that is shown for a number.</summary>
    /// <param name="slot">Which table, 0 to 31, always the same one.</param>
    /// <param name="table">The table.</param>
    /// <param name="number">The number.</param>
    /// <returns>NULL where it has none, or memory has run out.</returns>
    internal static byte* Find(int slot, NameTable table, long number)
    {
        if (!table.TryGetName(number, out ReadOnlySpan<byte> name))
            return null;
        int index = 0;
        while (table.NumberAt(index) != number || !table.NameAt(index).SequenceEqual(name))
            index++;
        byte* block = BlockOf(slot, table);
        return block == null ? null : block + ((uint*)block)[index];
    }

    static byte* BlockOf(int slot, NameTable table)
    {
        ref nint place = ref s_blocks[slot];
        nint block = Volatile.Read(ref place);
        if (block != 0)
            return (byte*)block;
        byte* made = Make(table);
        nint first = Interlocked.CompareExchange(ref place, (nint)made, 0);
        if (first == 0)
            return made;
        PlainLibC.free(made);
        return (byte*)first;
    }

    static byte* Make(NameTable table)
    {
        int offsetsLength = table.Count * sizeof(uint), length = offsetsLength;
        for (int index = 0; index < table.Count; index++)
            length += table.NameAt(index).Length + 1;
        byte* block = (byte*)PlainLibC.malloc((nuint)length);
        if (block == null)
            return null;
        int at = offsetsLength;
        for (int index = 0; index < table.Count; index++)
        {
            ReadOnlySpan<byte> name = table.NameAt(index);
            ((uint*)block)[index] = (uint)at;
            name.CopyTo(new Span<byte>(block + at, name.Length));
            block[at + name.Length] = 0;
            at += name.Length + 1;
        }

        return block;
    }

    [System.Runtime.CompilerServices.InlineArray(SlotCount)]
    struct Slots
    {
        nint _first;
    }
}
