using Akashi.Host;
using Akashi.Records;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>One file of a trail, open: a rotation renames it but can't hide or repeat it any more.</summary>
public sealed class Segment : IDisposable
{
    readonly PackedSegment? _packed;

    Segment(string path, SafeFileHandle handle, FileIdentity identity, PackedSegment? packed)
    {
        Path = path;
        Handle = handle;
        Identity = identity;
        _packed = packed;
    }

    /// <summary>The name it was opened by; it may have another one since.</summary>
    public string Path { get; }

    /// <summary>Which file it is, and its length when it was opened (packed, where it is).</summary>
    public FileIdentity Identity { get; }

    /// <summary>Whether it is a gzip or zstd archive, which can only be read from its beginning on.</summary>
    public bool IsPacked => _packed is not null;

    /// <summary>What is wrong with the archive, found while reading: lower case; null for nothing. What was read before is good.</summary>
    public string? Damage => _packed?.Damage;

    /// <summary>For reading at offsets.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">Its name.</param>
    /// <param name="unpacks">Whether an archive, known by its first bytes, is read as what it holds.</param>
    /// <exception cref="TrailException">It can't be opened, or it's an archive for which the library is missing.</exception>
    public static Segment Open(IFiles files, string path, bool unpacks = false)
    {
        SafeFileHandle handle = files.OpenForReading(path);
        try
        {
            return new Segment(path, handle, files.Identify(handle), unpacks ? PackedSegment.TryOpen(files, handle, path) : null);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A place in it.</summary>
    public TrailPosition At(long offset) => new(Identity.Device, Identity.Inode, offset);

    /// <summary>Reads at an offset; of an archive, of what it holds, where going back begins it anew.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    /// <exception cref="TrailException">The disk refused.</exception>
    public int Read(Span<byte> destination, long offset)
    {
        try
        {
            return _packed is null ? RandomAccess.Read(Handle, destination, offset) : _packed.Read(destination, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory opens, but doesn't read.
            throw FileFault.Of("read", Path, exception);
        }
    }

    /// <summary>Whether another is the same file, whatever their names.</summary>
    internal bool IsSame(Segment other) => (Identity.Device, Identity.Inode) == (other.Identity.Device, other.Identity.Inode);

    /// <summary>The stamp of its first record; false where none stands in its first 4 KB.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    internal bool TryReadFirstStamp(out EventStamp stamp)
    {
        const int FirstBytes = 4096;
        Span<byte> bytes = stackalloc byte[FirstBytes];
        bytes = bytes[..Read(bytes, 0)];
        foreach (Range range in bytes.Split((byte)'\n'))
        {
            if (Record.TryParse(bytes[range], out Record record, out _))
            {
                stamp = record.Stamp;
                return true;
            }
        }

        stamp = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed?.Dispose();
        Handle.Dispose();
    }
}
