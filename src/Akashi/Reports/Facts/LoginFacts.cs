namespace Akashi.Reports.Facts;

/// <summary>LOGIN: <c>pid= uid= old-auid= auid= tty= old-ses= ses= res=</c>; older kernels write <c>login pid= uid= old auid= new auid= …</c>.</summary>
static class LoginFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!cursor.TrySeek("pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        if (needs.HasFlag(FactKinds.User))
        {
            if (!cursor.TrySeek("uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        if (needs.HasFlag(FactKinds.LoginUser) && !TryReadLoginUser(ref cursor, facts))
            return false;
        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek(" ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
        return true;
    }

    static bool TryReadLoginUser(ref FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek(" auid="u8) && !cursor.TrySeek("new auid="u8))
            return false;
        facts.LoginUser = (int)FactCursor.ToNumber(cursor.TakeWord());
        return true;
    }
}
