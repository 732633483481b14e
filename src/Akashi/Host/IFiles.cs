using Microsoft.Win32.SafeHandles;

namespace Akashi.Host;

/// <summary>Which file an open handle is, wherever its name went since: fstat(2).</summary>
/// <param name="Device">st_dev.</param>
/// <param name="Inode">st_ino.</param>
/// <param name="LengthWhenOpened">st_size in bytes at that moment.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long LengthWhenOpened);

/// <summary>What kind of thing a standard stream or a path is.</summary>
public enum FileKind
{
    /// <summary>Nothing of that name, or not to be seen.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A pipe or named pipe.</summary>
    Fifo,

    /// <summary>A terminal.</summary>
    Terminal,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>What stands beside a name in its directory: statx(2).</summary>
/// <param name="Kind">What it is; of a symbolic link that isn't followed, <see cref="FileKind.Other"/>.</param>
/// <param name="IsSymbolicLink">Whether it's a symbolic link, not followed.</param>
/// <param name="Uid">Its owner.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Device">st_dev.</param>
/// <param name="Inode">st_ino.</param>
public readonly record struct FileStatus(
    FileKind Kind, bool IsSymbolicLink, uint Uid, uint Gid, UnixFileMode Mode, ulong Device, ulong Inode);

/// <summary>The room of a file system: statvfs(3).</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="FreeBytes">What is free for those without privilege.</param>
/// <param name="FreeBlocks">The same in blocks.</param>
public readonly record struct FileSystemSpace(long Bytes, long FreeBytes, long FreeBlocks);

/// <summary>Files, with what .NET doesn't tell of them.</summary>
public interface IFiles
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="TrailException">It can't be opened; carries path and reason in the C library's words.</exception>
    SafeFileHandle OpenForReading(string path);

    /// <summary>Which file an open handle is.</summary>
    FileIdentity Identify(SafeFileHandle handle);

    /// <summary>What a path leads to, following symbolic links.</summary>
    FileKind KindOf(string path);

    /// <summary>What a path is, or leads to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLink">Whether a symbolic link at its end is followed.</param>
    /// <param name="status">What it is; default where false is returned.</param>
    /// <returns>False where there is nothing of that name, or it's not to be seen.</returns>
    bool TryLook(string path, bool followsLink, out FileStatus status);

    /// <summary>The room of the file system an open file is on.</summary>
    /// <exception cref="TrailException">The disk doesn't say.</exception>
    FileSystemSpace SpaceAround(SafeFileHandle handle, string path);

    /// <summary>Opens a segment for appending, O_APPEND, creating it with the mode where it's missing.</summary>
    /// <exception cref="TrailException">It can't be opened; carries path and reason.</exception>
    SafeFileHandle OpenForAppending(string path, UnixFileMode mode);

    /// <summary>Writes the whole buffer at the handle's end with write(2).</summary>
    /// <exception cref="TrailException">The disk refused; <see cref="TrailException.Errno"/> says why.</exception>
    void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path);

    /// <summary>Has the written bytes on the disk before it returns, fdatasync(2).</summary>
    void Flush(SafeFileHandle handle, string path);

    /// <summary>As <see cref="Flush"/>, and what is known of the file (its times) too, fsync(2).</summary>
    void FlushWhole(SafeFileHandle handle, string path) => Flush(handle, path);

    /// <summary>Changes the permissions of an open file, fchmod(2).</summary>
    void SetMode(SafeFileHandle handle, UnixFileMode mode, string path);

    /// <summary>Changes the group of an open file, fchown(2).</summary>
    /// <exception cref="TrailException">It can't be changed.</exception>
    void SetGroup(SafeFileHandle handle, uint gid, string path);

    /// <summary>Watches a directory (what is made, written, moved or removed in it) or one file for changes.</summary>
    /// <exception cref="TrailException">It can't be watched; carries path and reason.</exception>
    IFileWatcher Watch(string path);

    /// <summary>Unpacks a zstd archive as it is read.</summary>
    /// <param name="packed">The archive; stays the caller's.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <returns>What it holds; reading throws InvalidDataException where the archive is damaged or cut off.</returns>
    /// <exception cref="TrailException">The machine has no library for it.</exception>
    Stream Unzstd(Stream packed, string path) => throw new TrailException("read", path, 0, "zstd archives can't be read here");
}
