namespace Akashi.Reports.Facts;

/// <summary>NETFILTER_CFG, EVENT_LISTENER, FEATURE_CHANGE, ANOM_LINK: <c>pid= uid= auid= tty= ses= subj= comm= exe= res=</c>.</summary>
/// <remarks>What is missing of the terminal and the program is said to be <c>(none)</c> and <c>(null)</c>.</remarks>
static class KernelActFacts
{
    /// <summary>Records whose users may be missing.</summary>
    public static bool TryReadLoose(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!cursor.TrySeek("pid="u8) || cursor.IsAtEnd)
            return false;
        facts.Process = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.User))
            facts.User = cursor.TrySeek("uid="u8) ? (int)FactCursor.ToNumber(cursor.TakeWord()) : -1;
        if (needs.HasFlag(FactKinds.LoginUser))
            facts.LoginUser = cursor.TrySeek("auid="u8) ? (int)FactCursor.ToNumber(cursor.TakeWord()) : -1;
        if (needs.HasFlag(FactKinds.Terminal))
            facts.Terminal = facts.Keep(cursor.TrySeek("tty="u8) ? cursor.TakeWord() : "(none)"u8);
        return TryReadProgram(ref cursor, needs, facts);
    }

    /// <summary>Records that name every user, as SYSCALL does.</summary>
    public static bool TryReadStrict(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!cursor.TrySeek(" pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        return TaskFacts.TryReadUsers(ref cursor, needs, facts)
            && TaskFacts.TryReadTerminal(ref cursor, needs, facts)
            && TryReadProgram(ref cursor, needs, facts);
    }

    static bool TryReadProgram(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Command))
        {
            if (!cursor.TrySeek("comm="u8) || !cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Executable))
        {
            FactText program = default;
            if (cursor.TrySeek("exe="u8) && !cursor.TryTakeText(facts, out program))
                return false;
            facts.Executable = program.Exists ? program : facts.Keep("(null)"u8);
        }

        if (cursor.TrySeek("res="u8))
            facts.Outcome = OutcomeWord.Read(cursor.Rest);
        return true;
    }
}
