using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>One file of a trail, open: a rotation renames it but can't hide or repeat it any more.</summary>
public sealed class Segment : IDisposable
{
    Segment(string path, SafeFileHandle handle, FileIdentity identity)
    {
        Path = path;
        Handle = handle;
        Identity = identity;
    }

    /// <summary>The name it was opened by; it may have another one since.</summary>
    public string Path { get; }

    /// <summary>Which file it is, and its length when it was opened.</summary>
    public FileIdentity Identity { get; }

    /// <summary>For reading at offsets.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="TrailException">It can't be opened.</exception>
    public static Segment Open(IFiles files, string path)
    {
        SafeFileHandle handle = files.OpenForReading(path);
        return new Segment(path, handle, files.Identify(handle));
    }

    /// <summary>A place in it.</summary>
    public TrailPosition At(long offset) => new(Identity.Device, Identity.Inode, offset);

    /// <summary>Reads at an offset.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    /// <exception cref="TrailException">The disk refused.</exception>
    public int Read(Span<byte> destination, long offset)
    {
        try
        {
            return RandomAccess.Read(Handle, destination, offset);
        }
        catch (IOException exception)
        {
            throw new TrailException("read", Path, exception.HResult, exception.Message);
        }
        catch (UnauthorizedAccessException exception)
        {
            // A directory opens, but doesn't read (EISDIR comes out as this).
            throw new TrailException("read", Path, exception.HResult, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
