using Akashi.Interpretation;
using Akashi.Records;

namespace Akashi.Search.Expressions;

/// <summary>A record while an expression looks at it: its fields as libauparse counts them.</summary>
/// <remarks>
/// Beside those of the body these are fields: <c>type</c>, <c>node</c>; of an access decision <c>seresult</c> and <c>seperms</c>. The stamp is none. Of a key that is several
/// joined by 0x01, the first that isn't empty counts, in quotes. A field without a value isn't there.
/// </remarks>
ref struct ExpressionScope
{
    const byte KeySeparator = 1;

    readonly Record _record;
    readonly Interpreter _interpreter;
    readonly InterpretedText _text;
    readonly InterpretedText _raw;
    RecordContext _context;

    public ExpressionScope(in Record record, Interpreter interpreter, InterpretedText text, InterpretedText raw)
    {
        _record = record;
        _interpreter = interpreter;
        _text = text;
        _raw = raw;
        _context = new RecordContext(record);
    }

    public readonly Record Record => _record;

    /// <summary>The name of the field that was found last; empty where none was.</summary>
    public ReadOnlySpan<byte> FoundLast { get; private set; }

    /// <summary>Finds a field's raw value; valid until the next is asked for.</summary>
    public bool TryFindRaw(byte[] name, out ReadOnlySpan<byte> value)
    {
        if (!TryFind(name, out value))
            return false;
        FoundLast = name;
        return true;
    }

    readonly bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("type"u8))
            value = _record.TypeName;
        else if (name.SequenceEqual("node"u8))
            value = _record.Node;
        else if (IsDecision && name.SequenceEqual("seresult"u8))
            value = AccessDecision.Result(_record);
        else if (IsDecision && name.SequenceEqual("seperms"u8))
            value = Permissions();
        else if (_record.TryFind(name, out value) && name.SequenceEqual("key"u8))
            value = FirstKey(value);
        return !value.IsEmpty;
    }

    /// <summary>Finds a field's value in words; valid until the next is asked for.</summary>
    public bool TryFindInterpreted(byte[] name, out ReadOnlySpan<byte> words)
    {
        if (!TryFindRaw(name, out words))
            return false;
        if (_interpreter.TryInterpret(ref _context, name, words, _text))
            words = _text.Bytes;
        return true;
    }

    readonly bool IsDecision => AccessDecision.IsIn(_record.Type);

    readonly ReadOnlySpan<byte> Permissions()
    {
        _raw.Clear();
        ReadOnlySpan<byte> words = AccessDecision.Permissions(_record);
        foreach (Range word in words.Split((byte)' '))
        {
            if (words[word].IsEmpty)
                continue;
            if (!_raw.IsEmpty)
                _raw.AppendByte((byte)',');
            _raw.Append(words[word]);
        }

        return _raw.Bytes;
    }

    readonly ReadOnlySpan<byte> FirstKey(ReadOnlySpan<byte> value)
    {
        if (value.StartsWith("\""u8) || value.Length < 4)
            return value;
        _raw.Clear();
        if (!EncodedText.TryDecodeHex(value, _raw.Reserve(value.Length), out int length))
            return value;
        _raw.Advance(length);
        Span<byte> keys = _raw.Reach(0);
        if (!keys.Contains(KeySeparator))
            return value;
        int start = keys.IndexOfAnyExcept(KeySeparator);
        if (start < 0)
            return default;
        int end = keys[start..].IndexOf(KeySeparator);
        end = end < 0 ? keys.Length : start + end;
        return Quoted(start, end);
    }

    // Behind the decoded keys, so that both live.
    readonly ReadOnlySpan<byte> Quoted(int start, int end)
    {
        int decoded = _raw.Bytes.Length;
        _raw.Reserve(end - start + 2);
        _raw.AppendByte((byte)'"');
        _raw.Append(_raw.Bytes[start..end]);
        _raw.AppendByte((byte)'"');
        return _raw.Bytes[decoded..];
    }
}
