namespace Akashi.Reports.Facts;

/// <summary>What stands behind <c>res=</c> and <c>result=</c>: a digit, or <c>success</c> and <c>failed</c>.</summary>
static class OutcomeWord
{
    /// <summary>The outcome that a text begins with.</summary>
    public static Outcome Read(ReadOnlySpan<byte> text) =>
        text.StartsWith("0"u8) || text.StartsWith("f"u8) ? Outcome.Failed : Outcome.Success;

    /// <summary>Reads the outcome of a program's message, where it has one.</summary>
    /// <returns>False where the message isn't closed: by a quote, or <c>result=</c> of older programs by a parenthesis.</returns>
    public static bool TryReadMessage(FactCursor cursor, EventFacts facts)
    {
        if (cursor.TrySeek("res="u8))
        {
            facts.Outcome = Read(cursor.Rest);
            return cursor.Rest.Contains((byte)'\'');
        }

        if (!cursor.TrySeek("result="u8))
            return true;
        if (!cursor.TryTakeUpTo((byte)')', out ReadOnlySpan<byte> word))
            return false;
        facts.Outcome = word.SequenceEqual("Success"u8) || word.SequenceEqual("success"u8) ? Outcome.Success : Outcome.Failed;
        return true;
    }
}
