using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>Writes JSON (RFC 8259) as it comes: strings of any bytes, names, commas.</summary>
/// <remarks>
/// Bytes that aren't UTF-8 become U+FFFD, and the writer says so. Control characters, DEL, C1 and what turns the direction of text round are written as \uXXXX: a
/// line of JSON steers no terminal. Allocates nothing.
/// </remarks>
/// <param name="output">Where it goes.</param>
readonly ref struct JsonText(Utf8Output output)
{
    const int Base64PieceBytes = 768;

    static readonly SearchValues<byte> s_special = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => value is < 0x20 or '"' or '\\' or >= 0x7F).Select(value => (byte)value)]);

    /// <summary>Writes punctuation and names of our own, as they are.</summary>
    public void Write(ReadOnlySpan<byte> ascii) => output.Write(ascii);

    /// <summary>Writes a number.</summary>
    public void Write(ulong number) => output.Write(number);

    /// <summary>Writes a name of our own with what stands before and behind it, such as <c>,"time":</c>, and a string.</summary>
    public void Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(name);
        String(value);
    }

    /// <summary>Writes a string with its quotes.</summary>
    /// <returns>Whether the bytes are UTF-8.</returns>
    public bool String(ReadOnlySpan<byte> value)
    {
        output.Write((byte)'"');
        bool isText = Inside(value);
        output.Write((byte)'"');
        return isText;
    }

    /// <summary>Writes a string without quotes: a part of one.</summary>
    public bool Inside(ReadOnlySpan<byte> value)
    {
        bool isText = true;
        while (true)
        {
            int index = value.IndexOfAny(s_special);
            if (index < 0)
                break;
            output.Write(value[..index]);
            value = value[index..];
            int length = 1;
            if (value[0] < 0x80)
                Escape(value[0]);
            else
                isText &= TryWriteRune(value, out length);
            value = value[length..];
        }

        output.Write(value);
        return isText;
    }

    /// <summary>Writes bytes as a string of base64 (RFC 4648, section 4).</summary>
    public void Base64String(ReadOnlySpan<byte> bytes)
    {
        Span<byte> encoded = stackalloc byte[Base64PieceBytes / 3 * 4];
        output.Write((byte)'"');
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, Base64PieceBytes)];
            Base64.EncodeToUtf8(piece, encoded, out _, out int written);
            output.Write(encoded[..written]);
            bytes = bytes[piece.Length..];
        }

        output.Write((byte)'"');
    }

    bool TryWriteRune(ReadOnlySpan<byte> value, out int length)
    {
        if (Rune.DecodeFromUtf8(value, out Rune rune, out length) != OperationStatus.Done)
        {
            output.Write("\uFFFD"u8);
            return false;
        }

        if (UnsafeCharacters.IsUnsafe(value, out _) || rune.Value is 0x2028 or 0x2029)
            Escape(rune.Value);
        else
            output.Write(value[..length]);
        return true;
    }

    void Escape(int code)
    {
        output.Write((byte)'\\');
        switch (code)
        {
            case '"' or '\\':
                output.Write((byte)code);
                return;
            case '\n':
                output.Write((byte)'n');
                return;
            case '\t':
                output.Write((byte)'t');
                return;
        }

        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        output.Write((byte)'u');
        for (int shift = 12; shift >= 0; shift -= 4)
            output.Write(digits[(code >> shift) & 15]);
    }
}
