using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>What came through a <see cref="MessageSocket"/>.</summary>
public enum MessageOutcome
{
    /// <summary>Nothing is there yet.</summary>
    None,

    /// <summary>A message.</summary>
    Message,

    /// <summary>The other side is gone.</summary>
    Ended,

    /// <summary>A message too long, or with more than one descriptor; all it had is closed.</summary>
    Unfit,
}

/// <summary>A unix(7) socket of whole messages (SOCK_SEQPACKET), each with one descriptor at most (SCM_RIGHTS).</summary>
/// <remarks>Nothing waits but <see cref="Wait"/> and <see cref="TryConnect"/>. Not for several threads.</remarks>
public sealed unsafe class MessageSocket : IDisposable
{
    const int WaitingMax = 128;

    static readonly TimeSpan s_connectWait = TimeSpan.FromSeconds(2);

    readonly SafeFileHandle _handle;

    MessageSocket(SafeFileHandle handle) => _handle = handle;

    /// <summary>The descriptor, for whom it's handed to.</summary>
    public SafeFileHandle Handle => _handle;

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Takes over a socket that this process was started with.</summary>
    public static MessageSocket Adopt(SafeFileHandle handle) => new(handle);

    /// <summary>Takes over a socket that others connect to, which this process was started with.</summary>
    /// <exception cref="AuditException">It's another kind of socket, or none.</exception>
    public static MessageSocket AdoptListening(SafeFileHandle handle)
    {
        var adopted = new MessageSocket(handle);
        int type = 0, listens = 0;
        uint length = sizeof(int);
        if (getsockopt(adopted.Descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_SEQPACKET
            && getsockopt(adopted.Descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens != 0
            && fcntl(adopted.Descriptor, F_SETFL, O_NONBLOCK) == 0)
            return adopted;
        adopted.Dispose();
        throw new AuditException("the socket that this service was started with is none that listens for messages (ListenSequentialPacket=)");
    }

    /// <summary>Listens at a path; a socket there that nobody listens to is replaced. Whoever finds the name finds it with its permissions.</summary>
    /// <exception cref="AuditException">Somebody listens there already, or the name can't be had.</exception>
    public static MessageSocket Listen(string path, UnixFileMode mode)
    {
        using (MessageSocket? other = TryConnect(path, out int errno))
        {
            if (other is not null || errno is not (ENOENT or ECONNREFUSED))
                throw new AuditException($"cannot listen at {path}: {(other is null ? ErrorText.Of(errno) : "another process does")}");
        }

        string made = path + ".new";
        var listening = new MessageSocket(Open(SOCK_NONBLOCK));
        try
        {
            File.Delete(made);
            sockaddr_un address = StreamConnection.AddressOf(made, out uint length);
            if (bind(listening.Descriptor, &address, length) != 0 || chmod(made, (uint)mode) != 0 || listen(listening.Descriptor, WaitingMax) != 0)
                throw new AuditException($"cannot listen at {path}: {ErrorText.Of(Errno)}");
            File.Move(made, path, overwrite: true);
            return listening;
        }
        catch
        {
            listening.Dispose();
            throw;
        }
    }

    /// <summary>Connects to a path; waits two seconds at most where many wait to be accepted.</summary>
    /// <returns>Null where nobody listens there; see <paramref name="errno"/>.</returns>
    public static MessageSocket? TryConnect(string path, out int errno)
    {
        sockaddr_un address = StreamConnection.AddressOf(path, out uint length);
        var made = new MessageSocket(Open(0));
        timeval wait = new() { tv_sec = (nint)s_connectWait.TotalSeconds };
        _ = setsockopt(made.Descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, (uint)sizeof(timeval));
        errno = connect(made.Descriptor, &address, length) == 0 ? 0 : Errno;
        if (errno == 0)
            return made;
        made.Dispose();
        return null;
    }

    /// <summary>Takes who has connected.</summary>
    /// <returns>Null where nobody has, who did is gone, or no descriptor is left.</returns>
    public MessageSocket? Accept()
    {
        int accepted = accept4(Descriptor, null, null, SOCK_CLOEXEC);
        return accepted < 0 ? null : new MessageSocket(new SafeFileHandle(accepted, ownsHandle: true));
    }

    /// <summary>The process on the other side, as it was when it connected.</summary>
    /// <returns>False where the kernel doesn't tell, as for one of a process namespace that isn't below ours.</returns>
    public bool TryFindPeer(out int pid, out uint uid)
    {
        ucred peer = default;
        uint length = (uint)sizeof(ucred);
        bool isFound = getsockopt(Descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && length == sizeof(ucred);
        (pid, uid) = (peer.pid, peer.uid);
        return isFound && pid > 0;
    }

    /// <summary>Waits until something is there.</summary>
    /// <returns>False where the time ran out.</returns>
    public bool Wait(TimeSpan timeout) => Readiness.Wait(Descriptor, -1, timeout);

    /// <summary>Sends a message.</summary>
    /// <param name="message">Not empty.</param>
    /// <param name="given">A descriptor that goes with it; null for none.</param>
    /// <returns>False where the other side is gone, or doesn't take it.</returns>
    public bool TrySend(ReadOnlySpan<byte> message, SafeFileHandle? given = null) => DescriptorPassing.Send(Descriptor, message, given);

    /// <summary>Receives a message that is there.</summary>
    /// <param name="buffer">Gets it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="given">The descriptor that came with it; null for none, and for every other outcome.</param>
    public MessageOutcome Receive(Span<byte> buffer, out int length, out SafeFileHandle? given)
    {
        length = DescriptorPassing.Receive(Descriptor, buffer, out given, out bool isCut);
        if (length < 0)
        {
            bool isEmpty = Errno is EAGAIN or EINTR;
            length = 0;
            return isEmpty ? MessageOutcome.None : MessageOutcome.Ended;
        }

        if (!isCut)
            return length == 0 ? MessageOutcome.Ended : MessageOutcome.Message;
        given?.Dispose();
        given = null;
        return MessageOutcome.Unfit;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    static SafeFileHandle Open(int flags)
    {
        int descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new AuditException("cannot make a socket: " + ErrorText.Of(Errno));
    }
}
