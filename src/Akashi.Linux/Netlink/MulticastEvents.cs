using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>The records of the kernel's audit as its multicast group sees them, beside whoever owns it.</summary>
/// <remarks>Here nlmsg_len is what netlink(7) says (kauditd_send_multicast_skb mends it), and one datagram has one
/// message.</remarks>
sealed class MulticastEvents : KernelEvents
{
    /// <summary>Bytes of the receive buffer by default: the kernel drops what finds no room, so it's ample.</summary>
    internal const int ReceiveBufferLength = 32 << 20;

    MulticastEvents(NetlinkSocket socket) : base(socket) { }

    /// <summary>Joins AUDIT_NLGRP_READLOG.</summary>
    /// <param name="receiveBufferLength">Bytes; tests make it small to see an overrun.</param>
    /// <exception cref="KernelRequestException">It can't be joined.</exception>
    internal static MulticastEvents Join(int receiveBufferLength = ReceiveBufferLength)
    {
        NetlinkSocket socket = NetlinkSocket.Open();
        socket.SetReceiveBuffer(receiveBufferLength);
        int errno = socket.SetOption(NETLINK_ADD_MEMBERSHIP, AUDIT_NLGRP_READLOG);
        if (errno == 0)
            return new MulticastEvents(socket);
        socket.Dispose();
        throw KernelRefusal.Of("join the kernel's audit multicast", errno, 0, RefusalPoint.Group, CAP_AUDIT_READ);
    }

    private protected override bool TryOpen(ReadOnlySpan<byte> datagram, out NetlinkMessage message)
    {
        ReadOnlySpan<byte> rest = datagram;
        return NetlinkMessage.TryTake(ref rest, out message) && rest.IsEmpty;
    }

    private protected override void ReleaseSource()
    {
        int errno = Socket.SetOption(NETLINK_DROP_MEMBERSHIP, AUDIT_NLGRP_READLOG);
        if (errno != 0)
            throw KernelRefusal.Of("leave the kernel's audit multicast", errno, 0, RefusalPoint.Group, CAP_AUDIT_READ);
    }
}
