using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>A socket of NETLINK_AUDIT, bound to a port that the kernel chose.</summary>
sealed unsafe class NetlinkSocket : IDisposable
{
    readonly SafeFileHandle _handle;

    NetlinkSocket(int descriptor)
    {
        Descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The file descriptor, valid until Dispose.</summary>
    internal int Descriptor { get; }

    /// <summary>Opens one.</summary>
    /// <exception cref="KernelRequestException">The kernel has no audit, or no descriptor is left.</exception>
    internal static NetlinkSocket Open()
    {
        int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);
        if (descriptor < 0)
            throw KernelRefusal.Of("open the kernel's audit", Errno, 0, RefusalPoint.Socket);
        var opened = new NetlinkSocket(descriptor);
        var address = new sockaddr_nl { nl_family = AF_NETLINK };
        if (bind(descriptor, &address, (uint)sizeof(sockaddr_nl)) == 0)
            return opened;
        int errno = Errno;
        opened.Dispose();
        throw KernelRefusal.Of("open the kernel's audit", errno, 0, RefusalPoint.Socket);
    }

    /// <summary>Takes over a descriptor that this process got from the program it was before.</summary>
    /// <returns>Null where it is no socket of NETLINK_AUDIT; it's left alone then.</returns>
    internal static NetlinkSocket? Adopt(int descriptor)
    {
        if (descriptor < 3 || OptionOf(descriptor, SO_DOMAIN) != AF_NETLINK || OptionOf(descriptor, SO_PROTOCOL) != NETLINK_AUDIT)
            return null;
        var adopted = new NetlinkSocket(descriptor);
        adopted.SetClosesOnExec(true);
        return adopted;
    }

    /// <summary>Whether the descriptor ends when this process becomes another program.</summary>
    /// <returns>False where the kernel refuses.</returns>
    internal bool SetClosesOnExec(bool closes) => fcntl(Descriptor, F_SETFD, closes ? FD_CLOEXEC : 0) == 0;

    /// <summary>Sets an option of the netlink level to a number.</summary>
    /// <returns>0, or the error number.</returns>
    internal int SetOption(int name, int value)
        => setsockopt(Descriptor, SOL_NETLINK, name, &value, sizeof(int)) == 0 ? 0 : Errno;

    /// <summary>Sets the receive buffer; beyond net.core.rmem_max only with CAP_NET_ADMIN, else as large as that
    /// allows.</summary>
    /// <param name="length">Bytes, of which the kernel's own headers take a good part.</param>
    internal void SetReceiveBuffer(int length)
    {
        if (setsockopt(Descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &length, sizeof(int)) != 0)
            _ = setsockopt(Descriptor, SOL_SOCKET, SO_RCVBUF, &length, sizeof(int));
    }

    /// <summary>Bytes of kernel memory that unread datagrams hold, headers included; 0 where the kernel doesn't tell.</summary>
    internal long ReceiveMemory
    {
        get
        {
            uint* memory = stackalloc uint[SK_MEMINFO_VARS];
            uint length = SK_MEMINFO_VARS * sizeof(uint);
            return getsockopt(Descriptor, SOL_SOCKET, SO_MEMINFO, memory, &length) == 0 ? memory[SK_MEMINFO_RMEM_ALLOC] : 0;
        }
    }

    /// <summary>Sends a datagram to the kernel, which works on it before the call returns.</summary>
    /// <returns>0, or the error number.</returns>
    internal int Send(ReadOnlySpan<byte> datagram)
    {
        var kernel = new sockaddr_nl { nl_family = AF_NETLINK };
        fixed (byte* start = datagram)
        {
            while (sendto(Descriptor, start, (nuint)datagram.Length, 0, &kernel, (uint)sizeof(sockaddr_nl)) < 0)
            {
                if (Errno != EINTR)
                    return Errno;
            }
        }

        return 0;
    }

    /// <summary>Receives a datagram without waiting.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="length">The datagram's length in bytes; it's longer than the buffer where it was cut.</param>
    /// <param name="senderPort">nl_pid of the sender's address; the kernel's is 0.</param>
    /// <returns>0, or the error number: EAGAIN where nothing is there.</returns>
    internal int Receive(Span<byte> buffer, out int length, out uint senderPort)
        => Receive(buffer, MSG_DONTWAIT | MSG_TRUNC, out length, out senderPort);

    /// <summary>As <see cref="Receive(Span{byte}, out int, out uint)"/>, and leaves the datagram where it is.</summary>
    internal int Peek(Span<byte> buffer, out int length, out uint senderPort)
        => Receive(buffer, MSG_DONTWAIT | MSG_TRUNC | MSG_PEEK, out length, out senderPort);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    static int OptionOf(int descriptor, int name)
    {
        int value;
        uint length = sizeof(int);
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : -1;
    }

    int Receive(Span<byte> buffer, int flags, out int length, out uint senderPort)
    {
        sockaddr_nl sender = default;
        nint received;
        fixed (byte* start = buffer)
        {
            var vector = new iovec { iov_base = start, iov_len = (nuint)buffer.Length };
            var message = new msghdr
            {
                msg_name = &sender, msg_namelen = (uint)sizeof(sockaddr_nl), msg_iov = &vector, msg_iovlen = 1,
            };
            do
            {
                received = recvmsg(Descriptor, &message, flags);
            }
            while (received < 0 && Errno == EINTR);
        }

        senderPort = sender.nl_pid;
        length = received < 0 ? 0 : (int)received;
        return received < 0 ? Errno : 0;
    }
}
