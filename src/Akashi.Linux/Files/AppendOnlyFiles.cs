using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>What a file of a directory is, as far as its append-only flag is concerned.</summary>
/// <param name="Inode">Its number.</param>
/// <param name="SizeBytes">What it holds.</param>
/// <param name="Uid">Its owner.</param>
/// <param name="ModifiedUnixSeconds">When it was written last.</param>
/// <param name="IsAppendOnly">Whether it has the flag.</param>
public readonly record struct FlaggedFile(ulong Inode, long SizeBytes, uint Uid, long ModifiedUnixSeconds, bool IsAppendOnly);

/// <summary>Plain files that have the append-only flag of chattr(1), or are to have it (<see cref="AppendOnlyFlag"/>).</summary>
/// <remarks>Who has the flag's file open already isn't bound by it: the kernel asks at open(2) and truncate(2) alone.</remarks>
public static unsafe class AppendOnlyFiles
{
    const uint Wanted = STATX_TYPE | STATX_UID | STATX_INO | STATX_SIZE | STATX_MTIME;

    /// <summary>Looks at a plain file of a directory, without opening it.</summary>
    /// <returns>Null where it's none, or gone.</returns>
    public static FlaggedFile? Look(string path)
    {
        statx found;
        return statx_of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, Wanted, &found) == 0 ? Read(found) : null;
    }

    /// <summary>As <see cref="Look(string)"/>, of an open one.</summary>
    public static FlaggedFile? Look(SafeFileHandle handle)
    {
        statx found;
        using var held = new HeldDescriptor(handle);
        return statx_of(held.Value, "", AT_EMPTY_PATH, Wanted, &found) == 0 ? Read(found) : null;
    }

    /// <summary>Opens a plain file of a directory to change its flag, or to be looked at.</summary>
    /// <returns>Null where it's none, gone, or may not be opened.</returns>
    public static SafeFileHandle? Open(string path)
    {
        int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor < 0)
            return null;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Look(handle) is not null)
            return handle;
        handle.Dispose();
        return null;
    }

    /// <summary>Tries on a file without a name whether a directory's file system has the flag, and lets us set it.</summary>
    /// <returns>Null, or why not.</returns>
    public static string? TryIn(string directory)
    {
        int descriptor = open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, 0x180 /* rw------- */);
        if (descriptor < 0)
            return ErrorText.Of(Errno);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        int flags;
        if (ioctl(descriptor, FS_IOC_GETFLAGS, &flags) != 0)
            return Errno is ENOTTY or EOPNOTSUPP ? "its file system has no append-only flag (ext4, xfs, btrfs and, since Linux 6.6, tmpfs have)" : ErrorText.Of(Errno);
        return AppendOnlyFlag.TryChange(handle, true);
    }

    static FlaggedFile? Read(in statx found) => (found.stx_mode & S_IFMT) != S_IFREG ? null : new FlaggedFile(
        found.stx_ino, (long)found.stx_size, found.stx_uid, found.stx_mtime.tv_sec, (found.stx_attributes & STATX_ATTR_APPEND) != 0);
}
