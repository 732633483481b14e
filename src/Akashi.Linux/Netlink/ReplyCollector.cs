using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>What the kernel's answer to a request is made of, besides the acknowledgement.</summary>
enum ReplyShape
{
    /// <summary>Nothing.</summary>
    Acknowledgement,

    /// <summary>One message of data.</summary>
    One,

    /// <summary>Messages of data, and NLMSG_DONE after the last.</summary>
    List,
}

/// <summary>Puts the answer to one request together, out of whatever arrives on its socket.</summary>
/// <remarks>
/// The acknowledgement (an NLMSG_ERROR whose error is 0) mostly comes before the data, which a kernel thread sends;
/// the order is not relied on. Messages of other sequence numbers are answers that came too late for their request,
/// and are passed over; so is whatever doesn't come from the kernel.
/// </remarks>
/// <param name="sequence">nlmsg_seq of the request.</param>
/// <param name="dataType">nlmsg_type of the data.</param>
/// <param name="shape">When the answer is complete.</param>
sealed class ReplyCollector(uint sequence, ushort dataType, ReplyShape shape)
{
    readonly List<byte[]> _data = [];
    bool _isAcknowledged;
    bool _isDone;

    /// <summary>The error member of the acknowledgement: 0, the negative error number of a refusal, or the value
    /// that some requests answer with (AUDIT_SET with AUDIT_STATUS_LOST alone).</summary>
    internal int Result { get; private set; }

    /// <summary>The payloads of the data, in their order.</summary>
    internal IReadOnlyList<byte[]> Data => _data;

    /// <summary>Messages passed over: not from the kernel, not for this request, or damaged.</summary>
    internal int IgnoredCount { get; private set; }

    /// <summary>Whether nothing more will come.</summary>
    internal bool IsComplete => _isAcknowledged && (Result < 0 || shape switch
    {
        ReplyShape.Acknowledgement => true,
        ReplyShape.One => _data.Count > 0,
        _ => _isDone,
    });

    /// <summary>Takes what belongs to the request out of a datagram.</summary>
    /// <param name="datagram">As received.</param>
    /// <param name="senderPort">nl_pid of the sender's address; the kernel's is 0.</param>
    /// <returns>Whether anything belonged to it.</returns>
    internal bool Take(ReadOnlySpan<byte> datagram, uint senderPort)
    {
        if (senderPort != 0)
        {
            IgnoredCount++;
            return false;
        }

        bool isOurs = false;
        while (datagram.Length > 0)
        {
            if (!NetlinkMessage.TryTake(ref datagram, out NetlinkMessage message))
            {
                IgnoredCount++;
                break;
            }

            if (message.Sequence == sequence && Accept(message))
                isOurs = true;
            else
                IgnoredCount++;
        }

        return isOurs;
    }

    bool Accept(NetlinkMessage message)
    {
        if (message.Type == NLMSG_ERROR)
        {
            if (!MemoryMarshal.TryRead(message.Payload, out int error))
                return false;
            Result = error;
            _isAcknowledged = true;
            return true;
        }

        if (message.Type == NLMSG_DONE)
        {
            _isDone = true;
            return shape == ReplyShape.List;
        }

        if (message.Type != dataType || shape == ReplyShape.Acknowledgement)
            return false;
        _data.Add(message.Payload.ToArray());
        return true;
    }
}
