using System.Buffers;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Writes bytes as a JSON string (RFC 8259, section 7).</summary>
static class JsonString
{
    static readonly SearchValues<byte> s_special = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => value is < 0x20 or '"' or '\\' or >= 0x7F).Select(value => (byte)value)]);

    /// <summary>Writes it with its quotes. Controls, C1 too, are escaped: a line of JSON steers no terminal.</summary>
    /// <returns>Whether the bytes are UTF-8; what isn't stands as U+FFFD.</returns>
    public static bool Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bool isText = true;
        output.Write("\""u8);
        while (true)
        {
            int index = bytes.IndexOfAny(s_special);
            if (index < 0)
                break;
            output.Write(bytes[..index]);
            bytes = bytes[index..];
            if (bytes[0] < 0x80)
            {
                Escape(output, bytes[0]);
                bytes = bytes[1..];
                continue;
            }

            bool isRune = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done;
            if (isRune && rune.Value < 0xA0)
                Escape(output, rune.Value);
            else
                output.Write(isRune ? bytes[..length] : "\uFFFD"u8);
            isText &= isRune;
            bytes = bytes[length..];
        }

        output.Write(bytes);
        output.Write("\""u8);
        return isText;
    }

    static void Escape(IBufferWriter<byte> output, int code)
    {
        switch (code)
        {
            case '\n': output.Write("\\n"u8); return;
            case '\r': output.Write("\\r"u8); return;
            case '\t': output.Write("\\t"u8); return;
            case '"': output.Write("\\\""u8); return;
            case '\\': output.Write("\\\\"u8); return;
        }

        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        output.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[code >> 4], digits[code & 15]]);
    }
}
