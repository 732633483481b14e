using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Tests;

/// <summary>Real files on a disk that is full when the test says so.</summary>
sealed class RefusingFiles(IFiles inner) : IFiles
{
    const int NoSpace = 28;

    public bool Refuses { get; set; }

    /// <summary>Bytes of an append that still fit before the disk is full.</summary>
    public int TakesBeforeRefusing { get; set; }

    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path)
    {
        if (Refuses)
        {
            inner.Append(handle, bytes[..Math.Min(TakesBeforeRefusing, bytes.Length)], path);
            throw new TrailException("write", path, NoSpace, "No space left on device");
        }

        inner.Append(handle, bytes, path);
    }

    public SafeFileHandle OpenForReading(string path) => inner.OpenForReading(path);

    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => inner.OpenForAppending(path, mode);

    public FileIdentity Identify(SafeFileHandle handle) => inner.Identify(handle);

    public FileKind KindOf(string path) => inner.KindOf(path);

    public uint? FindOwner(string path) => inner.FindOwner(path);

    public void Flush(SafeFileHandle handle, string path) => inner.Flush(handle, path);

    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => inner.SetMode(handle, mode, path);

    public IFileWatcher Watch(string path) => inner.Watch(path);
}
