using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Cli.SetupCommands;

/// <summary>The lock of /etc/passwd and its like, which whoever changes accounts by shadow's or systemd's tools holds: lckpwdf(3), fcntl(2).</summary>
static class AccountsLock
{
    /// <summary>Its file.</summary>
    public const string Path = "/etc/.pwd.lock";

    // Who may open it may keep everybody else from it by a read lock.
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    const int IsLocked = 11 /* EAGAIN */;
    const int IsLockedToo = 13 /* EACCES, fcntl(2) */;

    // As long as lckpwdf(3) waits: useradd and the like take less.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes it.</summary>
    /// <param name="path">Its file, but in tests <see cref="Path"/>; made where it's missing.</param>
    /// <exception cref="AuditException">Another program holds it, or it can't be had.</exception>
    public static IDisposable Take(string path = Path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = OwnersAlone,
            });
            for (long began = Stopwatch.GetTimestamp(); !TryLock(file);)
            {
                if (Stopwatch.GetElapsedTime(began) >= s_patience)
                    throw new AuditException($"another program changes accounts: it holds {path}");
                Thread.Sleep(s_rest);
            }

            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AuditException)
        {
            file?.Dispose();
            throw exception as AuditException ?? new AuditException($"cannot lock {path}: {FileFault.Describe(exception)}", exception);
        }
    }

    static bool TryLock(FileStream file)
    {
        try
        {
            file.Lock(0, 0);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && FileFault.ErrnoOf(exception) is IsLocked or IsLockedToo)
        {
            return false;
        }
    }
}
