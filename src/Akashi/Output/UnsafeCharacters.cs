using System.Text;

namespace Akashi.Output;

/// <summary>What may steer a terminal although it is no ASCII control byte.</summary>
/// <remarks>
/// C1 controls (U+0080 to U+009F; 0x9B alone is CSI where a terminal is set to 8 bit), and the characters that turn the direction of text round, so that
/// a line reads otherwise than it is (Unicode technical report 36).
/// </remarks>
static class UnsafeCharacters
{
    /// <summary>Measures what stands at the beginning of a text.</summary>
    /// <param name="text">Begins with a byte from 0x80 on.</param>
    /// <param name="length">Bytes of the character; 1 where it is no UTF-8.</param>
    /// <returns>Whether it may steer a terminal.</returns>
    public static bool IsUnsafe(ReadOnlySpan<byte> text, out int length)
    {
        if (Rune.DecodeFromUtf8(text, out Rune rune, out length) == System.Buffers.OperationStatus.Done)
            return IsUnsafe(rune);
        length = 1;
        return text[0] is >= 0x80 and <= 0x9F;
    }

    static bool IsUnsafe(Rune rune) => rune.Value
        is (>= 0x80 and <= 0x9F) or 0x61C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
