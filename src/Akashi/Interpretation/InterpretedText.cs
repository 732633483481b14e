using System.Buffers.Text;
using System.Text;

namespace Akashi.Interpretation;

/// <summary>Where an interpretation is written: bytes that grow as needed and are used again for the next value.</summary>
public sealed class InterpretedText
{
    const int NumberDigitsMax = 24;

    byte[] _bytes = new byte[512];
    int _length;

    /// <summary>What was written since <see cref="Clear"/>; valid until the next write.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Starts anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>What was written from some byte on, to be changed in place; valid until the next write.</summary>
    public Span<byte> Reach(int start) => _bytes.AsSpan(start, _length - start);

    /// <summary>Keeps the first bytes and forgets the others.</summary>
    public void Truncate(int length) => _length = length;

    /// <summary>Writes bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void AppendByte(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    /// <summary>Writes text as UTF-8.</summary>
    public void Append(string text) => _length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));

    /// <summary>Writes a number in decimal.</summary>
    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(NumberDigitsMax), out int length);
        _length += length;
    }

    /// <summary>Writes a number in hexadecimal digits of lower case, without zeros before them.</summary>
    public void AppendHex(ulong number)
    {
        Utf8Formatter.TryFormat(number, Reserve(NumberDigitsMax), out int length, 'x');
        _length += length;
    }

    /// <summary>Writes a number in octal, padded with zeros to some digits.</summary>
    public void AppendOctal(uint number, int digitsMin)
    {
        int digits = digitsMin;
        while (digits < 11 && number >> (3 * digits) != 0)
            digits++;
        Span<byte> destination = Reserve(digits);
        for (int index = 0; index < digits; index++)
            destination[index] = (byte)('0' + ((number >> (3 * (digits - 1 - index))) & 7));
        _length += digits;
    }

    /// <summary>Room for bytes; take them by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }

    /// <summary>Keeps bytes that were put into <see cref="Reserve"/>.</summary>
    public void Advance(int length) => _length += length;
}
