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

    /// <summary>Goes on where another stood.</summary>
    internal FieldEnumerator(ReadOnlySpan<byte> rest, bool isNested)
    {
        _rest = rest;
        _isNested = isNested;
        Current = default;
    }

    /// <summary>What is still to be walked.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Whether it stands inside msg='…'.</summary>
    internal readonly bool IsNested => _isNested;

    /// <summary>The pair; valid as long as the record's bytes.</summary>
    public Field Current { get; private set; }

    /// <summary>For foreach.</summary>
    public readonly FieldEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next pair; false at the end.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (!TryFindEnd(out int equals))
                return false;
            if (_rest[equals] == ' ' || equals == 0)
            {
                _rest = _rest[(equals + 1)..];
                continue;
            }

            ReadOnlySpan<byte> name = _rest[..equals];
            _rest = _rest[(equals + 1)..];
            if (!_isNested && _rest.StartsWith("'"u8) && name.SequenceEqual("msg"u8))
            {
                EnterMessage();
                continue;
            }

            Current = new Field(name, TakeValue(), _isNested);
            return true;
        }
    }

    // Skips blanks, and finds what ends the word behind them: an equals sign or a blank. Names are short: a loop is quicker than a vector search.
    bool TryFindEnd(out int end)
    {
        ReadOnlySpan<byte> rest = _rest;
        int start = 0;
        while (start < rest.Length && rest[start] == ' ')
            start++;
        for (int index = start; index < rest.Length; index++)
        {
            if (rest[index] is not ((byte)'=' or (byte)' '))
                continue;
            _rest = rest[start..];
            end = index - start;
            return true;
        }

        _rest = default;
        end = 0;
        return false;
    }

    // The message ends with the last quote of the body: programs put quotes inside it unescaped.
    void EnterMessage()
    {
        _isNested = true;
        int close = _rest.LastIndexOf((byte)'\'');
        _rest = close > 0 ? _rest[1..close] : _rest[1..];
    }

    ReadOnlySpan<byte> TakeValue()
    {
        int length;
        if (_rest.StartsWith("\""u8) && TryMeasureQuoted(out length))
        {
            ReadOnlySpan<byte> quoted = _rest[..length];
            _rest = _rest[length..];
            return quoted;
        }

        length = _rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> value = length < 0 ? _rest : _rest[..length];
        _rest = length < 0 ? default : _rest[length..];
        return value.IsEmpty || value[^1] is not ((byte)',' or (byte)':' or (byte)')')
            ? value
            : value.TrimEnd(value.Contains((byte)'(') ? ",:"u8 : ",:)"u8);
    }

    readonly bool TryMeasureQuoted(out int length)
    {
        length = _rest[1..].IndexOf((byte)'"') + 2;
        return length >= 2;
    }
}
