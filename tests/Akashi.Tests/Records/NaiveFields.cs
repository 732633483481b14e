namespace Akashi.Tests.Records;

/// <summary>The walk over a body's pairs as FieldScan's remarks tell it, byte by byte: its twin.</summary>
static class NaiveFields
{
    /// <summary>Takes the next pair off a body.</summary>
    /// <param name="rest">What is still to be walked: the whole body at first.</param>
    /// <param name="isNested">Whether that stands inside msg='…': false at first, and afterwards so for the pair.</param>
    /// <param name="name">The name; empty where there is no pair.</param>
    /// <param name="value">Its raw value.</param>
    /// <returns>False at the end.</returns>
    public static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, scoped ref bool isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (true)
        {
            if (!TryFindEnd(ref rest, out int equals))
            {
                name = value = default;
                return false;
            }

            if (rest[equals] == ' ' || equals == 0)
            {
                rest = rest[(equals + 1)..];
                continue;
            }

            name = rest[..equals];
            rest = rest[(equals + 1)..];
            if (!isNested && rest.StartsWith("'"u8) && name.SequenceEqual("msg"u8))
            {
                rest = EnterMessage(rest);
                isNested = true;
                continue;
            }

            value = TakeValue(ref rest);
            return true;
        }
    }

    // Skips blanks, and finds what ends the word behind them: an equals sign or a blank. Names are short: a loop is quicker than a vector search.
    static bool TryFindEnd(scoped ref ReadOnlySpan<byte> place, out int end)
    {
        ReadOnlySpan<byte> rest = place;
        int start = 0;
        while (start < rest.Length && rest[start] == ' ')
            start++;
        for (int index = start; index < rest.Length; index++)
        {
            if (rest[index] is not ((byte)'=' or (byte)' '))
                continue;
            place = rest[start..];
            end = index - start;
            return true;
        }

        place = default;
        end = 0;
        return false;
    }

    // The message ends with the last quote of the body: programs put quotes inside it unescaped.
    static ReadOnlySpan<byte> EnterMessage(ReadOnlySpan<byte> rest)
    {
        int close = rest.LastIndexOf((byte)'\'');
        return close > 0 ? rest[1..close] : rest[1..];
    }

    static ReadOnlySpan<byte> TakeValue(scoped ref ReadOnlySpan<byte> place)
    {
        ReadOnlySpan<byte> rest = place;
        int length;
        if (rest.StartsWith("\""u8) && TryMeasureQuoted(rest, out length))
        {
            place = rest[length..];
            return rest[..length];
        }

        length = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> value = length < 0 ? rest : rest[..length];
        place = length < 0 ? default : rest[length..];
        return value.IsEmpty || value[^1] is not ((byte)',' or (byte)':' or (byte)')')
            ? value
            : value.TrimEnd(value.Contains((byte)'(') ? ",:"u8 : ",:)"u8);
    }

    static bool TryMeasureQuoted(ReadOnlySpan<byte> rest, out int length)
    {
        length = rest[1..].IndexOf((byte)'"') + 2;
        return length >= 2;
    }
}
