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
    /// <param name="rune">The character it is; null for another key.</param>
    /// <returns>Its bytes; those of a character that is cut off count as a key that is none.</returns>
    public static int Next(ReadOnlySpan<byte> bytes, out Rune? rune)
    {
        rune = null;
        if (bytes[0] == Escape)
            return SequenceBytes(bytes);
        OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune found, out int length);
        if (status == OperationStatus.Done && found.Value >= 0x20 && found.Value is < 0x7F or >= 0xA0)
            rune = found;
        return Math.Max(1, length);
    }

    // ECMA-48, 5.4 and 5.6: CSI, SS3 and one character, command strings to their end, else Escape and what it was pressed with.
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
                return Math.Min(index + 1, bytes.Length);
            case (byte)'O':
                return Math.Min(3, bytes.Length);
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^':
                for (; index < bytes.Length; index++)
                {
                    if (bytes[index] == Bell)
                        return index + 1;
                    if (bytes[index] == (byte)'\\' && bytes[index - 1] == Escape)
                        return index + 1;
                }

                // No answer of a terminal: Alt and the bracket, then other keys.
                return 2;
            default:
                return 2;
        }
    }
}
