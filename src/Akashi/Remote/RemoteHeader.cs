using System.Buffers.Binary;

namespace Akashi.Remote;

/// <summary>The header of a message between audisp-remote and auditd (the managed protocol).</summary>
/// <remarks>
/// <code>
/// offset  0  uint32  magic 0xFF0000FE     little endian, all of it
///         4  uint8   version of the header, 0
///         5  uint8   version of the message, 0
///         6  uint32  type
///        10  uint16  bytes of text behind the header
///        12  uint32  sequence; a reply has that of its message
///        16  text: a record, with or without a line feed
/// </code>
/// The first byte is one that no line begins with. Source: what audispd-plugins and auditd 3.0.9 send each other.
/// </remarks>
/// <param name="Type">What it is.</param>
/// <param name="TextBytes">Bytes of text behind the header.</param>
/// <param name="Sequence">Its number.</param>
public readonly record struct RemoteHeader(RemoteMessageType Type, int TextBytes, uint Sequence)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 16;

    /// <summary>The longest text that is received.</summary>
    public const int TextBytesMax = 12 * 1024;

    /// <summary>The longest text that an original receiver (3.0.9) takes whole: its buffer is 8970 bytes, header and all.</summary>
    public const int OriginalTextBytesMax = 8970 - Bytes;

    /// <summary>The first byte.</summary>
    public const byte FirstByte = 0xFE;

    const uint Magic = 0xFF00_00FE;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">16 bytes or more.</param>
    /// <param name="header">The header; its length may be anything up to 65535.</param>
    /// <param name="fault">What is wrong; None where nothing is.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RemoteHeader header, out RemoteFault fault)
    {
        header = new RemoteHeader(
            (RemoteMessageType)BinaryPrimitives.ReadUInt32LittleEndian(bytes[6..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
        fault = BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic ? RemoteFault.Magic
            : bytes[4] != 0 || bytes[5] != 0 ? RemoteFault.Version
            : header.TextBytes > TextBytesMax ? RemoteFault.TooLong
            : RemoteFault.None;
        return fault == RemoteFault.None;
    }

    /// <summary>Writes it.</summary>
    /// <param name="destination">16 bytes or more.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[6..], (uint)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], checked((ushort)TextBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], Sequence);
    }
}
