using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Testing;

/// <summary>Files as .NET opens them; an identity is the path's hash.</summary>
public sealed class PlainFiles : IFiles
{
    const int NoSuchFile = 2;

    /// <inheritdoc/>
    public SafeFileHandle OpenForReading(string path) => File.Exists(path)
        ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete)
        : throw new TrailException("open", path, NoSuchFile, "No such file or directory");

    /// <inheritdoc/>
    public FileIdentity Identify(SafeFileHandle handle) =>
        new(1, (ulong)File.ResolveLinkTarget($"/proc/self/fd/{handle.DangerousGetHandle()}", false)!.FullName.GetHashCode(), RandomAccess.GetLength(handle));

    /// <inheritdoc/>
    public FileKind KindOf(string path) =>
        Directory.Exists(path) ? FileKind.Directory : File.Exists(path) ? FileKind.Regular : FileKind.Missing;

    /// <inheritdoc/>
    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Flush(SafeFileHandle handle, string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool TryLook(string path, bool followsLink, out FileStatus status) => throw new NotSupportedException();

    /// <inheritdoc/>
    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void SetGroup(SafeFileHandle handle, uint gid, string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IFileWatcher Watch(string path) => throw new NotSupportedException();
}
