using System.Buffers.Binary;

namespace Akashi.Remote;

/// <summary>What we keep behind the header of a queue file, in room that the original leaves alone: which stream it is, and how far.</summary>
/// <remarks>
/// <code>
/// offset 32  16 bytes  the stream's number           big endian, all of it
///        48  uint64    position of the oldest record
///        56  uint32    the header's head, and
///        60  uint32    its records, for which that holds
/// </code>
/// </remarks>
/// <param name="Stream">The stream's number.</param>
/// <param name="Position">The number of the oldest record.</param>
/// <param name="Head">The header's head when that was written, and</param>
/// <param name="Count">its records: where they are others, somebody else took or added records.</param>
public readonly record struct RemoteQueueMark(UInt128 Stream, long Position, uint Head, uint Count)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 32;

    /// <summary>Reads it.</summary>
    /// <param name="bytes">32 bytes or more.</param>
    /// <param name="mark">The mark.</param>
    /// <returns>False where there is none: the original made the file.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RemoteQueueMark mark)
    {
        mark = new RemoteQueueMark(
            BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]));
        return mark.Stream != 0 && mark.Position >= 0;
    }

    /// <summary>Writes it.</summary>
    /// <param name="destination">32 bytes or more.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, Stream);
        BinaryPrimitives.WriteInt64BigEndian(destination[16..], Position);
        BinaryPrimitives.WriteUInt32BigEndian(destination[24..], Head);
        BinaryPrimitives.WriteUInt32BigEndian(destination[28..], Count);
    }
}
