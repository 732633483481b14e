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

    /// <summary>The user that a path's file belongs to, following symbolic links; null where there is none to be seen.</summary>
    uint? FindOwner(string path);

    /// <summary>Opens a segment for appending, O_APPEND, creating it with the mode where it's missing.</summary>
    /// <exception cref="TrailException">It can't be opened; carries path and reason.</exception>
    SafeFileHandle OpenForAppending(string path, UnixFileMode mode);

    /// <summary>Writes the whole buffer at the handle's end with write(2).</summary>
    /// <exception cref="TrailException">The disk refused; <see cref="TrailException.Errno"/> says why.</exception>
    void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path);

    /// <summary>Has the written bytes on the disk before it returns, fdatasync(2).</summary>
    void Flush(SafeFileHandle handle, string path);

    /// <summary>Changes the permissions of an open file, fchmod(2).</summary>
    void SetMode(SafeFileHandle handle, UnixFileMode mode, string path);

    /// <summary>Watches a directory (what is made, written, moved or removed in it) or one file for changes.</summary>
    /// <exception cref="TrailException">It can't be watched; carries path and reason.</exception>
    IFileWatcher Watch(string path);
}
