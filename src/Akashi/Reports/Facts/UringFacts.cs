namespace Akashi.Reports.Facts;

/// <summary>URINGOP: <c>uring_op= success= exit= items= ppid= pid= uid= … subj= key=</c>; it has no login user.</summary>
static class UringFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (cursor.TrySeek("success="u8))
            facts.Outcome = cursor.TakeWord().SequenceEqual("yes"u8) ? Outcome.Success : Outcome.Failed;
        if (!cursor.TrySeek(" pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        return TaskFacts.TryReadUsers(ref cursor, needs, facts)
            && (!needs.HasFlag(FactKinds.Keys) || KeyFacts.TryRead(ref cursor, facts));
    }
}
