using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Tests.Configuration;

/// <summary>Names and what stat tells of them; nothing can be opened.</summary>
sealed class StatusFiles : IFiles
{
    readonly Dictionary<string, FileStatus> _all = [];

    /// <summary>Adds one: its mode in octal digits.</summary>
    public StatusFiles Add(string path, FileKind kind, string mode, uint uid = 0, bool isLink = false)
    {
        _all[path] = new FileStatus(kind, isLink, uid, 0, (UnixFileMode)Convert.ToInt32(mode, 8), 1, (ulong)_all.Count);
        return this;
    }

    public bool TryLook(string path, bool followsLink, out FileStatus status)
    {
        bool isFound = _all.TryGetValue(path, out status);
        status = status with { IsSymbolicLink = status.IsSymbolicLink && !followsLink };
        return isFound;
    }


    public FileKind KindOf(string path) => _all.TryGetValue(path, out FileStatus status) ? status.Kind : FileKind.Missing;

    public SafeFileHandle OpenForReading(string path) => throw new TrailException("open", path, 13, "Permission denied");

    public FileIdentity Identify(SafeFileHandle handle) => throw new NotSupportedException();

    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path) => throw new NotSupportedException();

    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => throw new NotSupportedException();

    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path) => throw new NotSupportedException();

    public void Flush(SafeFileHandle handle, string path) => throw new NotSupportedException();

    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => throw new NotSupportedException();

    public void SetGroup(SafeFileHandle handle, uint gid, string path) => throw new NotSupportedException();

    public IFileWatcher Watch(string path) => throw new NotSupportedException();
}
