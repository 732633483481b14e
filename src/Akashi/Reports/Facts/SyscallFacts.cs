using System.Buffers.Text;

namespace Akashi.Reports.Facts;

/// <summary>SYSCALL: <c>arch= syscall= success= exit= a0= … ppid= pid= auid= uid= … tty= ses= comm= exe= subj= key=</c>.</summary>
static class SyscallFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        FactCursor arch = cursor;
        if (arch.TrySeek("arch="u8))
            facts.Arch = ArchOf(arch.TakeWord());
        if (!cursor.TrySeek("syscall="u8) || !cursor.TryTakeNumber(out uint syscall))
            return false;
        facts.Syscall = (int)syscall;
        if (cursor.TrySeek("success="u8))
        {
            if (!cursor.TryTakeUpTo((byte)' ', out ReadOnlySpan<byte> success))
                return false;
            facts.Outcome = success.SequenceEqual("yes"u8) ? Outcome.Success : Outcome.Failed;
        }

        return HasArguments(cursor) && TryReadTask(ref cursor, needs, facts);
    }

    /// <summary>The number of an <c>arch=</c> value; 0 where it is none.</summary>
    public static uint ArchOf(ReadOnlySpan<byte> elf) => Utf8Parser.TryParse(elf, out uint number, out _, 'x') ? number : 0;

    static bool HasArguments(FactCursor cursor) => cursor.TrySeek("a0="u8) && cursor.TrySeek("a1="u8);

    static bool TryReadTask(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!cursor.TrySeek(" pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        return TaskFacts.TryReadUsers(ref cursor, needs, facts) && TryReadProgram(ref cursor, needs, facts);
    }

    static bool TryReadProgram(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!TaskFacts.TryReadTerminal(ref cursor, needs, facts))
            return false;
        if (needs.HasFlag(FactKinds.Command))
        {
            if (!cursor.TrySeek("comm="u8) || !cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Executable))
        {
            if (!cursor.TrySeek("exe="u8) || !cursor.TryTakeText(facts, out FactText program))
                return false;
            facts.Executable = program;
        }

        return !needs.HasFlag(FactKinds.Keys) || KeyFacts.TryRead(ref cursor, facts);
    }
}
