namespace Akashi.Reports.Facts;

/// <summary>ANOM_PROMISCUOUS and ANOM_ABEND: <c>auid= uid= gid= ses= subj= pid= comm= exe= sig= res=</c>.</summary>
static class AnomalyFacts
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

        if (needs.HasFlag(FactKinds.Executable) && cursor.TrySeek("exe="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText program))
                return false;
            facts.Executable = program;
        }

        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
        return true;
    }
}
