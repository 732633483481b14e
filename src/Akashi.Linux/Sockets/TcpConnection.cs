using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>A TCP connection, tcp(7); nothing of it waits but <see cref="Connect"/>.</summary>
/// <remarks>The kernel asks a silent other side after a minute whether it lives, and gives the connection up two minutes later.</remarks>
public sealed unsafe partial class TcpConnection : IDisposable
{
    /// <summary>What <see cref="Read"/> returns where nothing is there now.</summary>
    public const int Dry = -1;

    /// <summary>What <see cref="Read"/> and <see cref="Write"/> return where the connection is broken.</summary>
    public const int Broken = -2;

    const int IdleSeconds = 60;
    const int ProbeSeconds = 20;
    const int Probes = 6;

    readonly SafeFileHandle _handle;

    internal TcpConnection(SafeFileHandle handle, TcpAddress peer)
    {
        _handle = handle;
        Peer = peer;
        Set(IPPROTO_TCP, TCP_NODELAY, 1);
        Set(SOL_SOCKET, SO_KEEPALIVE, 1);
        ProbeRarely();
    }

    /// <summary>The other side.</summary>
    public TcpAddress Peer { get; }

    internal WaitPlace Place { get; } = new();

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Connects to a machine.</summary>
    /// <param name="name">A name or an address; finding it may take as long as the resolver likes.</param>
    /// <param name="port">Its port.</param>
    /// <param name="localPort">From which port; 0 for any.</param>
    /// <param name="timeout">How long each of its addresses may take.</param>
    /// <exception cref="AuditException">It isn't known, or doesn't take the connection.</exception>
    public static TcpConnection Connect(string name, int port, int localPort, TimeSpan timeout)
    {
        var hints = new addrinfo { ai_socktype = SOCK_STREAM };
        addrinfo* found;
        int answer = getaddrinfo(name, port.ToString(CultureInfo.InvariantCulture), &hints, &found);
        if (answer != 0)
            throw NameLookup.Refusal(name, answer);
        try
        {
            string reason = "no address";
            for (addrinfo* one = found; one is not null; one = one->ai_next)
            {
                if (one->ai_family is not (AF_INET or AF_INET6))
                    continue;
                if (TryConnect(one, localPort, timeout, ref reason) is { } connection)
                    return connection;
            }

            throw new AuditException($"cannot connect to {name} port {port}: {reason}");
        }
        finally
        {
            freeaddrinfo(found);
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes; 0 at the end of the other side; <see cref="Dry"/>; <see cref="Broken"/>.</returns>
    public int Read(Span<byte> buffer)
    {
        if (Tls is not null)
            return Tls.Read(buffer);
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
                count = read(Descriptor, start, (nuint)buffer.Length);
            if (count >= 0)
                return (int)count;
            int errno = Errno;
            if (errno != EINTR)
                return errno == EAGAIN ? Dry : Broken;
        }
    }

    /// <summary>Writes what there is room for.</summary>
    /// <returns>Bytes, 0 for no room now; <see cref="Broken"/>.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (Tls is not null)
            return Tls.Write(bytes);
        while (true)
        {
            nint count;
            fixed (byte* start = bytes)
                count = sendto(Descriptor, start, (nuint)bytes.Length, MSG_NOSIGNAL, null, 0);
            if (count >= 0)
                return (int)count;
            int errno = Errno;
            if (errno != EINTR)
                return errno == EAGAIN ? 0 : Broken;
        }
    }

    /// <summary>Has the kernel find out within three seconds whether the other side still knows this connection; one that doesn't breaks.</summary>
    public void ProbeNow()
    {
        Set(IPPROTO_TCP, TCP_KEEPIDLE, 1);
        Set(IPPROTO_TCP, TCP_KEEPINTVL, 1);
        Set(IPPROTO_TCP, TCP_KEEPCNT, 2);
        Set(IPPROTO_TCP, TCP_USER_TIMEOUT, 2500);
    }

    /// <summary>Ends what <see cref="ProbeNow"/> began.</summary>
    public void ProbeRarely()
    {
        Set(IPPROTO_TCP, TCP_KEEPIDLE, IdleSeconds);
        Set(IPPROTO_TCP, TCP_KEEPINTVL, ProbeSeconds);
        Set(IPPROTO_TCP, TCP_KEEPCNT, Probes);
        Set(IPPROTO_TCP, TCP_USER_TIMEOUT, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tls?.Dispose();
        _handle.Dispose();
        Place.IsClosed = true;
    }

    static TcpConnection? TryConnect(addrinfo* address, int localPort, TimeSpan timeout, ref string reason)
    {
        int descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
        {
            reason = ErrorText.Of(Errno);
            return null;
        }

        var connection = new TcpConnection(new SafeFileHandle(descriptor, ownsHandle: true), TcpAddress.Read((sockaddr_in6*)address->ai_addr));
        int errno = localPort == 0 ? 0 : BindTo(descriptor, address->ai_family, localPort);
        if (errno == 0)
            errno = connect(descriptor, address->ai_addr, address->ai_addrlen) == 0 ? 0 : Errno;
        if (errno == EINPROGRESS)
            errno = AwaitConnection(descriptor, timeout);
        if (errno == 0)
            return connection;
        reason = ErrorText.Of(errno);
        connection.Dispose();
        return null;
    }

    static int BindTo(int descriptor, int family, int port)
    {
        int yes = 1;
        _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(int));
        sockaddr_in6 address = new() { sin6_family = (ushort)family, sin6_port = BinaryPrimitives.ReverseEndianness((ushort)port) };
        return bind(descriptor, &address, family == AF_INET6 ? (uint)sizeof(sockaddr_in6) : (uint)sizeof(sockaddr_in)) == 0 ? 0 : Errno;
    }

    static int AwaitConnection(int descriptor, TimeSpan timeout)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(began);
            pollfd one = new() { fd = descriptor, events = POLLOUT };
            int ready = poll(&one, 1, (int)Math.Max(0, Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)));
            if (ready < 0 && Errno == EINTR)
                continue;
            if (ready <= 0)
                return ready < 0 ? Errno : ETIMEDOUT;
            int error = 0;
            uint length = sizeof(int);
            return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : Errno;
        }
    }

    void Set(int level, int name, int value) => _ = setsockopt(Descriptor, level, name, &value, sizeof(int));
}
