using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Whole lines of the daemon's own records, for whoever must put one into the trail beside the write stage.</summary>
/// <remarks>Used by the write stage's thread alone.</remarks>
/// <param name="text">Makes lines.</param>
/// <param name="own">Stamps them.</param>
public sealed class OwnLines(RecordText text, OwnRecords own)
{
    /// <summary>A line with its line feed, not enriched.</summary>
    public byte[] Make(RecordType type, ReadOnlySpan<byte> body)
    {
        Span<byte> stamped = stackalloc byte[OwnRecords.TextBytesMax];
        stamped = stamped[..own.Write(body, stamped)];
        byte[] line = new byte[text.LengthMax(stamped.Length) + 1];
        int length = text.Write(type, stamped, line);
        line[length] = (byte)'\n';
        return line[..(length + 1)];
    }
}
