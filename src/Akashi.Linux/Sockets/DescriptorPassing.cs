using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Bytes with one descriptor at most, over sockets of unix(7): sendmsg(2), recvmsg(2), SCM_RIGHTS. Nothing waits.</summary>
static unsafe class DescriptorPassing
{
    // The kernel counts descriptors by what is left of this: room for exactly one.
    const int ControlLength = 16 + sizeof(int);

    const int ControlRoom = 24;

    /// <summary>Sends all of it, or nothing that counts.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="bytes">Not empty.</param>
    /// <param name="given">What goes with it; null for nothing.</param>
    internal static bool Send(int descriptor, ReadOnlySpan<byte> bytes, SafeFileHandle? given)
    {
        byte* control = stackalloc byte[ControlRoom];
        using HeldDescriptor held = given is null ? default : new HeldDescriptor(given);
        fixed (byte* start = bytes)
        {
            iovec piece = new() { iov_base = start, iov_len = (nuint)bytes.Length };
            msghdr header = new() { msg_iov = &piece, msg_iovlen = 1 };
            if (given is not null)
            {
                *(cmsghdr*)control = new cmsghdr { cmsg_len = ControlLength, cmsg_level = SOL_SOCKET, cmsg_type = SCM_RIGHTS };
                *(int*)(control + sizeof(cmsghdr)) = held.Value;
                header.msg_control = control;
                header.msg_controllen = ControlRoom;
            }

            return sendmsg(descriptor, &header, MSG_NOSIGNAL | MSG_DONTWAIT) == bytes.Length;
        }
    }

    /// <summary>Receives what is there.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="buffer">Gets it.</param>
    /// <param name="given">What came with it; null for nothing.</param>
    /// <param name="isCut">Whether there were more bytes than room (of a message), or more descriptors than one.</param>
    /// <returns>Bytes; -1 for a fault, with errno.</returns>
    internal static int Receive(int descriptor, Span<byte> buffer, out SafeFileHandle? given, out bool isCut)
    {
        byte* control = stackalloc byte[ControlRoom];
        msghdr header;
        int length;
        fixed (byte* start = buffer)
        {
            iovec piece = new() { iov_base = start, iov_len = (nuint)buffer.Length };
            header = new msghdr { msg_iov = &piece, msg_iovlen = 1, msg_control = control, msg_controllen = ControlLength };
            length = (int)recvmsg(descriptor, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        }

        given = null;
        isCut = length >= 0 && (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
        if (length < 0)
            return length;
        cmsghdr found = *(cmsghdr*)control;
        if (header.msg_controllen >= ControlLength && found.cmsg_level == SOL_SOCKET && found.cmsg_type == SCM_RIGHTS && found.cmsg_len == ControlLength)
            given = new SafeFileHandle(*(int*)(control + sizeof(cmsghdr)), ownsHandle: true);
        return length;
    }
}
