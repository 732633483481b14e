using Akashi.Output;

namespace Akashi.LibAudit.Auparse;

/// <summary>Words as a host gets them: with what could move a terminal or break a shell's line behind a backslash.</summary>
static unsafe class EscapedText
{
    /// <summary>What a byte becomes at most.</summary>
    internal const int LengthMax = 4;

    /// <summary>Whether a text stays as it is.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> text, EscapeMode mode) => mode == EscapeMode.Raw || !text.ContainsAny(Escaping.SpecialBytes(mode));

    /// <summary>Writes a text that isn't plain, and a NUL behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">Not Raw.</param>
    /// <param name="destination">Room for <see cref="LengthMax"/> times as many bytes, and the NUL.</param>
    internal static void Write(ReadOnlySpan<byte> text, EscapeMode mode, byte* destination)
    {
        byte* next = destination;
        foreach (byte letter in text)
        {
            if (!Escaping.SpecialBytes(mode).Contains(letter))
            {
                *next++ = letter;
                continue;
            }

            *next++ = (byte)'\\';
            if (letter is >= 0x20 and not 0x7F)
            {
                *next++ = letter;
                continue;
            }

            *next++ = (byte)('0' + (letter >> 6));
            *next++ = (byte)('0' + ((letter >> 3) & 7));
            *next++ = (byte)('0' + (letter & 7));
        }

        *next = 0;
    }
}
