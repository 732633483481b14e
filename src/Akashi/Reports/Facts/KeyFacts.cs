namespace Akashi.Reports.Facts;

/// <summary><c>key=</c>: quoted; or in hex, several parted by 0x01; or <c>(null)</c>, which stands for none.</summary>
static class KeyFacts
{
    const byte Separator = 1;

    /// <summary>Reads the keys where the field is there.</summary>
    /// <returns>False where a closing quote is missing, or the key is neither quoted nor hex.</returns>
    public static bool TryRead(ref FactCursor cursor, EventFacts facts)
    {
        if (!cursor.TrySeek("key="u8))
            return true;
        if (cursor.Rest.StartsWith("\""u8))
        {
            if (!cursor.TryTakeText(facts, out FactText key))
                return false;
            facts.Keys.Add(key);
            return true;
        }

        ReadOnlySpan<byte> word = cursor.TakeWord();
        if (word.StartsWith("("u8))
        {
            facts.Keys.Add(facts.Keep("(null)"u8));
            return true;
        }

        if (EventFacts.CountDigits(word) == 0)
            return false;
        FactText all = facts.KeepDecoded(word);
        foreach (Range part in facts[all].Split(Separator))
        {
            (int offset, int length) = part.GetOffsetAndLength(all.LengthAndOne - 1);
            facts.Keys.Add(new FactText(all.Start + offset, length + 1));
        }

        return true;
    }
}
