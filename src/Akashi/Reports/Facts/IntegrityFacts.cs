namespace Akashi.Reports.Facts;

/// <summary>INTEGRITY_…: <c>pid= uid= auid= ses= op= cause= comm= name= res=</c>.</summary>
static class IntegrityFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.Has(FactKinds.Process) && cursor.TrySeek("pid="u8))
            facts.Process = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.Has(FactKinds.User))
        {
            if (!cursor.TrySeek(" uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        if (needs.Has(FactKinds.LoginUser) && cursor.TrySeek("auid="u8))
            facts.LoginUser = (int)FactCursor.ToNumber(cursor.TakeWord());
        if (needs.Has(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        return TryReadWhat(ref cursor, needs, facts);
    }

    static bool TryReadWhat(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.Has(FactKinds.Command) && cursor.TrySeek("comm="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.Has(FactKinds.Files) && cursor.TrySeek(" name="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText name))
                return false;
            facts.Files.Add(new FileFact(name, IsParent: false));
        }

        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
        return true;
    }
}
