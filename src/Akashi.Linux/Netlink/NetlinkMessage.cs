using System.Diagnostics;
using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>One netlink message inside a datagram, netlink(7).</summary>
/// <remarks>
/// <code>
/// offset size
///      0    4  nlmsg_len    header and payload, without the padding behind it
///      4    2  nlmsg_type
///      6    2  nlmsg_flags
///      8    4  nlmsg_seq    that of the request which this answers; 0 for events
///     12    4  nlmsg_pid    port of the sender as it says; the address of the datagram is what counts
///     16       payload; the next message begins at the next multiple of 4
/// </code>
/// Host byte order.
/// </remarks>
readonly ref struct NetlinkMessage
{
    NetlinkMessage(nlmsghdr header, ReadOnlySpan<byte> payload)
    {
        Type = header.nlmsg_type;
        Flags = header.nlmsg_flags;
        Sequence = header.nlmsg_seq;
        Payload = payload;
    }

    /// <summary>nlmsg_type.</summary>
    internal ushort Type { get; }

    /// <summary>nlmsg_flags.</summary>
    internal ushort Flags { get; }

    /// <summary>nlmsg_seq.</summary>
    internal uint Sequence { get; }

    /// <summary>What follows the header, up to nlmsg_len.</summary>
    internal ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the first message off a datagram, by its nlmsg_len.</summary>
    /// <param name="datagram">What is left of the datagram; afterwards what follows the message.</param>
    /// <param name="message">The message; its payload lies in the datagram.</param>
    /// <returns>False where there is no whole message: the rest is left as it was.</returns>
    internal static bool TryTake(scoped ref ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        message = default;
        if (!MemoryMarshal.TryRead(datagram, out nlmsghdr header))
            return false;
        if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > (uint)datagram.Length)
            return false;
        int length = (int)header.nlmsg_len;
        message = new NetlinkMessage(header, datagram[NLMSG_HDRLEN..length]);
        datagram = datagram[Math.Min(Align(length), datagram.Length)..];
        return true;
    }

    /// <summary>Takes a whole datagram for one message, whatever its nlmsg_len says.</summary>
    /// <remarks>
    /// So come the records on the owner's socket: the kernel (audit_log_end) writes the payload's length there, and
    /// trusting it cuts the last 16 bytes of each record.
    /// </remarks>
    /// <returns>False where it is shorter than a header.</returns>
    internal static bool TryReadWhole(ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        message = default;
        if (!MemoryMarshal.TryRead(datagram, out nlmsghdr header))
            return false;
        message = new NetlinkMessage(header, datagram[NLMSG_HDRLEN..]);
        return true;
    }

    /// <summary>Writes a message, with zeros up to the next multiple of 4.</summary>
    /// <param name="destination">At least header, payload and padding long.</param>
    /// <returns>The bytes written, padding included.</returns>
    internal static int Write(Span<byte> destination, ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        int length = NLMSG_HDRLEN + payload.Length;
        Debug.Assert(destination.Length >= Align(length));
        var header = new nlmsghdr { nlmsg_len = (uint)length, nlmsg_type = type, nlmsg_flags = flags, nlmsg_seq = sequence };
        MemoryMarshal.Write(destination, header);
        payload.CopyTo(destination[NLMSG_HDRLEN..]);
        destination[length..Align(length)].Clear();
        return Align(length);
    }

    /// <summary>NLMSG_ALIGN.</summary>
    internal static int Align(int length) => (length + NLMSG_ALIGNTO - 1) & ~(NLMSG_ALIGNTO - 1);
}
