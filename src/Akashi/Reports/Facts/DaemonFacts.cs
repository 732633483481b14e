namespace Akashi.Reports.Facts;

/// <summary>Records of the audit daemon: of its own acts, <c>op= auid= pid= uid= ses= subj= res=</c>, and of its peers, <c>addr= port= res=</c>.</summary>
static class DaemonFacts
{
    public static bool TryReadAct(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.LoginUser))
        {
            if (!cursor.TrySeek("auid="u8) || !cursor.TryTakeNumber(out uint loginUser))
                return false;
            facts.LoginUser = (int)loginUser;
        }

        return TryReadProcess(cursor, facts)
            && (!needs.HasFlag(FactKinds.User) || TryReadUser(cursor, facts))
            && ReadSessionAndOutcome(cursor, needs, facts);
    }

    public static bool TryReadPeer(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.HostName) && cursor.TrySeek("addr="u8))
            facts.HostName = facts.Keep(cursor.TakeWord());
        ReadOutcome(ref cursor, facts);
        return true;
    }

    // The order of what follows auid differs from act to act.
    static bool TryReadProcess(FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek("pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        return true;
    }

    static bool TryReadUser(FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek("uid="u8) || !cursor.TryTakeNumber(out uint user))
            return false;
        facts.User = (int)user;
        return true;
    }

    static bool ReadSessionAndOutcome(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        FactCursor session = cursor;
        if (needs.HasFlag(FactKinds.Session) && session.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(session.TakeWord());
        ReadOutcome(ref cursor, facts);
        return true;
    }

    static void ReadOutcome(ref FactCursor cursor, EventFacts facts)
    {
        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
    }
}
