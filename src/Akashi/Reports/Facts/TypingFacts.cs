namespace Akashi.Reports.Facts;

/// <summary>TTY: <c>tty pid= uid= auid= ses= major= minor= comm= data=</c>.</summary>
static class TypingFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.Process))
        {
            if (!cursor.TrySeek("pid="u8) || !cursor.TryTakeNumber(out uint process))
                return false;
            facts.Process = process;
        }

        if (needs.HasFlag(FactKinds.User))
        {
            if (!cursor.TrySeek("uid="u8) || !cursor.TryTakeNumber(out uint user))
                return false;
            facts.User = (int)user;
        }

        if (needs.HasFlag(FactKinds.LoginUser))
        {
            if (!cursor.TrySeek("auid="u8) || !cursor.TryTakeNumber(out uint loginUser))
                return false;
            facts.LoginUser = (int)loginUser;
        }

        if (needs.HasFlag(FactKinds.Session) && cursor.TrySeek("ses="u8))
            facts.Session = FactCursor.ToNumber(cursor.TakeWord());
        if (needs.HasFlag(FactKinds.Command) && cursor.TrySeek("comm="u8))
        {
            if (!cursor.TryTakeText(facts, out FactText command))
                return false;
            facts.Command = command;
        }

        return true;
    }
}
