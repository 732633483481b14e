namespace Akashi.LibAudit.Auparse;

/// <summary>The parsers of a host, and the <c>auparse_state_t *</c> that it knows each by.</summary>
/// <remarks>
/// The pointer points at nothing: it's a number that only its parser has, so that NULL, a parser that was destroyed and garbage are known for what they are.
/// <code>
/// bits 56-63: a mark, which makes it no address of any memory   20-55: a number that rises with each parser   0-19: its slot
/// </code>
/// Finding takes no lock.
/// </remarks>
static class ParserTable
{
    const int SlotBits = 20;
    const int SlotMask = (1 << SlotBits) - 1;
    const long SerialMask = 0x00FF_FFFF_FFF0_0000;
    const long Mark = 0x2AL << 56;

    static readonly Lock s_changing = new();
    static readonly Stack<int> s_free = new();
    static Parser?[] s_parsers = new Parser?[16];
    static int s_used;
    static long s_serial;

    /// <summary>Takes a parser in.</summary>
    /// <returns>Its pointer; 0 where a million are open.</returns>
    internal static nint Add(Parser parser)
    {
        lock (s_changing)
        {
            if (!s_free.TryPop(out int slot))
            {
                if (s_used > SlotMask)
                    return 0;
                slot = s_used++;
                if (slot == s_parsers.Length)
                    Grow();
            }

            parser.Pointer = (nint)(Mark | ((++s_serial << SlotBits) & SerialMask) | (long)slot);
            Volatile.Write(ref s_parsers[slot], parser);
            return parser.Pointer;
        }
    }

    /// <summary>The parser of a pointer; null where there is none.</summary>
    internal static Parser? Find(nint pointer)
    {
        Parser?[] parsers = Volatile.Read(ref s_parsers);
        long slot = pointer & SlotMask;
        if (slot >= parsers.Length)
            return null;
        Parser? parser = Volatile.Read(ref parsers[slot]);
        return parser is not null && parser.Pointer == pointer ? parser : null;
    }

    /// <summary>Gives a parser up: its pointer is nobody's from now on.</summary>
    /// <returns>The parser; null where the pointer is none's, or another thread was first.</returns>
    internal static Parser? Remove(nint pointer)
    {
        lock (s_changing)
        {
            Parser? parser = Find(pointer);
            if (parser is null)
                return null;
            int slot = (int)(pointer & SlotMask);
            s_parsers[slot] = null;
            s_free.Push(slot);
            return parser;
        }
    }

    // Another array: who finds meanwhile reads the old one, which stays right for what it has.
    static void Grow()
    {
        var parsers = new Parser?[s_parsers.Length * 2];
        s_parsers.CopyTo(parsers, 0);
        Volatile.Write(ref s_parsers, parsers);
    }
}
