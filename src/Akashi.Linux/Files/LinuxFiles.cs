using Akashi.Host;
using Akashi.Linux.Compression;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>Files by the system calls themselves: .NET opens without O_APPEND, tells no inode, and loses the
/// reason's own words.</summary>
sealed unsafe class LinuxFiles : IFiles
{
    /// <inheritdoc/>
    /// <remarks>A pipe is refused: opening it would wait for a writer, without an end.</remarks>
    public SafeFileHandle OpenForReading(string path)
    {
        SafeFileHandle handle = Open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
        if ((Look(handle).stx_mode & S_IFMT) != S_IFIFO)
            return handle;
        handle.Dispose();
        throw new TrailException("open", path, 0, "it is a pipe, not a file");
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where somebody else may write to the directory, the name might be a link to another file, or a file that they keep open: a symbolic link, a
    /// file of another user and one of several names are refused, and rights beyond the mode are taken away.
    /// </remarks>
    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode)
    {
        int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK;
        SafeFileHandle handle = Open(path, flags, (uint)mode);
        statx found = Look(handle);
        string? reason = (found.stx_mode & S_IFMT) != S_IFREG ? "it is not a file"
            : found.stx_uid != geteuid() ? "it belongs to another user"
            : found.stx_nlink != 1 ? "it has another name too"
            : null;
        if (reason is not null)
        {
            handle.Dispose();
            throw new TrailException("write to", path, 0, reason);
        }

        if ((found.stx_mode & 0xFFF & ~(uint)mode) != 0)
            SetMode(handle, mode, path);
        return handle;
    }

    /// <inheritdoc/>
    public FileIdentity Identify(SafeFileHandle handle)
    {
        statx found = Look(handle);
        return new FileIdentity(makedev(found.stx_dev_major, found.stx_dev_minor), found.stx_ino, (long)found.stx_size);
    }

    /// <inheritdoc/>
    public FileKind KindOf(string path)
    {
        statx found;
        if (statx_of(AT_FDCWD, path, 0, STATX_TYPE, &found) != 0)
            return FileKind.Missing;
        FileKind kind = KindOf(found.stx_mode);
        if (kind != FileKind.Other || (found.stx_mode & S_IFMT) != S_IFCHR)
            return kind;
        int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
        if (descriptor < 0)
            return FileKind.Other;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return isatty(descriptor) == 1 ? FileKind.Terminal : FileKind.Other;
    }

    /// <inheritdoc/>
    public bool TryLook(string path, bool followsLink, out FileStatus status)
    {
        statx found;
        const uint Wanted = STATX_TYPE | STATX_MODE | STATX_UID | STATX_GID | STATX_INO;
        bool isFound = statx_of(AT_FDCWD, path, followsLink ? 0 : AT_SYMLINK_NOFOLLOW, Wanted, &found) == 0;
        status = !isFound ? default : new FileStatus(
            KindOf(found.stx_mode), (found.stx_mode & S_IFMT) == S_IFLNK, found.stx_uid, found.stx_gid,
            (UnixFileMode)(found.stx_mode & 0xFFF), makedev(found.stx_dev_major, found.stx_dev_minor), found.stx_ino);
        return isFound;
    }

    /// <inheritdoc/>
    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path)
    {
        using var held = new HeldDescriptor(handle);
        statvfs found;
        return fstatvfs(held.Value, &found) == 0
            ? new FileSystemSpace((long)(found.f_blocks * found.f_frsize), (long)(found.f_bavail * found.f_frsize), (long)found.f_bavail)
            : throw Refused("ask for the room around", path);
    }

    /// <inheritdoc/>
    public void SetGroup(SafeFileHandle handle, uint gid, string path)
    {
        using var held = new HeldDescriptor(handle);
        if (fchown(held.Value, uint.MaxValue, gid) != 0)
            throw Refused("change the group of", path);
    }

    /// <inheritdoc/>
    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path)
    {
        using var held = new HeldDescriptor(handle);
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint written = write(held.Value, start + done, (nuint)(bytes.Length - done));
                if (written >= 0)
                    done += (int)written;
                else if (Errno != EINTR)
                    throw Refused("write", path);
            }
        }
    }

    /// <inheritdoc/>
    public void Flush(SafeFileHandle handle, string path)
    {
        using var held = new HeldDescriptor(handle);
        while (fdatasync(held.Value) != 0)
        {
            if (Errno != EINTR)
                throw Refused("flush", path);
        }
    }

    /// <inheritdoc/>
    public void FlushWhole(SafeFileHandle handle, string path)
    {
        using var held = new HeldDescriptor(handle);
        while (fsync(held.Value) != 0)
        {
            if (Errno != EINTR)
                throw Refused("flush", path);
        }
    }

    /// <inheritdoc/>
    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path)
    {
        using var held = new HeldDescriptor(handle);
        if (fchmod(held.Value, (uint)mode) != 0)
            throw Refused("change the mode of", path);
    }

    /// <inheritdoc/>
    public IFileWatcher Watch(string path) => InotifyWatcher.Watch(path);

    /// <inheritdoc/>
    public Stream Unzstd(Stream packed, string path) => new ZstdStream(packed, path);

    /// <summary>What an st_mode speaks of; a character device is <see cref="FileKind.Other"/>, terminal or not.</summary>
    internal static FileKind KindOf(ushort mode) => (mode & S_IFMT) switch
    {
        S_IFREG => FileKind.Regular,
        S_IFDIR => FileKind.Directory,
        S_IFIFO => FileKind.Fifo,
        _ => FileKind.Other,
    };

    /// <summary>The exception for the last call's errno.</summary>
    internal static TrailException Refused(string operation, string path)
    {
        int errno = Errno;
        return new TrailException(operation, path, errno, ErrorText.Of(errno));
    }

    static SafeFileHandle Open(string path, int flags, uint mode)
    {
        int descriptor;
        do
        {
            descriptor = open(path, flags, mode);
        }
        while (descriptor < 0 && Errno == EINTR);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Refused("open", path);
    }

    static statx Look(SafeFileHandle handle)
    {
        using var held = new HeldDescriptor(handle);
        statx found;

        // Cannot fail: the descriptor is open, and every file system answers for one.
        return statx_of(held.Value, "", AT_EMPTY_PATH, STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_INO | STATX_SIZE, &found) == 0
            ? found
            : throw Refused("look at", "an open file");
    }
}
