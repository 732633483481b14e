namespace Akashi.Reports.Facts;

/// <summary>CONFIG_CHANGE and MAC_…: <c>auid= ses= op= key= list= res=</c>.</summary>
static class SettingFacts
{
    /// <summary>CONFIG_CHANGE, whose user may be missing.</summary>
    public static bool TryReadConfiguration(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.LoginUser) && cursor.TrySeek("auid="u8))
            facts.LoginUser = (int)FactCursor.ToNumber(cursor.TakeWord());
        return TryReadRest(ref cursor, needs, facts);
    }

    /// <summary>MAC_…, whose user must be there.</summary>
    public static bool TryReadAccessControl(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.LoginUser))
        {
            if (!cursor.TrySeek("auid="u8))
                return false;
            facts.LoginUser = (int)FactCursor.ToNumber(cursor.TakeWord());
        }

        return TryReadRest(ref cursor, needs, facts);
    }

    static bool TryReadRest(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Keys) && !KeyFacts.TryRead(ref cursor, facts))
            return false;
        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
        return true;
    }
}
