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
    ReadOnlySpan<byte> _body;
    ReadOnlySpan<byte> _name;
    ReadOnlySpan<byte> _value;
    ulong _stops;
    int _at;
    int _window;
    bool _isNested;

    /// <summary>Starts before the first pair.</summary>
    public FieldEnumerator(ReadOnlySpan<byte> body)
    {
        _body = body;
    }

    /// <summary>The pair; valid as long as the record's bytes.</summary>
    public readonly Field Current => new(_name, _value, _isNested);

    /// <summary>For foreach.</summary>
    public readonly FieldEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next pair; false at the end.</summary>
    public bool MoveNext() => FieldScan.TryTake(ref _body, ref _at, ref _window, ref _stops, ref _isNested, out _name, out _value);
}
