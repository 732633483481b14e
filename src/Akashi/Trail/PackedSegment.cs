using System.IO.Compression;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>What a gzip or zstd archive holds, unpacked as it is read.</summary>
/// <remarks>
/// An archive is known by its first bytes: <c>1F 8B</c> for gzip (RFC 1952), <c>28 B5 2F FD</c> for zstd (RFC 8878), <c>50…5F 2A 4D 18</c> for
/// a zstd frame to be skipped. Nothing is unpacked that isn't asked for, and never more than the caller's buffer, however much an archive claims to hold.
/// Members and frames one behind the other are one text. An archive that is cut off or wrong ends where it is; <see cref="Damage"/> says why.
/// </remarks>
sealed class PackedSegment : IDisposable
{
    const int MagicBytes = 4;

    // What an unpacker has made when it comes upon a fault is lost with the call: small calls lose little.
    const int ReadBytesMax = 16 * 1024;

    // RFC 1952: ID1 ID2, CM 8, FLG, MTIME, XFL, OS 255; RFC 1951: one stored block of EndText; CRC32, ISIZE.
    static readonly byte[] s_endMember =
    [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF,
        0x01, 0x03, 0x00, 0xFC, 0xFF, 0x65, 0x6E, 0x64,
        0xB1, 0x33, 0xFC, 0x00, 0x03, 0x00, 0x00, 0x00,
    ];

    readonly IFiles _files;
    readonly SafeFileHandle _handle;
    readonly string _path;
    readonly bool _isGzip;
    byte[]? _passedOver;
    PackedBytes? _packed;
    Stream? _unpacked;
    long _offset;
    bool _isAtEnd;

    PackedSegment(IFiles files, SafeFileHandle handle, string path, bool isGzip)
    {
        _files = files;
        _handle = handle;
        _path = path;
        _isGzip = isGzip;
        Begin();
    }

    static ReadOnlySpan<byte> EndText => "end"u8;

    /// <summary>What is wrong with the archive; null for nothing so far.</summary>
    public string? Damage { get; private set; }

    /// <summary>Looks at the first bytes of an open file.</summary>
    /// <returns>Null where it's no archive.</returns>
    /// <exception cref="TrailException">It's an archive for which the library is missing.</exception>
    public static PackedSegment? TryOpen(IFiles files, SafeFileHandle handle, string path)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        int length;
        try
        {
            length = RandomAccess.Read(handle, magic, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not to be read at all: said by whoever reads it.
            return null;
        }

        bool isGzip = length >= 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        bool isZstd = length == MagicBytes
            && (magic.SequenceEqual((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
                || ((magic[0] & 0xF0) == 0x50 && magic[1..].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18])));
        return isGzip || isZstd ? new PackedSegment(files, handle, path, isGzip) : null;
    }

    /// <summary>Reads at an offset of what is unpacked; 0 at the end, also where the archive breaks off.</summary>
    public int Read(Span<byte> destination, long offset)
    {
        if (offset < _offset)
            Begin();
        while (_offset < offset && !_isAtEnd)
        {
            _passedOver ??= new byte[ReadBytesMax];
            ReadOn(_passedOver.AsSpan(0, (int)Math.Min(_passedOver.Length, offset - _offset)));
        }

        return _isAtEnd ? 0 : ReadOn(destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _unpacked?.Dispose();

    void Begin()
    {
        _unpacked?.Dispose();
        _packed = new PackedBytes(_handle);
        _unpacked = _isGzip ? new GZipStream(_packed, CompressionMode.Decompress) : _files.Unzstd(_packed, _path);
        _offset = 0;
        _isAtEnd = false;
    }

    int ReadOn(Span<byte> destination)
    {
        if (destination.Length > ReadBytesMax)
            destination = destination[..ReadBytesMax];
        int read = 0;
        try
        {
            read = _unpacked!.Read(destination);
            if (read == 0 && !destination.IsEmpty && !EndsWhole())
                Damage = "the archive is cut off, or not an archive to its end";
        }
        catch (InvalidDataException)
        {
            Damage = "the archive is damaged";
        }

        _isAtEnd = read == 0 && !destination.IsEmpty;
        _offset += read;
        return read;
    }

    // GZipStream doesn't tell an archive's end from the place where one is cut off. One more member behind it is unpacked as such only
    // behind a whole one: anywhere else its bytes are taken for something else. (An unpacker of zstd tells.)
    bool EndsWhole()
    {
        if (!_isGzip)
            return true;
        _packed!.ContinueWith(s_endMember);
        Span<byte> end = stackalloc byte[2 * EndText.Length];
        int length = 0;
        try
        {
            while (length < end.Length && _unpacked!.Read(end[length..]) is > 0 and int read)
                length += read;
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return end[..length].SequenceEqual(EndText);
    }
}
