namespace Akashi.Reports.Facts;

/// <summary>Records that programs send: <c>pid= uid= auid= ses= subj= msg='op= acct= exe= hostname= addr= terminal= res='</c>.</summary>
/// <remarks>
/// Older programs write <c>acct=root : exe="…" (hostname=?, addr=?, terminal=cron res=success)</c>. The value of terminal must be followed by a blank.
/// </remarks>
static class UserFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!cursor.TrySeek("pid="u8) || !cursor.TryTakeNumber(out uint process))
            return false;
        facts.Process = process;
        if (!TryReadUsers(ref cursor, needs, facts))
            return false;
        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        return TryReadMessage(ref cursor, needs, facts);
    }

    static bool TryReadUsers(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.User))
        {
            if (!cursor.TrySeek("uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        if (!needs.HasFlag(FactKinds.LoginUser))
            return true;
        if (!cursor.TrySeek("auid="u8) || !cursor.TryTakeNumber(out uint loginUser))
            return false;
        facts.LoginUser = (int)loginUser;
        return true;
    }

    // Each is looked for from where the program's name ended: programs don't agree on the order of what follows.
    static bool TryReadMessage(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        cursor.TrySeek("msg='"u8);
        if (needs.HasFlag(FactKinds.Account) && cursor.TrySeek("acct="u8))
        {
            if (!cursor.TryTakePlainText(facts, out FactText account))
                return false;
            facts.Account = account;
        }

        if (needs.HasFlag(FactKinds.Command) && cursor.TrySeek("comm="u8))
        {
            if (!cursor.TryTakePlainText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        if (needs.HasFlag(FactKinds.Executable) && cursor.TrySeek("exe="u8))
        {
            if (!cursor.TryTakePlainText(facts, out FactText program))
                return false;
            facts.Executable = program;
        }

        return (!needs.HasFlag(FactKinds.HostName) || TryReadHost(cursor, facts))
            && (!needs.HasFlag(FactKinds.Terminal) || TryReadTerminal(cursor, facts))
            && OutcomeWord.TryReadMessage(cursor, facts);
    }

    // The host ends at a comma, wherever the next one is, else at a blank. Where the name is unknown, the address stands in for it.
    static bool TryReadHost(FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek("hostname="u8))
            return true;
        if (!TryTakeHost(ref cursor, out ReadOnlySpan<byte> host))
            return false;
        if (host.SequenceEqual("?"u8) && cursor.TrySeek("addr="u8) && !TryTakeHost(ref cursor, out host))
            return false;
        facts.HostName = facts.Keep(host);
        return true;
    }

    static bool TryTakeHost(ref FactCursor cursor, out ReadOnlySpan<byte> host) =>
        cursor.TryTakeUpTo((byte)',', out host) || cursor.TryTakeUpTo((byte)' ', out host);

    static bool TryReadTerminal(FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek("terminal="u8))
            return true;
        if (!cursor.TryTakeUpTo((byte)' ', out ReadOnlySpan<byte> terminal))
            return false;
        facts.Terminal = facts.Keep(terminal);
        return true;
    }
}
