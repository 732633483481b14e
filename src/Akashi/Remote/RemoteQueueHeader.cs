using System.Buffers.Binary;

namespace Akashi.Remote;

/// <summary>The first bytes of audisp-remote's queue file.</summary>
/// <remarks>
/// <code>
/// offset  0  14 bytes  NUL, "audisp-remote"
///        14  uint8     version, 0
///        15  uint8     0
///        16  uint32    slots                  big endian, all of it
///        20  uint32    bytes of a slot, 12288
///        24  uint32    index of the slot of the oldest record
///        28  uint32    records
/// </code>
/// It stands in a slot of its own: slot <c>i</c> is at <c>(i + 1) * 12288</c>. A slot holds a record, its line feed and a NUL; the file has its full size
/// from the start. Source: files that audispd-plugins 3.0.9 made.
/// </remarks>
/// <param name="Slots">How many records fit.</param>
/// <param name="Head">The index of the oldest.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct RemoteQueueHeader(uint Slots, uint Head, uint Count)
{
    /// <summary>Bytes of the header.</summary>
    public const int Bytes = 32;

    /// <summary>Bytes of a slot.</summary>
    public const int SlotBytes = 12288;

    /// <summary>The largest number of slots: 12 GB.</summary>
    public const uint SlotsMax = 1_000_000;

    static ReadOnlySpan<byte> Magic => "\0audisp-remote"u8;

    /// <summary>The size of the file.</summary>
    public long FileBytes => ((long)Slots + 1) * SlotBytes;

    /// <summary>Where the slot of a record is.</summary>
    /// <param name="index">0 for the oldest.</param>
    public long OffsetOf(uint index) => (((long)Head + index) % Slots + 1) * SlotBytes;

    /// <summary>Reads it.</summary>
    /// <param name="bytes">32 bytes or more.</param>
    /// <param name="header">The header; what it says of slots fits together.</param>
    /// <returns>Null; or what is wrong.</returns>
    public static string? TryRead(ReadOnlySpan<byte> bytes, out RemoteQueueHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic))
            return "it is no queue of audisp-remote";
        if (bytes[14] != 0)
            return $"its version is {bytes[14]}, not 0";
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]) != SlotBytes)
            return $"its slots are not of {SlotBytes} bytes";
        header = new RemoteQueueHeader(
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]));
        return header.Slots is 0 or > SlotsMax || header.Head >= header.Slots || header.Count > header.Slots ? "its header is damaged" : null;
    }

    /// <summary>Writes it.</summary>
    /// <param name="destination">32 bytes or more.</param>
    public void Write(Span<byte> destination)
    {
        destination[..Bytes].Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], Slots);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], SlotBytes);
        BinaryPrimitives.WriteUInt32BigEndian(destination[24..], Head);
        BinaryPrimitives.WriteUInt32BigEndian(destination[28..], Count);
    }
}
