using Akashi.Events;

namespace Akashi.LibAudit.Auparse;

/// <summary>Assemblers of parsers that were destroyed: some programs make a parser for each event, and an assembler's memory is most of what one costs.</summary>
static class AssemblerPool
{
    const int KeptMax = 8;

    // What a huge or a dense log needed isn't kept.
    const int KeptBytesMax = 1024 * 1024;

    static readonly Lock s_changing = new();
    static readonly Stack<EventAssembler> s_free = new();

    /// <summary>One without events.</summary>
    internal static EventAssembler Take()
    {
        lock (s_changing)
        {
            if (s_free.TryPop(out EventAssembler? assembler))
                return assembler;
        }

        return new EventAssembler { KeepsOrigins = true, ClosesAtLastRecord = true };
    }

    /// <summary>Keeps one that has no events any more.</summary>
    internal static void GiveBack(EventAssembler assembler)
    {
        if (assembler.PendingCount > 0 || assembler.CapacityBytes > KeptBytesMax)
            return;
        lock (s_changing)
        {
            if (s_free.Count < KeptMax)
                s_free.Push(assembler);
        }
    }
}
