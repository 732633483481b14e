using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>What both sources of records share: receiving in batches, judging each datagram, waiting.</summary>
/// <remarks>
/// Only records come out. Whatever else reaches the socket is passed over inside: answers to requests (types below 1100 but
/// USER, 1005, and LOGIN, 1006), and AUDIT_REPLACE (1329), with which the kernel tries whether the owner still listens when another
/// process wants its audit; that other process's attempt makes a CONFIG_CHANGE record of its own.
/// </remarks>
abstract class KernelEvents : IKernelEvents
{
    readonly NetlinkSocket _socket;
    readonly DatagramBatch _batch = new();
    readonly Waker _waker = new();
    bool _isReleased;

    private protected KernelEvents(NetlinkSocket socket) => _socket = socket;

    /// <inheritdoc/>
    public ReceiveOutcome Receive(out KernelMessage message)
    {
        message = default;
        while (true)
        {
            if (!_batch.HasNext && Fill() is var outcome and not ReceiveOutcome.Message)
                return outcome;
            Datagram datagram = _batch.Next();
            if (datagram.SenderPort != 0)
                return ReceiveOutcome.Foreign;
            if (datagram.IsTruncated)
                return ReceiveOutcome.Truncated;
            if (!TryOpen(datagram.Bytes, out NetlinkMessage opened))
                return ReceiveOutcome.Foreign;
            if (IsRecord(opened.Type))
            {
                message = ToKernelMessage(opened);
                return ReceiveOutcome.Message;
            }
        }
    }

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout) => _batch.HasNext || Readiness.Wait(_socket.Descriptor, _waker.Descriptor, timeout);

    /// <inheritdoc/>
    public bool HoldsMessages => _batch.HasNext;

    /// <inheritdoc/>
    public virtual bool IsBehind => false;

    /// <inheritdoc/>
    public virtual void ExpectPause() { }

    /// <inheritdoc/>
    public virtual int? SetOutlivesExec(bool outlives) => null;

    /// <inheritdoc/>
    public void Rest(TimeSpan duration) => Readiness.Rest(_waker.Descriptor, duration);

    /// <inheritdoc/>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Release()
    {
        if (_isReleased)
            return;
        ReleaseSource();
        _isReleased = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Release();
        }
        catch (KernelRequestException)
        {
            // Somebody else's by now. Closing the socket is all there is left to give back.
            _isReleased = true;
        }

        _socket.Dispose();
        _waker.Dispose();
    }

    /// <summary>Whether a type is a record's, and not that of an answer or of the kernel's own housekeeping.</summary>
    internal static bool IsRecord(ushort type) => type is AUDIT_USER or AUDIT_LOGIN or >= AUDIT_FIRST_USER_MSG and not AUDIT_REPLACE;

    /// <summary>The socket, for requests that only it can make.</summary>
    private protected NetlinkSocket Socket => _socket;

    /// <summary>Reads the message of a datagram, by the length rules of the source.</summary>
    private protected abstract bool TryOpen(ReadOnlySpan<byte> datagram, out NetlinkMessage message);

    /// <summary>So many messages were taken from the socket; none where it holds none at this moment.</summary>
    private protected virtual void OnReceived(int messages) { }

    /// <summary>Has the kernel send no more.</summary>
    private protected abstract void ReleaseSource();

    // Message where there is something to hand out now.
    ReceiveOutcome Fill()
    {
        int errno = _batch.Fill(_socket.Descriptor);
        if (errno is 0 or EAGAIN)
            OnReceived(_batch.Left);
        return errno switch
        {
            0 => ReceiveOutcome.Message,
            EAGAIN => _isReleased ? ReceiveOutcome.Closed : ReceiveOutcome.Dry,
            ENOBUFS => ReceiveOutcome.Overrun,
            _ => throw KernelRefusal.Of("receive audit records", errno, 0, RefusalPoint.Answer),
        };
    }

    static KernelMessage ToKernelMessage(NetlinkMessage message)
    {
        ReadOnlySpan<byte> text = message.Payload;

        // Some kernels count a NUL behind the text.
        return new KernelMessage(message.Type, text is [.. var shorter, 0] ? shorter : text);
    }
}
