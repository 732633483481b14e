using Akashi.Records;

namespace Akashi.Interpretation;

/// <summary>Texts that the kernel doesn't trust: without their quotes, or decoded.</summary>
static class EscapedValue
{
    // An abstract socket's name begins with a NUL.
    const int AbstractDigits = 2;

    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (value.StartsWith("\""u8))
        {
            ReadOnlySpan<byte> inside = value[1..];
            int close = inside.IndexOf((byte)'"');
            text.Append(close < 0 ? inside : inside[..close]);
            return;
        }

        // (null), and whatever stands behind it.
        int parenthesis = value.StartsWith("("u8) ? value.IndexOf((byte)')') : -1;
        if (parenthesis > 0)
        {
            text.Append(value[..(parenthesis + 1)]);
            return;
        }

        ReadOnlySpan<byte> digits = value.StartsWith("00"u8) ? value[AbstractDigits..] : value;
        Span<byte> decoded = text.Reserve(value.Length);
        if (EncodedText.TryDecodeHex(digits, decoded, out int length))
        {
            // The text ends where C's would.
            int end = decoded[..length].IndexOf((byte)0);
            text.Advance(end < 0 ? length : end);
            return;
        }

        text.Append(value);
    }

    /// <summary>A command line: arguments are parted by NULs, shown as blanks.</summary>
    public static void WriteProcessTitle(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = text.Reserve(value.Length);
        if (value.StartsWith("\""u8) || !EncodedText.TryDecodeHex(value, decoded, out int length))
        {
            Write(value, text);
            return;
        }

        decoded[..length].Replace((byte)0, (byte)' ');
        text.Advance(length);
    }
}
