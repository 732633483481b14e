using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>One connection of stream sockets, with a limit on every wait.</summary>
public sealed unsafe class StreamConnection : IDisposable
{
    const int GroupsMax = 1024;

    static readonly TimeSpan s_sendWait = TimeSpan.FromMilliseconds(250);

    readonly SafeFileHandle _handle;

    // The limit holds for connecting too: where very many wait to be accepted.
    internal StreamConnection(SafeFileHandle handle)
    {
        _handle = handle;
        timeval wait = new() { tv_usec = (nint)s_sendWait.TotalMicroseconds };
        _ = setsockopt(Descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, (uint)sizeof(timeval));
    }

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>The process on the other side of a socket of the file system, as it was when it connected.</summary>
    /// <returns>False where the kernel doesn't tell.</returns>
    public bool TryFindPeer(out int pid, out uint uid, out uint gid)
    {
        ucred peer = default;
        uint length = (uint)sizeof(ucred);
        bool isFound = getsockopt(Descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && length == sizeof(ucred);
        (pid, uid, gid) = (peer.pid, peer.uid, peer.gid);
        return isFound;
    }

    /// <summary>Whether the process on the other side has the group among its supplementary ones.</summary>
    public bool HasPeerGroup(uint gid)
    {
        uint* groups = stackalloc uint[GroupsMax];
        uint length = GroupsMax * sizeof(uint);
        return getsockopt(Descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &length) == 0
            && new ReadOnlySpan<uint>(groups, (int)(length / sizeof(uint))).Contains(gid);
    }

    /// <summary>Connects to a path.</summary>
    /// <returns>False where nobody listens there, or it isn't allowed; see <paramref name="errno"/>.</returns>
    public static bool TryConnect(string path, [NotNullWhen(true)] out StreamConnection? connection, out int errno)
    {
        connection = null;
        errno = 0;
        sockaddr_un address = AddressOf(path, out uint length);
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            throw new AuditException("cannot make a socket: " + ErrorText.Of(Errno));
        var made = new StreamConnection(new SafeFileHandle(descriptor, ownsHandle: true));
        if (connect(descriptor, &address, length) == 0)
        {
            connection = made;
            return true;
        }

        errno = Errno;
        made.Dispose();
        return false;
    }

    /// <inheritdoc cref="TryConnect(string, out StreamConnection?, out int)"/>
    public static bool TryConnect(string path, [NotNullWhen(true)] out StreamConnection? connection) => TryConnect(path, out connection, out _);

    /// <summary>Receives what is there, or comes within the time.</summary>
    /// <returns>Bytes; 0 at the end of the other side; -1 where the time ran out or the connection broke.</returns>
    public int Receive(Span<byte> buffer, TimeSpan timeout)
    {
        if (!Readiness.Wait(Descriptor, -1, timeout))
            return -1;
        fixed (byte* start = buffer)
            return (int)Math.Max(read(Descriptor, start, (nuint)buffer.Length), -1);
    }

    /// <summary>Receives what is there, without waiting.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="received">Bytes; 0 at the end of the other side; -1 where the connection broke.</param>
    /// <returns>False where nothing is there yet.</returns>
    public bool TryReceiveNow(Span<byte> buffer, out int received)
    {
        fixed (byte* start = buffer)
            received = (int)Math.Max(recv(Descriptor, start, (nuint)buffer.Length, MSG_DONTWAIT), -1);
        return received >= 0 || Errno is not (EAGAIN or EINTR);
    }

    /// <summary>Sends as much as the other side has room for, without waiting.</summary>
    /// <returns>Bytes; -1 where the other side is gone.</returns>
    public int SendNow(ReadOnlySpan<byte> bytes)
    {
        nint sent;
        fixed (byte* start = bytes)
            sent = sendto(Descriptor, start, (nuint)bytes.Length, MSG_NOSIGNAL | MSG_DONTWAIT, null, 0);
        return sent >= 0 ? (int)sent : Errno is EAGAIN or EINTR ? 0 : -1;
    }

    /// <summary>Sends all of it.</summary>
    /// <returns>False where the time ran out, or the other side is gone.</returns>
    public bool TrySend(ReadOnlySpan<byte> bytes, TimeSpan timeout)
    {
        long began = Stopwatch.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            nint sent;
            fixed (byte* start = bytes)
                sent = sendto(Descriptor, start, (nuint)bytes.Length, MSG_NOSIGNAL, null, 0);
            if (sent < 0 && Errno is not (EAGAIN or EINTR))
                return false;
            bytes = bytes[(int)Math.Max(sent, 0)..];
            if (Stopwatch.GetElapsedTime(began) > timeout)
                return bytes.IsEmpty;
        }

        return true;
    }

    /// <summary>Sends a few bytes with a descriptor (SCM_RIGHTS), without waiting.</summary>
    /// <returns>False where the other side is gone, or hasn't room for all of it.</returns>
    public bool SendNow(ReadOnlySpan<byte> bytes, SafeFileHandle given) => DescriptorPassing.Send(Descriptor, bytes, given);

    /// <summary>As <see cref="Receive(Span{byte}, TimeSpan)"/>, with the descriptor that came beside it.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="timeout">How long it waits.</param>
    /// <param name="given">The descriptor; null for none.</param>
    public int Receive(Span<byte> buffer, TimeSpan timeout, out SafeFileHandle? given)
    {
        given = null;
        return Readiness.Wait(Descriptor, -1, timeout) ? DescriptorPassing.Receive(Descriptor, buffer, out given, out _) : -1;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    internal static sockaddr_un AddressOf(string path, out uint length)
    {
        sockaddr_un address = default;
        address.sun_family = AF_UNIX;
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length >= sockaddr_un.PathBytes)
            throw new AuditException($"the path {path} is too long for a socket: {sockaddr_un.PathBytes - 1} bytes at most");
        for (int index = 0; index < bytes.Length; index++)
            address.sun_path[index] = bytes[index];
        length = (uint)(sizeof(ushort) + bytes.Length + 1);
        return address;
    }
}
