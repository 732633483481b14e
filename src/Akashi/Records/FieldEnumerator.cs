namespace Akashi.Records;

/// <summary>Walks the <c>name=value</c> pairs of a record's body, or of its enrichment.</summary>
/// <remarks>
/// Pairs stand between blanks. A value is plain up to the next blank, or <c>"quoted"</c> up to the next quote, where a quote without
/// its partner ends at the blank too. <c>msg='…'</c> of user-space records is not a pair itself: the pairs inside it
/// follow, marked nested, and its closing quote is taken off the last one. Words without an equals sign are passed over, and so is what
/// older tools leave behind a value: a comma, a colon, a closing parenthesis
/// that was not opened in it. Never throws, whatever the bytes.
/// </remarks>
public ref struct FieldEnumerator
{
    ReadOnlySpan<byte> _rest;
    bool _isNested;

    /// <summary>Starts before the first pair.</summary>
    public FieldEnumerator(ReadOnlySpan<byte> body)
    {
        _rest = body;
        Current = default;
    }

    /// <summary>The pair; valid as long as the record's bytes.</summary>
    public Field Current { get; private set; }

    /// <summary>For foreach.</summary>
    public readonly FieldEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next pair; false at the end.</summary>
    public bool MoveNext()
    {
        if (!TryTake(ref _rest, ref _isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            return false;
        Current = new Field(name, value, _isNested);
        return true;
    }

    /// <summary>Takes the next pair off a body, for who keeps the place himself.</summary>
    /// <param name="rest">What is still to be walked: the whole body at first.</param>
    /// <param name="isNested">Whether that stands inside msg='…': false at first, and afterwards so for the pair.</param>
    /// <param name="name">The name; empty where there is no pair.</param>
    /// <param name="value">Its raw value.</param>
    /// <returns>False at the end.</returns>
    internal static bool TryTake(
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
