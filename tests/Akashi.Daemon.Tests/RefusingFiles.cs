using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Tests;

/// <summary>Real files on a disk that is full when the test says so.</summary>
sealed class RefusingFiles(IFiles inner) : IFiles
{
    const int NoSpace = 28;

    public bool Refuses { get; set; }

    /// <summary>What a refusal says.</summary>
    public (int Errno, string Reason) Refusal { get; set; } = (NoSpace, "No space left on device");

    /// <summary>The room that is told; null for the real one.</summary>
    public FileSystemSpace? Space { get; set; }

    /// <summary>Bytes of an append that still fit before the disk is full.</summary>
    public int TakesBeforeRefusing { get; set; }

    /// <summary>Is called before anything is appended, by who appends it.</summary>
    public Action<string>? Appending { get; set; }

    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path)
    {
        Appending?.Invoke(path);
        if (Refuses)
        {
            inner.Append(handle, bytes[..Math.Min(TakesBeforeRefusing, bytes.Length)], path);
            throw new TrailException("write", path, Refusal.Errno, Refusal.Reason);
        }

        inner.Append(handle, bytes, path);
    }

    /// <summary>Is called before a file is opened for reading.</summary>
    public Action<string>? Opening { get; set; }

    public SafeFileHandle OpenForReading(string path)
    {
        Opening?.Invoke(path);
        return inner.OpenForReading(path);
    }

    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => inner.OpenForAppending(path, mode);

    public FileIdentity Identify(SafeFileHandle handle) => inner.Identify(handle);

    public FileKind KindOf(string path) => inner.KindOf(path);

    public void Flush(SafeFileHandle handle, string path) => inner.Flush(handle, path);

    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => inner.SetMode(handle, mode, path);

    public bool TryLook(string path, bool followsLink, out FileStatus status) => inner.TryLook(path, followsLink, out status);

    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path) => Space ?? inner.SpaceAround(handle, path);

    public void SetGroup(SafeFileHandle handle, uint gid, string path) => inner.SetGroup(handle, gid, path);

    public IFileWatcher Watch(string path) => inner.Watch(path);
}
