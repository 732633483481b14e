using Akashi.Host;
using Akashi.Output;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibZstd;

namespace Akashi.Linux.Compression;

/// <summary>A zstd archive, unpacked as it is read by the machine's libzstd; frames one behind the other are one text.</summary>
/// <remarks>
/// A frame may look back at most 128 MB, what zstd itself unpacks without being asked to: an archive that wants more is damaged. That, and the
/// buffer for what is packed, is all the memory an archive can have us take, whatever it claims to hold.
/// </remarks>
sealed unsafe class ZstdStream : OneWayStream
{
    const int PackedBlockBytes = 64 * 1024;
    const int WindowLogMax = 27;

    readonly Stream _packed;
    readonly Unpacker _unpacker;
    readonly byte[] _block = new byte[PackedBlockBytes];
    int _length;
    int _consumed;
    bool _isWithinFrame;
    bool _hasMore;

    /// <summary>Begins an archive.</summary>
    /// <exception cref="TrailException">The library isn't installed.</exception>
    public ZstdStream(Stream packed, string path)
    {
        if (!TryLoad())
            throw new TrailException("read", path, 0, $"{Library} is missing (package libzstd1, on Fedora and its kin libzstd)");
        _packed = packed;
        _unpacker = new Unpacker(ZSTD_createDStream());
        if (_unpacker.IsInvalid)
            throw new TrailException("read", path, 0, "no memory for unpacking");
        _ = ZSTD_DCtx_setParameter(_unpacker.Pointer, ZSTD_d_windowLogMax, WindowLogMax);
    }

    public override bool CanRead => true;

    /// <summary>Reads what is unpacked.</summary>
    /// <returns>The bytes; 0 at the archive's end.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (true)
        {
            if (_consumed == _length && !_hasMore)
            {
                _length = _packed.Read(_block);
                _consumed = 0;
                if (_length == 0)
                    return _isWithinFrame ? throw new InvalidDataException("the archive is cut off") : 0;
            }

            int made = Unpack(buffer);
            if (made > 0)
                return made;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _unpacker.Dispose();
        base.Dispose(disposing);
    }

    int Unpack(Span<byte> buffer)
    {
        fixed (byte* from = _block)
        fixed (byte* to = buffer)
        {
            var packed = new ZSTD_inBuffer { src = from, size = (nuint)_length, pos = (nuint)_consumed };
            var made = new ZSTD_outBuffer { dst = to, size = (nuint)buffer.Length };
            nuint left = ZSTD_decompressStream(_unpacker.Pointer, &made, &packed);
            if (ZSTD_isError(left) != 0)
                throw new InvalidDataException("the archive is damaged");
            _isWithinFrame = left != 0;
            _consumed = (int)packed.pos;

            // What didn't fit waits inside, also where all that was packed is taken.
            _hasMore = left != 0 && made.pos == made.size;
            return (int)made.pos;
        }
    }

    // Freed even where nobody disposed of the stream.
    sealed class Unpacker : SafeHandleZeroOrMinusOneIsInvalid
    {
        public Unpacker(void* unpacker) : base(ownsHandle: true) => SetHandle((nint)unpacker);

        public void* Pointer => (void*)handle;

        protected override bool ReleaseHandle() => ZSTD_isError(ZSTD_freeDStream((void*)handle)) == 0;
    }
}
