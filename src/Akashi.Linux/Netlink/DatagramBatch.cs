using System.Diagnostics;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>What one slot of a batch holds.</summary>
/// <param name="bytes">The datagram as far as it fits; valid until the next fill.</param>
/// <param name="senderPort">nl_pid of its sender's address; the kernel's is 0.</param>
/// <param name="isTruncated">Whether it was longer (MSG_TRUNC).</param>
readonly ref struct Datagram(ReadOnlySpan<byte> bytes, uint senderPort, bool isTruncated)
{
    internal ReadOnlySpan<byte> Bytes { get; } = bytes;

    internal uint SenderPort { get; } = senderPort;

    internal bool IsTruncated { get; } = isTruncated;
}

/// <summary>Receives datagrams 64 at a time, recvmmsg(2), and hands them out one by one, allocating nothing.</summary>
/// <remarks>
/// The arrays are pinned rather than native, so that a span kept too long reads old bytes and not freed memory.
/// Pages of slots that no burst ever reached are never touched.
/// </remarks>
sealed unsafe class DatagramBatch
{
    internal const int SlotCount = 64;

    /// <summary>Bytes of a slot: the longest message of libaudit (8970), and some, since the kernel promises no
    /// limit.</summary>
    internal const int SlotLength = 9216;

    readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(SlotCount * SlotLength, pinned: true);
    readonly iovec[] _vectors = GC.AllocateArray<iovec>(SlotCount, pinned: true);
    readonly sockaddr_nl[] _senders = GC.AllocateArray<sockaddr_nl>(SlotCount, pinned: true);
    readonly mmsghdr[] _messages = GC.AllocateArray<mmsghdr>(SlotCount, pinned: true);
    int _count;
    int _next;

    internal DatagramBatch()
    {
        Debug.Assert(SlotLength >= MAX_AUDIT_MESSAGE_LENGTH + NLMSG_HDRLEN);
        for (int slot = 0; slot < SlotCount; slot++)
        {
            _vectors[slot].iov_base = Address(_bytes, slot * SlotLength);
            _vectors[slot].iov_len = SlotLength;
            _messages[slot].msg_hdr.msg_iov = (iovec*)Address(_vectors, slot);
            _messages[slot].msg_hdr.msg_iovlen = 1;
            _messages[slot].msg_hdr.msg_name = Address(_senders, slot);
        }
    }

    /// <summary>Whether a datagram waits to be handed out.</summary>
    internal bool HasNext => _next < _count;

    /// <summary>How many datagrams wait to be handed out.</summary>
    internal int Left => _count - _next;

    /// <summary>Receives what is there, without waiting; only when all before is handed out.</summary>
    /// <returns>0, or the error number: EAGAIN where nothing is there.</returns>
    internal int Fill(int descriptor)
    {
        Debug.Assert(!HasNext);
        _next = _count = 0;

        // The kernel writes the lengths it found over these.
        for (int slot = 0; slot < SlotCount; slot++)
            _messages[slot].msg_hdr.msg_namelen = (uint)sizeof(sockaddr_nl);
        int count;
        do
        {
            count = recvmmsg(descriptor, (mmsghdr*)Address(_messages, 0), SlotCount, MSG_DONTWAIT, null);
        }
        while (count < 0 && Errno == EINTR);
        _count = Math.Max(count, 0);
        return count < 0 ? Errno : 0;
    }

    /// <summary>Hands the next datagram out; only when there is one.</summary>
    internal Datagram Next()
    {
        Debug.Assert(HasNext);
        int slot = _next++;
        ref readonly mmsghdr message = ref _messages[slot];
        int length = Math.Min((int)message.msg_len, SlotLength);
        uint senderPort = message.msg_hdr.msg_namelen >= (uint)sizeof(sockaddr_nl) ? _senders[slot].nl_pid : uint.MaxValue;
        bool isTruncated = (message.msg_hdr.msg_flags & MSG_TRUNC) != 0;
        return new Datagram(_bytes.AsSpan(slot * SlotLength, length), senderPort, isTruncated);
    }

    // The address of an element; the arrays are pinned for life.
    static void* Address<T>(T[] pinned, int index) where T : unmanaged
        => System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, index).ToPointer();
}
