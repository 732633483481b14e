using System.Buffers.Text;

namespace Akashi.Remote;

/// <summary>What two ends of ours tell each other when they connect, in the text of a heartbeat and of its acknowledgement.</summary>
/// <remarks>
/// <code>
/// sender     akashi 1 stream=32 HEXADECIMAL DIGITS position=NUMBER
/// receiver   akashi 1 window=NUMBER position=NUMBER
/// </code>
/// A heartbeat of the original has no text, and its receiver passes over one: it answers without, and all is as it was. A stream is a queue; a record's position is its number in
/// it. The sender tells the position of its oldest record, the receiver that of the record it wants next: what lies between it has written already. So many records as the
/// window says may be under way from then on, and an acknowledgement is for all messages up to its sequence.
/// </remarks>
/// <param name="Stream">Whose records they are; none from a receiver.</param>
/// <param name="Window">How many records may be under way; 0 from a sender.</param>
/// <param name="Position">Of the oldest record, or of the next.</param>
public readonly record struct RemoteHello(UInt128 Stream, int Window, long Position)
{
    /// <summary>The longest text.</summary>
    public const int TextBytesMax = 96;

    /// <summary>The largest window.</summary>
    public const int WindowMax = 1024;

    static ReadOnlySpan<byte> Begin => "akashi 1 "u8;

    static ReadOnlySpan<byte> StreamWord => "stream="u8;

    static ReadOnlySpan<byte> WindowWord => "window="u8;

    static ReadOnlySpan<byte> PositionWord => " position="u8;

    /// <summary>Reads the text of a sender.</summary>
    /// <returns>False where it's none.</returns>
    public static bool TryReadSender(ReadOnlySpan<byte> text, out RemoteHello hello)
    {
        hello = default;
        if (!TryTake(ref text, Begin) || !TryTake(ref text, StreamWord) || text.Length < 32
            || !UInt128.TryParse(text[..32], System.Globalization.NumberStyles.AllowHexSpecifier, null, out UInt128 stream))
            return false;
        text = text[32..];
        if (!TryReadPosition(text, out long position))
            return false;
        hello = new RemoteHello(stream, 0, position);
        return true;
    }

    /// <summary>Reads the text of a receiver.</summary>
    /// <returns>False where it's none.</returns>
    public static bool TryReadReceiver(ReadOnlySpan<byte> text, out RemoteHello hello)
    {
        hello = default;
        if (!TryTake(ref text, Begin) || !TryTake(ref text, WindowWord)
            || !Utf8Parser.TryParse(text, out int window, out int length) || window is < 1 or > WindowMax)
            return false;
        if (!TryReadPosition(text[length..], out long position))
            return false;
        hello = new RemoteHello(default, window, position);
        return true;
    }

    /// <summary>Writes the text.</summary>
    /// <returns>The bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        int length = 0;
        Append(Begin, destination, ref length);
        if (Window == 0)
        {
            Append(StreamWord, destination, ref length);
            Stream.TryFormat(destination[length..], out int written, "x32");
            length += written;
        }
        else
        {
            Append(WindowWord, destination, ref length);
            Window.TryFormat(destination[length..], out int written);
            length += written;
        }

        Append(PositionWord, destination, ref length);
        Position.TryFormat(destination[length..], out int digits);
        return length + digits;
    }

    static bool TryReadPosition(ReadOnlySpan<byte> text, out long position)
    {
        position = 0;
        return TryTake(ref text, PositionWord) && Utf8Parser.TryParse(text, out position, out int length) && length == text.Length && position >= 0;
    }

    static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (!text.StartsWith(word))
            return false;
        text = text[word.Length..];
        return true;
    }

    static void Append(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int length)
    {
        bytes.CopyTo(destination[length..]);
        length += bytes.Length;
    }
}
