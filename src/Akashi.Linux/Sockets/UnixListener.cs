using System.Text;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>A unix(7) stream socket under a path, to which programs connect.</summary>
/// <remarks>Nobody can connect before the permissions are set. A stale socket of that path is replaced; anything else there is left alone.</remarks>
public sealed unsafe class UnixListener : IDisposable
{
    const int WaitingMax = 32;

    readonly SafeFileHandle _handle;
    readonly int _descriptor;
    readonly Waker _waker = new();
    readonly string _path;

    UnixListener(int descriptor, string path)
    {
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _path = path;
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="path">An absolute path of at most 107 bytes.</param>
    /// <param name="mode">Who may connect: those who may write.</param>
    /// <exception cref="AuditException">The path can't be had, or a program listens there.</exception>
    public static UnixListener Listen(string path, UnixFileMode mode)
    {
        sockaddr_un address = AddressOf(path, out uint length);
        RemoveStale(path, address, length);
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
            throw Refused(path);
        var listener = new UnixListener(descriptor, path);
        try
        {
            if (bind(descriptor, &address, length) != 0 || chmod(path, (uint)mode) != 0 || listen(descriptor, WaitingMax) != 0)
                throw Refused(path);
            return listener;
        }
        catch
        {
            listener._handle.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a program that connects.</summary>
    /// <returns>Null where <see cref="Wake"/> was called, or the program is gone again.</returns>
    /// <exception cref="AuditException">No descriptor is left.</exception>
    public UnixConnection? Accept()
    {
        if (!Readiness.Wait(_descriptor, _waker.Descriptor, Timeout.InfiniteTimeSpan))
            return null;
        int descriptor = accept4(_descriptor, null, null, SOCK_CLOEXEC);
        if (descriptor >= 0)
            return new UnixConnection(descriptor);
        return Errno is EAGAIN or EINTR or ECONNABORTED ? null : throw Refused(_path);
    }

    /// <summary>Ends a wait from another thread; the next one where none is going on.</summary>
    public void Wake() => _waker.Set();

    /// <summary>Ends listening, and takes the name away.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
            File.Delete(_path);
        _handle.Dispose();
        _waker.Dispose();
    }

    static sockaddr_un AddressOf(string path, out uint length)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length == 0 || bytes[0] != '/' || bytes.Length >= sockaddr_un.PathBytes)
            throw new AuditException($"cannot listen at {path}: an absolute path of at most {sockaddr_un.PathBytes - 1} bytes is needed");
        sockaddr_un address = default;
        address.sun_family = AF_UNIX;
        for (int index = 0; index < bytes.Length; index++)
            address.sun_path[index] = bytes[index];
        length = sizeof(ushort) + (uint)bytes.Length + 1;
        return address;
    }

    // Left by one that was killed: nobody answers there.
    static void RemoveStale(string path, sockaddr_un address, uint length)
    {
        statx found;
        if (statx_of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &found) != 0)
            return;
        if ((found.stx_mode & S_IFMT) != S_IFSOCK)
            throw new AuditException($"cannot listen at {path}: there is something that is no socket");
        using var probe = new SafeFileHandle(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), ownsHandle: true);
        if (connect((int)probe.DangerousGetHandle(), &address, length) == 0 || Errno == EAGAIN)
            throw new AuditException($"cannot listen at {path}: another program does");
        File.Delete(path);
    }

    static AuditException Refused(string path) => new($"cannot listen at {path}: {ErrorText.Of(Errno)}");
}
