namespace Akashi.Tables;

/// <summary>What keys send to a terminal, over constant data: the bytes, and the key's name.</summary>
public readonly ref struct KeySequenceTable
{
    readonly ReadOnlySpan<byte> _bytes;
    readonly ReadOnlySpan<ushort> _bytesEnds;
    readonly ReadOnlySpan<byte> _text;
    readonly ReadOnlySpan<ushort> _textEnds;

    internal KeySequenceTable(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<ushort> bytesEnds, ReadOnlySpan<byte> text, ReadOnlySpan<ushort> textEnds)
    {
        _bytes = bytes;
        _bytesEnds = bytesEnds;
        _text = text;
        _textEnds = textEnds;
    }

    /// <summary>The sequences, in the order in which they are tried.</summary>
    public int Count => _bytesEnds.Length;

    /// <summary>What a key sends; entries are counted from 0.</summary>
    public ReadOnlySpan<byte> SequenceAt(int index) => _bytes[(index == 0 ? 0 : _bytesEnds[index - 1])..(int)_bytesEnds[index]];

    /// <summary>The name of that key, printable ASCII.</summary>
    public ReadOnlySpan<byte> NameAt(int index) => _text[(index == 0 ? 0 : _textEnds[index - 1])..(int)_textEnds[index]];

    /// <summary>The first key whose sequence the input starts with.</summary>
    /// <param name="input">What was typed.</param>
    /// <param name="length">How many bytes of it the key sent.</param>
    /// <param name="name">The key's name.</param>
    /// <returns>False, 0 and an empty name, where no sequence fits.</returns>
    public bool TryMatch(ReadOnlySpan<byte> input, out int length, out ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < Count; index++)
        {
            ReadOnlySpan<byte> sequence = SequenceAt(index);
            if (input.StartsWith(sequence))
            {
                length = sequence.Length;
                name = NameAt(index);
                return true;
            }
        }
        length = 0;
        name = default;
        return false;
    }
}
