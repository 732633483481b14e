using Akashi.Host;
using Akashi.Setup;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>The steps of a setup on this machine's files, or on those of an image below a directory: its links are followed inside of it alone.</summary>
/// <param name="root">The directory that no path leads out of; <c>/</c> for this machine.</param>
public sealed unsafe class SetupFiles(string root) : ISetupFiles
{
    const int AttributeBytesMax = 64 * 1024;
    const string Capability = "security.capability";

    // What a file of the same name has to keep: its SELinux label, its access list.
    static readonly string[] s_attributes = ["security.selinux", "system.posix_acl_access"];

    readonly LinuxFiles _files = new();
    readonly string _root = root.TrimEnd('/');

    /// <inheritdoc/>
    public FileState Look(string path)
    {
        if (Find(path) is not { } found)
            return FileState.Missing;
        using HeldPlace place = found;
        if (!_files.TryLook(place.Path, followsLink: false, out FileStatus status))
            return FileState.Missing;
        return Try("read", path, () => status switch
        {
            { IsSymbolicLink: true } => FileState.Link(new FileInfo(place.Path).LinkTarget ?? ""),
            { Kind: FileKind.Directory } => FileState.Directory(status.Mode),
            { Kind: FileKind.Regular } => FileState.File(Read(place, path), status.Mode) with { Uid = status.Uid, Gid = status.Gid, StartsSecurely = StartsSecurely(place.Path) },
            _ => throw new TrailException("change", path, 0, "it is neither a file nor a link"),
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        if (FindDirectory(directory) is not { } found)
            return [];
        using HeldPlace place = found;
        return Directory.Exists(place.Path)
            ? Try("read", directory, () => Directory.EnumerateFileSystemEntries(place.Path).Select(path => Path.GetFileName(path)).ToArray())
            : [];
    }

    /// <inheritdoc/>
    public void MakeDirectory(string path, UnixFileMode mode)
    {
        using HeldPlace place = Require("make", path);
        if (mkdir(place.Path, (uint)mode) != 0)
            throw LinuxFiles.Refused("make", path);

        // Whatever the umask.
        using SafeFileHandle made = Open("open", place, path, O_RDONLY | O_NONBLOCK);
        _files.SetMode(made, mode, path);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <inheritdoc/>
    public void WriteNew(string path, FileState state, string? like)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using HeldPlace place = Require("make", path);
        using SafeFileHandle handle = Open("make", place, path, O_WRONLY | O_CREAT | O_EXCL, OwnerOnly);
        _files.Append(handle, state.Bytes, path);
        using var held = new HeldDescriptor(handle);
        if (like is not null && Find(like) is { } model)
        {
            using (model)
                CopyAttributes(model.Path, held.Value, path);
        }

        if (fchown(held.Value, state.Uid, state.Gid) != 0)
            throw LinuxFiles.Refused("change the owner of", path);

        // After the owner: changing it takes set-user-id and capabilities away.
        _files.SetMode(handle, state.Mode, path);
        if (state.StartsSecurely)
            SetSecure(held.Value);
        if (fsync(held.Value) != 0)
            throw LinuxFiles.Refused("flush", path);
    }

    /// <inheritdoc/>
    public void MakeLink(string path, string target)
    {
        using HeldPlace place = Require("make", path);
        Try("make", path, () => File.CreateSymbolicLink(place.Path, target));
    }

    /// <inheritdoc/>
    public void MakeName(string path, string existing)
    {
        using HeldPlace place = Require("make", path), present = Require("make", existing);
        if (link(present.Path, place.Path) != 0)
            throw LinuxFiles.Refused("make", path);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        using HeldPlace old = Require("rename", from), place = Require("rename", to);
        Try("rename", from, () => File.Move(old.Path, place.Path, overwrite: true));
    }

    /// <inheritdoc/>
    public void Remove(string path)
    {
        if (Find(path) is not { } found)
            return;
        using HeldPlace place = found;
        Try("remove", path, () =>
        {
            if (Directory.Exists(Path.GetDirectoryName(place.Path)))
                File.Delete(place.Path);
        });
    }

    /// <inheritdoc/>
    public void RemoveDirectory(string path)
    {
        if (Find(path) is not { } found)
            return;
        using HeldPlace place = found;
        if (rmdir(place.Path) != 0 && Errno is not (ENOENT or ENOTDIR or ENOTEMPTY or EEXIST))
            throw LinuxFiles.Refused("remove", path);
    }

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        if (FindDirectory(path) is not { } found)
            return;
        using HeldPlace place = found;
        if (!Directory.Exists(place.Path))
            return;
        using SafeFileHandle handle = _files.OpenForReading(place.Path);
        using var held = new HeldDescriptor(handle);
        if (fsync(held.Value) != 0)
            throw LinuxFiles.Refused("flush", path);
    }

    HeldPlace Require(string operation, string path) => Find(path) ?? throw new TrailException(operation, path, ENOENT, ErrorText.Of(ENOENT));

    // By its directory, so that a link of its own name is not followed.
    HeldPlace? Find(string path)
    {
        if (_root.Length == 0)
            return new HeldPlace(path, -1);
        string inside = Inside(path);
        int slash = inside.LastIndexOf('/');
        string name = inside[(slash + 1)..];
        if (name is "" or "." or "..")
            throw new TrailException("use", path, 0, "it names no file of the image");
        int directory = ImageDirectory.Open(_root, inside[..slash]);
        return directory < 0 ? null : new HeldPlace($"/proc/self/fd/{directory}/{name}", directory);
    }

    HeldPlace? FindDirectory(string path)
    {
        if (_root.Length == 0)
            return new HeldPlace(path, -1);
        int directory = ImageDirectory.Open(_root, Inside(path));
        return directory < 0 ? null : new HeldPlace($"/proc/self/fd/{directory}", directory);
    }

    string Inside(string path) => path == _root ? "/"
        : path.StartsWith(_root + "/", StringComparison.Ordinal) ? path[_root.Length..]
        : throw new TrailException("use", path, 0, $"it is not below {_root}");

    static byte[] Read(HeldPlace place, string path)
    {
        using SafeFileHandle handle = Open("read", place, path, O_RDONLY | O_NONBLOCK);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    static SafeFileHandle Open(string operation, HeldPlace place, string path, int flags, UnixFileMode mode = 0)
    {
        int descriptor = open(place.Path, flags | O_CLOEXEC | O_NOFOLLOW, (uint)mode);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxFiles.Refused(operation, path);
    }

    static bool StartsSecurely(string path)
    {
        byte* value = stackalloc byte[FileCapabilities.BytesMax];
        nint length = lgetxattr(path, Capability, value, FileCapabilities.BytesMax);
        return length > 0 && new ReadOnlySpan<byte>(value, (int)length).SequenceEqual(FileCapabilities.None);
    }

    // A file system without it, or a container that may not: the file is what it is then, and looking at it says so.
    static void SetSecure(int descriptor)
    {
        fixed (byte* none = FileCapabilities.None)
            _ = fsetxattr(descriptor, Capability, none, (nuint)FileCapabilities.None.Length, 0);
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
            throw FileFault.Of(operation, path, exception);
        }
    }
}
