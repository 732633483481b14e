using System.Buffers.Binary;
using System.Buffers.Text;

namespace Akashi.Remote;

/// <summary>Records of a stream packed together: what two ends of ours say to agree on it, and what is within a pack.</summary>
/// <remarks>
/// <code>
/// sender     akashi 1 pack=zstd                   heartbeat, sequence 1, behind the hello
/// receiver   akashi 1 pack=zstd window=NUMBER     acknowledgement of it; one that doesn't know answers without text
/// </code>
/// A pack is a message of type <see cref="RemoteMessageType.Pack"/>; its text is one zstd frame of at most <see cref="PlainBytesMax"/> bytes:
/// <code>
/// uint16   bytes of a record        little endian
/// record   as the text of a message
/// </code>
/// and so on. It counts as as many messages as it has records: the first has the sequence of the header, each that follows one more.
/// </remarks>
public static class RemotePacking
{
    /// <summary>How much a pack may hold: what a receiver has room for, whatever the pack says.</summary>
    public const int PlainBytesMax = 64 * 1024;

    /// <summary>How many records may be under way then.</summary>
    public const int WindowMax = 8192;

    /// <summary>The longest answer.</summary>
    public const int TextBytesMax = 64;

    const int LengthBytes = 2;

    /// <summary>What the sender asks.</summary>
    public static ReadOnlySpan<byte> Offer => "akashi 1 pack=zstd"u8;

    static ReadOnlySpan<byte> WindowWord => " window="u8;

    /// <summary>Writes the receiver's answer.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteAnswer(Span<byte> destination)
    {
        Offer.CopyTo(destination);
        WindowWord.CopyTo(destination[Offer.Length..]);
        int length = Offer.Length + WindowWord.Length;
        WindowMax.TryFormat(destination[length..], out int digits);
        return length + digits;
    }

    /// <summary>Reads it.</summary>
    /// <param name="text">The text of an acknowledgement.</param>
    /// <param name="window">How many records may be under way.</param>
    /// <returns>False where the receiver takes no packs.</returns>
    public static bool TryReadAnswer(ReadOnlySpan<byte> text, out int window)
    {
        window = 0;
        if (!text.StartsWith(Offer) || !text[Offer.Length..].StartsWith(WindowWord))
            return false;
        text = text[(Offer.Length + WindowWord.Length)..];
        return Utf8Parser.TryParse(text, out window, out int length) && length == text.Length && window is >= 1 and <= WindowMax;
    }

    /// <summary>Puts a record behind others.</summary>
    /// <param name="text">The record.</param>
    /// <param name="plain">The room that is left.</param>
    /// <returns>The bytes it took; 0 where there is no room.</returns>
    public static int Put(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        if (LengthBytes + text.Length > plain.Length)
            return 0;
        BinaryPrimitives.WriteUInt16LittleEndian(plain, checked((ushort)text.Length));
        text.CopyTo(plain[LengthBytes..]);
        return LengthBytes + text.Length;
    }

    /// <summary>Takes the first record of what a pack held.</summary>
    /// <param name="plain">What is left.</param>
    /// <param name="text">The record; as long-lived as that.</param>
    /// <returns>The bytes it took; 0 where no whole record is there.</returns>
    public static int Take(ReadOnlySpan<byte> plain, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (plain.Length < LengthBytes)
            return 0;
        int end = LengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(plain);
        if (end - LengthBytes > RemoteHeader.TextBytesMax || end > plain.Length)
            return 0;
        text = plain[LengthBytes..end];
        return end;
    }

    /// <summary>Whether bytes are whole records to their end: one at least, none of them empty, and no more than may be under way.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> plain)
    {
        int count = 0;
        for (; !plain.IsEmpty; count++)
        {
            int taken = Take(plain, out ReadOnlySpan<byte> text);
            if (text.IsEmpty)
                return false;
            plain = plain[taken..];
        }

        return count is > 0 and <= WindowMax;
    }
}
