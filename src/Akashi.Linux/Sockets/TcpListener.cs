using System.Buffers.Binary;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>How <see cref="TcpListener.Accept"/> ended.</summary>
public enum AcceptOutcome
{
    /// <summary>Somebody connected.</summary>
    Accepted,

    /// <summary>Nobody waits.</summary>
    Dry,

    /// <summary>This process or the machine has no descriptor left.</summary>
    Exhausted,
}

/// <summary>A TCP port that other machines connect to, on every address of this one, tcp(7); nothing of it waits.</summary>
public sealed unsafe class TcpListener : IDisposable
{
    readonly SafeFileHandle _handle;

    TcpListener(int descriptor) => _handle = new SafeFileHandle(descriptor, ownsHandle: true);

    internal WaitPlace Place { get; } = new();

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>The port.</summary>
    public int Port
    {
        get
        {
            sockaddr_in6 address = default;
            uint length = (uint)sizeof(sockaddr_in6);
            return getsockname(Descriptor, &address, &length) == 0 ? BinaryPrimitives.ReverseEndianness(address.sin6_port) : 0;
        }
    }

    /// <summary>Listens; for IPv6 and IPv4 where the machine has both.</summary>
    /// <param name="port">1 to 65535; 0 for one that is free.</param>
    /// <param name="waitingMax">How many may wait to be accepted.</param>
    /// <exception cref="AuditException">The port can't be had.</exception>
    public static TcpListener At(int port, int waitingMax)
    {
        int family = AF_INET6;
        int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
        {
            family = AF_INET;
            descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        }

        if (descriptor < 0)
            throw new AuditException("cannot make a socket: " + ErrorText.Of(Errno));
        var listener = new TcpListener(descriptor);
        int yes = 1, no = 0;
        _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(int));
        _ = setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(int));

        // The address of all is zero in both families; the port is at the same place.
        sockaddr_in6 address = new() { sin6_family = (ushort)family, sin6_port = BinaryPrimitives.ReverseEndianness((ushort)port) };
        uint length = family == AF_INET6 ? (uint)sizeof(sockaddr_in6) : (uint)sizeof(sockaddr_in);
        if (bind(descriptor, &address, length) == 0 && listen(descriptor, waitingMax) == 0)
            return listener;
        int errno = Errno;
        listener.Dispose();
        throw new AuditException($"cannot listen at port {port}: {ErrorText.Of(errno)}");
    }

    /// <summary>Changes how many may wait to be accepted.</summary>
    public void SetQueue(int waitingMax) => _ = listen(Descriptor, waitingMax);

    /// <summary>Takes who waits longest.</summary>
    public AcceptOutcome Accept(out TcpConnection? connection)
    {
        connection = null;
        while (true)
        {
            sockaddr_in6 address = default;
            uint length = (uint)sizeof(sockaddr_in6);
            int accepted = accept4(Descriptor, &address, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (accepted >= 0)
            {
                connection = new TcpConnection(new SafeFileHandle(accepted, ownsHandle: true), TcpAddress.Read(&address));
                return AcceptOutcome.Accepted;
            }

            switch (Errno)
            {
                case EAGAIN:
                    return AcceptOutcome.Dry;
                case EMFILE or ENFILE or ENOBUFS or ENOMEM:
                    return AcceptOutcome.Exhausted;
            }

            // Who connected has gone again: accept(2) gives that error, and the next may be well.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        Place.IsClosed = true;
    }
}
