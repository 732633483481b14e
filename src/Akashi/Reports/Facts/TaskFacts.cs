namespace Akashi.Reports.Facts;

/// <summary>Who a task is, as the kernel writes it in several records: <c>auid= uid= … tty= ses=</c>.</summary>
static class TaskFacts
{
    /// <summary>Reads auid and uid, which must be there where they are needed.</summary>
    public static bool TryReadUsers(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.LoginUser))
        {
            if (!cursor.TrySeek("auid="u8) || !cursor.TryTakeNumber(out uint loginUser))
                return false;
            facts.LoginUser = (int)loginUser;
        }

        if (needs.HasFlag(FactKinds.User))
        {
            if (!cursor.TrySeek("uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        return true;
    }

    /// <summary>Reads tty and ses, which may be missing.</summary>
    public static bool TryReadTerminal(ref FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Terminal) && cursor.TrySeek("tty="u8))
        {
            if (!cursor.TryTakeUpTo((byte)' ', out ReadOnlySpan<byte> terminal))
                return false;
            facts.Terminal = facts.Keep(terminal);
        }

        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        return true;
    }
}
