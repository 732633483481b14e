namespace Akashi.Reports.Facts;

/// <summary>INTEGRITY_…: <c>pid= uid= auid= ses= op= cause= comm= name= res=</c>.</summary>
static class IntegrityFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Process) && cursor.TrySeek("pid="u8))
            facts.Process = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.User))
        {
            if (!cursor.TrySeek(" uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        if (needs.HasFlag(FactKinds.LoginUser) && cursor.TrySeek("auid="u8))
            facts.LoginUser = (int)FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        return TryReadWhat(ref cursor, needs, facts);
    }

    static bool TryReadWhat(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Command) && cursor.TrySeek("comm="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Files) && cursor.TrySeek(" name="u8))
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
