using Akashi.Host;
using Akashi.Setup;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>The steps of a setup on this machine's files.</summary>
public sealed unsafe class SetupFiles : ISetupFiles
{
    const int AttributeBytesMax = 64 * 1024;

    // What a file of the same name has to keep: its SELinux label, its access list.
    static readonly string[] s_attributes = ["security.selinux", "system.posix_acl_access"];

    readonly LinuxFiles _files = new();

    /// <inheritdoc/>
    public FileState Look(string path)
    {
        if (!_files.TryLook(path, followsLink: false, out FileStatus status))
            return FileState.Missing;
        return Try("read", path, () => status switch
        {
            { IsSymbolicLink: true } => FileState.Link(new FileInfo(path).LinkTarget ?? ""),
            { Kind: FileKind.Directory } => FileState.Directory(status.Mode),
            { Kind: FileKind.Regular } => FileState.File(File.ReadAllBytes(path), status.Mode) with { Uid = status.Uid, Gid = status.Gid },
            _ => throw new TrailException("change", path, 0, "it is neither a file nor a link"),
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => Directory.Exists(directory)
        ? Try("read", directory, () => Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).ToArray())
        : [];

    /// <inheritdoc/>
    public void MakeDirectory(string path, UnixFileMode mode)
    {
        Try("make", path, () => Directory.CreateDirectory(path, mode));

        // Whatever the umask.
        Try("make", path, () => File.SetUnixFileMode(path, mode));
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <inheritdoc/>
    public void WriteNew(string path, FileState state, string? like)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using SafeFileHandle handle = OpenNew(path, OwnerOnly);
        _files.Append(handle, state.Bytes, path);
        using var held = new HeldDescriptor(handle);
        if (like is not null)
            CopyAttributes(like, held.Value, path);
        if (fchown(held.Value, state.Uid, state.Gid) != 0)
            throw LinuxFiles.Refused("change the owner of", path);

        // After the owner: changing it takes set-user-id away.
        _files.SetMode(handle, state.Mode, path);
        if (fsync(held.Value) != 0)
            throw LinuxFiles.Refused("flush", path);
    }

    /// <inheritdoc/>
    public void MakeLink(string path, string target) => Try("make", path, () => File.CreateSymbolicLink(path, target));

    /// <inheritdoc/>
    public void MakeName(string path, string existing)
    {
        if (link(existing, path) != 0)
            throw LinuxFiles.Refused("make", path);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => Try("rename", from, () => File.Move(from, to, overwrite: true));

    /// <inheritdoc/>
    public void Remove(string path) => Try("remove", path, () =>
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
            File.Delete(path);
    });

    /// <inheritdoc/>
    public void RemoveDirectory(string path) => Try("remove", path, () =>
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    });

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        if (!Directory.Exists(path))
            return;
        using SafeFileHandle handle = _files.OpenForReading(path);
        using var held = new HeldDescriptor(handle);
        if (fsync(held.Value) != 0)
            throw LinuxFiles.Refused("flush", path);
    }

    static SafeFileHandle OpenNew(string path, UnixFileMode mode)
    {
        int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (uint)mode);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxFiles.Refused("make", path);
    }

    static void CopyAttributes(string like, int descriptor, string path)
    {
        byte[] value = new byte[AttributeBytesMax];
        fixed (byte* start = value)
        {
            foreach (string name in s_attributes)
            {
                // Absent, or of a file system without them: nothing to keep.
                nint length = lgetxattr(like, name, start, (nuint)value.Length);
                if (length > 0 && fsetxattr(descriptor, name, start, (nuint)length, 0) != 0)
                    throw LinuxFiles.Refused($"keep {name} of", path);
            }
        }
    }

    static void Try(string operation, string path, Action act) => Try(operation, path, () =>
    {
        act();
        return true;
    });

    static T Try<T>(string operation, string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrailException(operation, path, FileFault.ErrnoOf(exception), FileFault.Describe(exception));
        }
    }
}
