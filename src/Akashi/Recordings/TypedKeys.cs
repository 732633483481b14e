using System.Buffers;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Cuts what was typed into keys: characters, control bytes, and the sequences that arrows and terminals' answers come as.</summary>
static class TypedKeys
{
    const byte Escape = 0x1B;
    const byte Bell = 7;

    /// <summary>The first key.</summary>
    /// <param name="bytes">At least one byte.</param>
    /// <param name="isCharacter">
    /// Whether it may be one of a password: all but the control characters of ASCII and the sequences of keys that stand for none. What a terminal
    /// answers counts as one (it may hold what was copied), and so do bytes that aren't UTF-8.
    /// </param>
    /// <param name="rune">How a screen shows that character, U+FFFD for a byte that isn't UTF-8; null where it can't be told.</param>
    /// <returns>Its bytes.</returns>
    public static int Next(ReadOnlySpan<byte> bytes, out bool isCharacter, out Rune? rune)
    {
        rune = null;
        isCharacter = false;
        if (bytes[0] == Escape)
        {
            int end = SequenceBytes(bytes);
            isCharacter = IsCharacter(bytes[..end], out rune);
            return end;
        }

        if (bytes[0] is < 0x20 or 0x7F)
            return 1;
        isCharacter = true;
        Rune.DecodeFromUtf8(bytes, out Rune found, out int length);
        rune = found;
        return Math.Max(1, length);
    }

    /// <summary>Whether a key is the beginning of a character whose other bytes come later.</summary>
    public static bool IsCut(ReadOnlySpan<byte> key) => Rune.DecodeFromUtf8(key, out _, out _) == OperationStatus.NeedMoreData;

    /// <summary>Whether a key takes characters away: Backspace, Delete, Ctrl-U, Ctrl-W; alone they tell how many were typed.</summary>
    public static bool Erases(ReadOnlySpan<byte> key) => key is [0x08 or 0x7F or 0x15 or 0x17] || key.SequenceEqual("\x1b[3~"u8);

    // Characters that come as sequences: CSI code u and CSI 27;modifiers;code~ (kitty's protocol, xterm's modifyOtherKeys), the keypad's (SS3 j to y), answers.
    static bool IsCharacter(ReadOnlySpan<byte> key, out Rune? rune)
    {
        rune = null;
        switch (key)
        {
            case [_, (byte)'O', >= (byte)'j' and <= (byte)'y' and var digit]:
                rune = new Rune((char)(digit - 'p' + '0'));
                return true;
            case [_, (byte)'[', .., (byte)'u']:
                return true;
            case [_, (byte)'[', .., (byte)'~']:
                return key[2..].StartsWith("27;"u8);
            default:
                return key is [_, (byte)']' or (byte)'P' or (byte)'_' or (byte)'^', ..];
        }
    }

    // ECMA-48, 5.4 and 5.6: CSI, SS3 and one character, command strings to their end, else Escape alone: what it was pressed with is a key of its own.
    static int SequenceBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 1)
            return 1;
        int index = 2;
        switch (bytes[1])
        {
            case (byte)'[':
                while (index < bytes.Length && bytes[index] is >= 0x20 and < 0x40)
                    index++;
                return index < bytes.Length && bytes[index] is >= 0x40 and < 0x7F ? index + 1 : 1;
            case (byte)'O':
                return bytes.Length > 2 && bytes[2] is >= 0x40 and < 0x7F ? 3 : 1;
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^':
                for (; index < bytes.Length; index++)
                {
                    if (bytes[index] == Bell)
                        return index + 1;
                    if (bytes[index] == (byte)'\\' && bytes[index - 1] == Escape)
                        return index + 1;
                }

                // No answer of a terminal: Alt and the bracket, then other keys.
                return 1;
            default:
                return 1;
        }
    }
}
