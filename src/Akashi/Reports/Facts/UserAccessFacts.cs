namespace Akashi.Reports.Facts;

/// <summary>USER_AVC: a record of a program whose message is an access decision.</summary>
static class UserAccessFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!UserFacts.TryRead(cursor, needs, facts))
            return false;
        FactText subject = TakeWordOf(cursor, "subj="u8, facts);
        FactCursor message = cursor;
        Outcome outcome = AccessFacts.ReadDecision(ref message, facts, out FactText permissions);
        if (outcome != Outcome.Unset)
            facts.Outcome = outcome;
        facts.Accesses.Add(new AccessFact(
            outcome, permissions, subject, TakeWordOf(message, "tcontext="u8, facts), TakeWordOf(message, "tclass="u8, facts)));
        return true;
    }

    static FactText TakeWordOf(FactCursor cursor, ReadOnlySpan<byte> name, EventFacts facts) =>
        cursor.TrySeek(name) ? facts.Keep(cursor.TakeWord()) : default;
}
