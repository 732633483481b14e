using System.Diagnostics.CodeAnalysis;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>A lock that processes of one machine hold by turns, flock(2) on a file; the kernel frees it when its
/// holder ends.</summary>
/// <remarks>Holding one proves that nobody else does who asks for the same file; it stops nobody who doesn't ask.</remarks>
public sealed class FileLock : IDisposable
{
    /// <summary>What everything holds that changes the kernel's audit for a while: tests, measurements, the start
    /// command.</summary>
    public const string AuditPath = "/run/akashi-audit.lock";

    readonly SafeFileHandle _handle;

    FileLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock where nobody has it; the file is made where it's missing.</summary>
    /// <returns>False, and null, where somebody has it.</returns>
    /// <exception cref="TrailException">The file can't be opened.</exception>
    public static bool TryTake(string path, [NotNullWhen(true)] out FileLock? taken)
        => TryTake(path, LOCK_EX | LOCK_NB, out taken);

    /// <summary>Takes the lock on a directory where nobody has it; nothing is made in it.</summary>
    /// <returns>False, and null, where somebody has it.</returns>
    /// <exception cref="TrailException">It can't be opened.</exception>
    public static bool TryTakeDirectory(string path, [NotNullWhen(true)] out FileLock? taken)
    {
        int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
        return descriptor >= 0 ? TryTake(descriptor, path, LOCK_EX | LOCK_NB, out taken) : throw LinuxFiles.Refused("open", path);
    }

    /// <summary>Takes the lock, waiting for whoever has it, without a limit.</summary>
    /// <exception cref="TrailException">The file can't be opened or locked.</exception>
    public static FileLock Take(string path)
        => TryTake(path, LOCK_EX, out FileLock? taken) ? taken : throw LinuxFiles.Refused("lock", path);

    /// <summary>Frees it; the file stays, since removing it would let two processes hold two files of one name.</summary>
    public void Dispose()
    {
        // A process that another thread is starting has a copy of the descriptor until its execve, and would hold the lock on.
        if (!_handle.IsClosed)
            _ = flock((int)_handle.DangerousGetHandle(), LOCK_UN);
        _handle.Dispose();
    }

    static bool TryTake(string path, int operation, [NotNullWhen(true)] out FileLock? taken)
    {
        int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0x180 /* rw------- */);
        if (descriptor < 0)
            throw LinuxFiles.Refused("open", path);

        // Whoever may open it may hold it: one that a careless umask made readable for all is closed to them.
        _ = fchmod(descriptor, 0x180);
        return TryTake(descriptor, path, operation, out taken);
    }

    static bool TryTake(int descriptor, string path, int operation, [NotNullWhen(true)] out FileLock? taken)
    {
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        taken = new FileLock(handle);
        while (flock(descriptor, operation) != 0)
        {
            int errno = Errno;
            if (errno == EINTR)
                continue;
            handle.Dispose();
            taken = null;
            return errno == EAGAIN ? false : throw new TrailException("lock", path, errno, ErrorText.Of(errno));
        }

        return true;
    }
}
