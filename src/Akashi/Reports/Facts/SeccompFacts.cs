namespace Akashi.Reports.Facts;

/// <summary>SECCOMP: <c>auid= uid= gid= ses= subj= pid= comm= exe= sig= arch= syscall= …</c>.</summary>
static class SeccompFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!TaskFacts.TryReadUsers(ref cursor, needs, facts))
            return false;
        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Process) && cursor.TrySeek("pid="u8))
            facts.Process = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Command) && cursor.TrySeek("comm="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Executable))
        {
            if (!cursor.TrySeek("exe="u8) || !cursor.TryTakeText(facts, out FactText program))
                return false;
            facts.Executable = program;
        }

        if (cursor.TrySeek("arch="u8))
            facts.Arch = SyscallFacts.ArchOf(cursor.TakeWord());
        if (!cursor.TrySeek("syscall="u8))
            return false;
        facts.Syscall = (int)FactCursor.ToNumber(cursor.TakeWord());
        return true;
    }
}
