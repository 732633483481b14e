using System.Runtime.InteropServices;
using Akashi.Host;
using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>The records of the kernel's audit, sent to this process as its owner.</summary>
/// <remarks>
/// The kernel sends them to the port of the socket on which AUDIT_SET came with the sender's own pid, so this socket
/// makes that one request. It makes it without NLM_F_ACK: then success is silent and no answer can lie among the
/// records (on older kernels, where records may come before the acknowledgement), while a refusal is answered, and
/// has been when sendto(2) returns, for the kernel works on a request inside that call. Giving the audit back is
/// asked on another socket: the kernel only looks at the pid. With NETLINK_NO_ENOBUFS a full receive buffer drops
/// nothing: the kernel keeps what it couldn't send in its backlog.
/// </remarks>
sealed class OwnerEvents : KernelEvents
{
    const uint RegisterSequence = 1;

    readonly ReceiveRoom _room;

    OwnerEvents(NetlinkSocket socket, bool isWide) : base(socket) => _room = new ReceiveRoom(socket, isWide);

    /// <inheritdoc/>
    public override bool IsBehind => _room.IsWide;

    /// <inheritdoc/>
    public override void ExpectPause() => _room.Widen();

    /// <inheritdoc/>
    public override int? SetOutlivesExec(bool outlives)
    {
        _room.Hold(outlives);
        return Socket.SetClosesOnExec(!outlives) ? Socket.Descriptor : null;
    }

    private protected override void OnReceived(int messages) => _room.NoteReceived(messages);

    /// <summary>Takes the kernel's audit.</summary>
    /// <exception cref="KernelRequestException">It can't be had; EEXIST where another process has it.</exception>
    internal static OwnerEvents Take()
    {
        NetlinkSocket socket = NetlinkSocket.Open();
        try
        {
            ReceiveRoom.SetUsual(socket);

            // Not refused by any kernel since 2.6.30; without it the kernel would count drops that are none.
            int errno = socket.SetOption(NETLINK_NO_ENOBUFS, 1);
            if (errno != 0)
                throw KernelRefusal.Of("take the kernel's audit", errno, 0, RefusalPoint.Socket);
            Register(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new OwnerEvents(socket, isWide: false);
    }

    /// <summary>Goes on with the socket of the program that this process was before, which owned the kernel's audit.</summary>
    /// <remarks>The kernel is asked nothing: with a full backlog it would answer only after backlog_wait_time, while nobody reads.</remarks>
    /// <exception cref="KernelRequestException">The descriptor is no such socket.</exception>
    internal static OwnerEvents Adopt(int descriptor) => NetlinkSocket.Adopt(descriptor) is { } socket
        ? new OwnerEvents(socket, isWide: true)
        : throw new KernelRequestException("adopt the kernel's audit", EBADF, 0, $"descriptor {descriptor} is no socket of it");

    private protected override bool TryOpen(ReadOnlySpan<byte> datagram, out NetlinkMessage message)
        => NetlinkMessage.TryReadWhole(datagram, out message);

    private protected override void ReleaseSource()
    {
        using var kernel = new AuditKernel();
        if (kernel.GetStatus().Pid == (uint)Environment.ProcessId)
            kernel.SetStatus(AuditStatusMask.Pid, default);
    }

    static void Register(NetlinkSocket socket)
    {
        var set = new audit_status { mask = AUDIT_STATUS_PID, pid = (uint)Environment.ProcessId };
        Span<byte> request = stackalloc byte[128];
        int length = NetlinkMessage.Write(
            request, AUDIT_SET, NLM_F_REQUEST, RegisterSequence, MemoryMarshal.AsBytes(new ReadOnlySpan<audit_status>(in set)));
        int errno = socket.Send(request[..length]);
        if (errno != 0)
            throw KernelRefusal.Of("take the kernel's audit", errno, RegisterSequence, RefusalPoint.Send);
        errno = FindRefusal(socket);
        if (errno == EEXIST)
            throw new KernelRequestException("take the kernel's audit", EEXIST, RegisterSequence, DescribeOwner());
        if (errno != 0)
            throw KernelRefusal.Of("take the kernel's audit", errno, RegisterSequence, RefusalPoint.Answer);
    }

    // The refusal, where there is one, is the only message: no records come to a socket that wasn't accepted.
    // Peeking leaves a first record where it is. The refusal repeats the request behind its error, so that its
    // nlmsg_len exceeds what is peeked at.
    static int FindRefusal(NetlinkSocket socket)
    {
        Span<byte> start = stackalloc byte[NLMSG_HDRLEN + sizeof(int)];
        if (socket.Peek(start, out int length, out uint senderPort) != 0 || length < start.Length || senderPort != 0)
            return 0;
        return NetlinkMessage.TryReadWhole(start, out NetlinkMessage message)
            && message.Type == NLMSG_ERROR && message.Sequence == RegisterSequence
            ? -Math.Min(MemoryMarshal.Read<int>(message.Payload), 0)
            : 0;
    }

    // Says who has it, as far as it can be found out; the owner may be gone by now.
    static string DescribeOwner()
    {
        try
        {
            using var kernel = new AuditKernel();
            uint owner = kernel.GetStatus().Pid;
            string? name = ProcText.Read($"/proc/{owner}/comm");
            return name is null ? $"process {owner} owns it" : $"{name} (process {owner}) owns it";
        }
        catch (KernelRequestException)
        {
            return "another process owns it";
        }
    }
}
