using Akashi.Tables;

namespace Akashi.Records;

/// <summary>Makes the line of a record out of what the kernel sent: <c>[node=NAME ]type=TYPE msg=TEXT</c>, and a line feed.</summary>
/// <remarks>
/// Whoever may write a user message chooses its bytes. A line feed in it would forge a second record, a NUL would hide the rest from readers in C,
/// the byte 0x1D would forge enriched fields: each becomes a blank, and blanks at the end are dropped.
/// </remarks>
/// <param name="node">The node's name; empty for no <c>node=</c>.</param>
public sealed class RecordText(ReadOnlyMemory<byte> node)
{
    /// <summary>The bytes a line needs beside its text and its node.</summary>
    public const int OverheadBytes = 16 + RecordTypeName.BytesMax;

    static ReadOnlySpan<byte> MessageWord => " msg="u8;

    /// <summary>The most bytes that <see cref="Write"/> writes for a text, the line feed included.</summary>
    public int LengthMax(int textBytes) => OverheadBytes + node.Length + textBytes;

    /// <summary>Writes one line without its line feed.</summary>
    /// <param name="type">The record type.</param>
    /// <param name="text">What follows <c>msg=</c>: <c>audit(…): …</c>; any bytes.</param>
    /// <param name="destination">At least <see cref="LengthMax"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Write(RecordType type, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int length = 0;
        if (!node.IsEmpty)
        {
            Append(Record.NodeWord, destination, ref length);
            Append(node.Span, destination, ref length);
            destination[length++] = (byte)' ';
        }

        Append(Record.TypeWord, destination, ref length);
        length += RecordTypeName.Format(type, destination[length..]);
        Append(MessageWord, destination, ref length);
        Span<byte> copy = destination.Slice(length, text.Length);
        text.CopyTo(copy);
        Defuse(copy);
        return length + copy.TrimEnd((byte)' ').Length;
    }

    static void Append(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int length)
    {
        bytes.CopyTo(destination[length..]);
        length += bytes.Length;
    }

    /// <summary>Makes blanks of the bytes that would forge a record or enriched fields.</summary>
    internal static void Defuse(Span<byte> text)
    {
        while (true)
        {
            int index = text.IndexOfAny((byte)'\n', (byte)0, Record.EnrichmentSeparator);
            if (index < 0)
                return;
            text[index] = (byte)' ';
            text = text[(index + 1)..];
        }
    }
}
