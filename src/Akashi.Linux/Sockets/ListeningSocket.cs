using System.Buffers.Binary;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>A stream socket that others connect to: a path of the file system, or a port of the loopback address. Never another address.</summary>
public sealed unsafe class ListeningSocket : IDisposable
{
    // Who connects and says nothing waits here, too; the kernel cuts it to net.core.somaxconn.
    const int WaitingMax = 128;
    const uint LoopbackAddress = 0x7F00_0001;

    readonly SafeFileHandle _handle;

    ListeningSocket(SafeFileHandle handle) => _handle = handle;

    /// <summary>Listens at a path. Whoever finds the name finds a socket that has its permissions already.</summary>
    /// <remarks>A socket that nobody listens to any more is replaced; the directory must be one that nobody else writes to.</remarks>
    /// <param name="path">Where; shorter than 100 bytes.</param>
    /// <param name="mode">Who may connect: those with the right to write.</param>
    /// <param name="gid">The socket's group.</param>
    /// <exception cref="AuditException">Somebody listens there already, or the name can't be had.</exception>
    public static ListeningSocket AtPath(string path, UnixFileMode mode, uint gid)
    {
        bool isTaken = StreamConnection.TryConnect(path, out StreamConnection? other, out int errno);
        other?.Dispose();
        if (isTaken || errno is not (ENOENT or ECONNREFUSED))
            throw new AuditException($"cannot listen at {path}: {(isTaken ? "another process does" : ErrorText.Of(errno))}");

        string made = path + ".new";
        try
        {
            File.Delete(made);
            var listening = new ListeningSocket(Open(AF_UNIX));
            try
            {
                sockaddr_un address = StreamConnection.AddressOf(made, out uint length);
                listening.Bind(&address, length, path);
                File.SetUnixFileMode(made, mode);
                if (lchown(made, geteuid(), gid) != 0)
                    throw new AuditException($"cannot listen at {path}: {ErrorText.Of(Errno)}");
                listening.Listen(path);
                File.Move(made, path, overwrite: true);
                return listening;
            }
            catch
            {
                listening.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot listen at {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Listens at a port of 127.0.0.1.</summary>
    /// <param name="port">1 to 65535; 0 for one that is free.</param>
    /// <exception cref="AuditException">The port can't be had.</exception>
    public static ListeningSocket AtLoopback(int port)
    {
        string name = $"127.0.0.1:{port}";
        var listening = new ListeningSocket(Open(AF_INET));
        try
        {
            int yes = 1;
            _ = setsockopt((int)listening._handle.DangerousGetHandle(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(int));
            sockaddr_in address = default;
            address.sin_family = AF_INET;
            address.sin_port = BinaryPrimitives.ReverseEndianness((ushort)port);
            address.sin_addr = BinaryPrimitives.ReverseEndianness(LoopbackAddress);
            listening.Bind(&address, (uint)sizeof(sockaddr_in), name);
            listening.Listen(name);
            return listening;
        }
        catch
        {
            listening.Dispose();
            throw;
        }
    }

    /// <summary>The port; of a path 0.</summary>
    public int Port
    {
        get
        {
            sockaddr_in address = default;
            uint length = (uint)sizeof(sockaddr_in);
            return getsockname((int)_handle.DangerousGetHandle(), &address, &length) == 0 && address.sin_family == AF_INET
                ? BinaryPrimitives.ReverseEndianness(address.sin_port)
                : 0;
        }
    }

    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Takes somebody who has connected, without waiting; <see cref="WaitList"/> waits.</summary>
    /// <returns>Null where nobody has, who did is gone, or no descriptor is left.</returns>
    public StreamConnection? AcceptNow()
    {
        int accepted = accept4(Descriptor, null, null, SOCK_CLOEXEC);
        return accepted < 0 ? null : new StreamConnection(new SafeFileHandle(accepted, ownsHandle: true));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    static SafeFileHandle Open(int family)
    {
        // Not blocking: who connected may be gone before it is accepted.
        int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new AuditException("cannot make a socket: " + ErrorText.Of(Errno));
    }

    void Bind(void* address, uint length, string name)
    {
        if (bind((int)_handle.DangerousGetHandle(), address, length) != 0)
            throw new AuditException($"cannot listen at {name}: {ErrorText.Of(Errno)}");
    }

    void Listen(string name)
    {
        if (listen((int)_handle.DangerousGetHandle(), WaitingMax) != 0)
            throw new AuditException($"cannot listen at {name}: {ErrorText.Of(Errno)}");
    }
}
