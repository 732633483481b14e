using System.Buffers.Binary;

namespace Akashi.Daemon.Plugins;

/// <summary>Cuts what a plugin reads from the dispatcher into records, in both formats.</summary>
/// <remarks>
/// <code>
/// string   line LF
/// binary   offset 0  uint32  version, 0 or 1       host order
///                 4  uint32  16, bytes of this header
///                 8  uint32  record type
///                12  uint32  bytes of payload, without line feed
///                16  payload
/// </code>
/// Which of them it is shows at each record: no line begins with a NUL or 0x01 and three NUL.
/// </remarks>
static class PluginFrames
{
    /// <summary>Bytes of the binary header.</summary>
    public const int HeaderBytes = 16;

    /// <summary>What is longer is cut (a line) or not the dispatcher's (binary).</summary>
    public const int TextBytesMax = 60_000;

    /// <summary>Takes the first record of what was read.</summary>
    /// <param name="bytes">What was read and not taken yet.</param>
    /// <param name="isAtEnd">Whether nothing more will come.</param>
    /// <param name="record">The record.</param>
    /// <returns>The bytes it took; 0 where it isn't whole yet; -1 where it can't be the dispatcher's.</returns>
    public static int Take(ReadOnlySpan<byte> bytes, bool isAtEnd, out PluginRecord record)
    {
        record = default;
        if (bytes.IsEmpty)
            return 0;
        if (bytes[0] <= 1)
            return TakeBinary(bytes, out record);
        int length = bytes.IndexOf((byte)'\n');
        if (length < 0 && !isAtEnd && bytes.Length <= TextBytesMax)
            return 0;
        ReadOnlySpan<byte> line = length < 0 ? bytes : bytes[..length];
        record = new PluginRecord(0, 1, line[..Math.Min(line.Length, TextBytesMax)]);
        return length < 0 ? bytes.Length : length + 1;
    }

    /// <summary>Writes a binary header.</summary>
    public static void WriteHeader(Span<byte> destination, uint version, ushort type, int textBytes)
    {
        BitConverter.TryWriteBytes(destination, version);
        BitConverter.TryWriteBytes(destination[4..], (uint)HeaderBytes);
        BitConverter.TryWriteBytes(destination[8..], (uint)type);
        BitConverter.TryWriteBytes(destination[12..], (uint)textBytes);
    }

    static int TakeBinary(ReadOnlySpan<byte> bytes, out PluginRecord record)
    {
        record = default;
        if (bytes.Length < HeaderBytes)
            return 0;
        uint version = Number(bytes), header = Number(bytes[4..]), type = Number(bytes[8..]), size = Number(bytes[12..]);
        if (version > 1 || header != HeaderBytes || type > ushort.MaxValue || size > TextBytesMax)
            return -1;
        if (bytes.Length < HeaderBytes + (int)size)
            return 0;
        record = new PluginRecord((ushort)type, (byte)version, bytes.Slice(HeaderBytes, (int)size));
        return HeaderBytes + (int)size;
    }

    static uint Number(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
