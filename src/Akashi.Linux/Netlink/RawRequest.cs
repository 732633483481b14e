using System.Runtime.CompilerServices;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>Requests to the kernel's audit on a descriptor that somebody else holds: numbers in, error numbers out, nothing allocated, no lock.</summary>
/// <remarks>
/// The kernel works on a request inside sendto(2), so its acknowledgement lies on the socket when that returns, in front of what it answers besides.
/// It's looked at before it's taken: another thread's, on the same descriptor, is left to that thread.
/// </remarks>
static unsafe class RawRequest
{
    /// <summary>The longest payload in bytes: with header and padding 8970 at most.</summary>
    internal const int PayloadLengthMax = (MAX_AUDIT_MESSAGE_LENGTH & ~(NLMSG_ALIGNTO - 1)) - NLMSG_HDRLEN;

    const int AnswerMilliseconds = 4000;

    // Looks at somebody else's acknowledgement before it counts as forgotten there, and is taken away; a millisecond lies between two.
    const int ForeignLooksMax = 100;

    static int s_sequence;

    /// <summary>Sends a request and takes its acknowledgement.</summary>
    /// <param name="descriptor">A socket of NETLINK_AUDIT.</param>
    /// <param name="type">nlmsg_type.</param>
    /// <param name="payload">At most <see cref="PayloadLengthMax"/> bytes.</param>
    /// <param name="answer">The error member of the acknowledgement where it's no refusal: 0, or the value that some requests answer with.</param>
    /// <returns>The request's sequence number, 1 or more; or an error number, negative.</returns>
    internal static int Make(int descriptor, int type, ReadOnlySpan<byte> payload, out int answer)
    {
        answer = 0;
        int sequence = Send(descriptor, type, payload);
        if (sequence < 0)
            return sequence;
        int error = TakeAcknowledgement(descriptor, (uint)sequence, out answer);
        return error == 0 ? sequence : -error;
    }

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int Send(int descriptor, int type, ReadOnlySpan<byte> payload)
    {
        if (descriptor < 0)
            return -EBADF;
        if (payload.Length > PayloadLengthMax)
            return -EINVAL;
        int sequence = Interlocked.Increment(ref s_sequence) & int.MaxValue;
        if (sequence == 0)
            sequence = Interlocked.Increment(ref s_sequence) & int.MaxValue;

        Span<byte> message = stackalloc byte[MAX_AUDIT_MESSAGE_LENGTH];
        int length = NetlinkMessage.Write(message, (ushort)type, NLM_F_REQUEST | NLM_F_ACK, (uint)sequence, payload);
        var kernel = new sockaddr_nl { nl_family = AF_NETLINK };
        fixed (byte* start = message)
        {
            while (PlainLibC.sendto(descriptor, start, (nuint)length, 0, &kernel, (uint)sizeof(sockaddr_nl)) < 0)
            {
                if (PlainLibC.Errno != EINTR)
                    return -PlainLibC.Errno;
            }
        }

        return sequence;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int TakeAcknowledgement(int descriptor, uint sequence, out int answer)
    {
        answer = 0;
        byte* start = stackalloc byte[NLMSG_HDRLEN + sizeof(int)];
        for (int looks = 0; ; )
        {
            int length = Look(descriptor, start, MSG_PEEK);
            if (length == -EAGAIN)
            {
                var wait = new pollfd { fd = descriptor, events = POLLIN };
                if (PlainLibC.poll(&wait, 1, AnswerMilliseconds) == 0)
                    return ETIMEDOUT;
                continue;
            }

            if (length < 0)
                return -length;
            var header = (nlmsghdr*)start;
            if (length < NLMSG_HDRLEN + sizeof(int) || header->nlmsg_type != NLMSG_ERROR)
                return 0;
            bool isForeign = header->nlmsg_seq != sequence;
            if (isForeign && looks++ < ForeignLooksMax)
            {
                _ = PlainLibC.poll(null, 0, 1);
                continue;
            }

            int error = *(int*)(start + NLMSG_HDRLEN);
            _ = Look(descriptor, start, 0);
            if (isForeign)
                continue;
            answer = Math.Max(error, 0);
            return -Math.Min(error, 0);
        }
    }

    static int Look(int descriptor, byte* start, int flags)
    {
        nint length;
        do
        {
            length = PlainLibC.recvfrom(descriptor, start, NLMSG_HDRLEN + sizeof(int), flags | MSG_DONTWAIT, null, null);
        }
        while (length < 0 && PlainLibC.Errno == EINTR);
        return length < 0 ? -PlainLibC.Errno : (int)length;
    }
}
