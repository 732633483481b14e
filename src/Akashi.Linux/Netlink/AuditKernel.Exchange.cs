using System.Diagnostics;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>One request and its answer.</summary>
public sealed partial class AuditKernel
{
    /// <summary>How long the kernel may take for the next part of an answer.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(4);

    readonly byte[] _sent = new byte[NetlinkMessage.Align(MAX_AUDIT_MESSAGE_LENGTH + NLMSG_HDRLEN)];
    readonly byte[] _received = new byte[NetlinkMessage.Align(MAX_AUDIT_MESSAGE_LENGTH + NLMSG_HDRLEN)];
    uint _sequence;

    /// <summary>Asks for one message of data, which answers with the request's own type.</summary>
    byte[] Ask(string operation, ushort type, ReadOnlySpan<byte> payload)
        => Exchange(operation, type, payload, ReplyShape.One).Data[0];

    /// <summary>Sends a request and waits for its whole answer.</summary>
    /// <exception cref="KernelRequestException">The kernel refuses, or says nothing for
    /// <see cref="AnswerTimeout"/>.</exception>
    ReplyCollector Exchange(
        string operation, ushort type, ReadOnlySpan<byte> payload, ReplyShape shape, int capability = CAP_AUDIT_CONTROL)
    {
        // 0 is the sequence number of events.
        _sequence = _sequence == uint.MaxValue ? 1 : _sequence + 1;
        int length = NetlinkMessage.Write(_sent, type, NLM_F_REQUEST | NLM_F_ACK, _sequence, payload);
        int errno = _socket.Send(_sent.AsSpan(0, length));
        if (errno != 0)
            throw KernelRefusal.Of(operation, errno, _sequence, RefusalPoint.Send, capability);

        var reply = new ReplyCollector(_sequence, type, shape);
        while (!reply.IsComplete)
        {
            errno = ReceiveInto(reply);
            if (errno != 0)
                throw KernelRefusal.Of(operation, errno, _sequence, RefusalPoint.Answer, capability);
        }

        if (reply.Result >= 0)
            return reply;
        throw Refuse(operation, type, reply, capability);
    }

    /// <summary>Sends a request that changes something, and asks for no acknowledgement: the kernel works on a request before sendto(2) returns
    /// (netlink(7), kernel/audit.c: audit_receive), and answers by itself where it refuses. That saves it a datagram, and us its reception.</summary>
    /// <exception cref="KernelRequestException">The kernel refuses.</exception>
    void Change(string operation, ushort type, ReadOnlySpan<byte> payload)
    {
        _sequence = _sequence == uint.MaxValue ? 1 : _sequence + 1;
        int length = NetlinkMessage.Write(_sent, type, NLM_F_REQUEST, _sequence, payload);
        int errno = _socket.Send(_sent.AsSpan(0, length));
        if (errno != 0)
            throw KernelRefusal.Of(operation, errno, _sequence, RefusalPoint.Send, CAP_AUDIT_CONTROL);
        ReplyCollector? reply = null;
        while ((errno = _socket.Receive(_received, out length, out uint senderPort)) == 0)
        {
            reply ??= new ReplyCollector(_sequence, type, ReplyShape.Acknowledgement);
            if (length <= _received.Length)
                reply.Take(_received.AsSpan(0, length), senderPort);
        }

        if (errno != EAGAIN)
            throw KernelRefusal.Of(operation, errno, _sequence, RefusalPoint.Answer, CAP_AUDIT_CONTROL);
        if (reply?.Result < 0)
            throw Refuse(operation, type, reply, CAP_AUDIT_CONTROL);
    }

    KernelRequestException Refuse(string operation, ushort type, ReplyCollector reply, int capability)
    {
        uint sequence = _sequence;
        bool isImmutable = -reply.Result == EPERM && type != AUDIT_GET && capability == CAP_AUDIT_CONTROL && IsImmutable();
        RefusalPoint point = isImmutable ? RefusalPoint.ImmutableConfiguration : RefusalPoint.Answer;
        return KernelRefusal.Of(operation, -reply.Result, sequence, point, capability);
    }

    bool IsImmutable()
    {
        try
        {
            return GetStatus().Enabled == 2;
        }
        catch (KernelRequestException)
        {
            // No right even to ask; the first refusal says so.
            return false;
        }
    }

    // Takes datagrams until one belongs to the request. Others don't prolong the wait.
    // ENOBUFS passes through as it is: part of the answer was dropped, and the caller may ask again.
    int ReceiveInto(ReplyCollector reply)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            int errno = _socket.Receive(_received, out int length, out uint senderPort);
            if (errno == EAGAIN)
            {
                TimeSpan left = AnswerTimeout - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || !Readiness.Wait(_socket.Descriptor, -1, left))
                    return ETIMEDOUT;
                continue;
            }

            if (errno != 0)
                return errno;
            if (length > _received.Length)
                return EMSGSIZE;
            if (reply.Take(_received.AsSpan(0, length), senderPort))
                return 0;
            if (Stopwatch.GetElapsedTime(started) > AnswerTimeout)
                return ETIMEDOUT;
        }
    }
}
