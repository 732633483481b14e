using System.Buffers.Binary;

namespace Akashi.Linux.Tests.Netlink;

/// <summary>Builds datagrams field by field, apart from the code under test. Little-endian, as all machines of the tests are.</summary>
static class Datagrams
{
    internal static byte[] Message(int type, int flags, uint sequence, byte[] payload, int? length = null)
    {
        byte[] message = new byte[(16 + payload.Length + 3) & ~3];
        BinaryPrimitives.WriteInt32LittleEndian(message, length ?? 16 + payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), (ushort)flags);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), sequence);
        payload.CopyTo(message, 16);
        return message;
    }

    /// <summary>An acknowledgement: NLMSG_ERROR with the error and the header of the request.</summary>
    internal static byte[] Acknowledgement(uint sequence, int error)
    {
        byte[] payload = new byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(payload, error);
        return Message(2, 0x100, sequence, payload);
    }
}
