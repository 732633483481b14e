namespace Akashi.Reports.Facts;

/// <summary>AVC: <c>avc:  denied  { read } for  pid= comm= name= … scontext= tcontext= tclass=</c>, of the kernel, or of a program inside msg='…'.</summary>
static class AccessFacts
{
    public static bool TryReadKernel(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        Outcome outcome = ReadDecision(ref cursor, facts, out FactText permissions);
        facts.Outcome = outcome;
        if (needs.HasFlag(FactKinds.Process) && cursor.TrySeek("pid="u8))
            facts.Process = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Command))
        {
            if (!cursor.TrySeek("comm="u8) || !cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Files) && !TryReadFile(ref cursor, facts))
            return false;
        FactText subject = TakeLabel(ref cursor, "scontext="u8, needs, facts);
        FactText target = TakeLabel(ref cursor, "tcontext="u8, needs, facts);
        if (!cursor.TrySeek("tclass="u8))
            return false;
        facts.Accesses.Add(new AccessFact(outcome, permissions, subject, target, facts.Keep(cursor.TakeWord())));
        return true;
    }

    public static Outcome ReadDecision(ref FactCursor cursor, EventFacts facts, out FactText permissions)
    {
        permissions = default;
        FactCursor start = cursor;
        Outcome outcome = Outcome.Unset;
        if (cursor.TrySeek("denied"u8))
            outcome = Outcome.Failed;
        else if (cursor.TrySeek("granted"u8))
            outcome = Outcome.Success;
        if (cursor.TrySeek("{ "u8) && cursor.TryTakeUpTo((byte)'}', out ReadOnlySpan<byte> words))
            permissions = facts.Keep(words.TrimEnd((byte)' '));
        else
            cursor = start;
        return outcome;
    }

    static bool TryReadFile(ref FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek(" path="u8) && !cursor.TrySeek(" name="u8))
            return true;
        if (!cursor.TryTakeText(facts, out FactText name))
            return false;
        facts.Files.Add(new FileFact(name, IsParent: false));
        return true;
    }

    static FactText TakeLabel(ref FactCursor cursor, ReadOnlySpan<byte> name, FactKinds needs, EventFacts facts) =>
        needs.HasFlag(FactKinds.Labels) && cursor.TrySeek(name) ? facts.Keep(cursor.TakeWord()) : default;
}
