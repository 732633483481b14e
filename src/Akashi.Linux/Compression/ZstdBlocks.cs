using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibZstd;

namespace Akashi.Linux.Compression;

/// <summary>Packs and unpacks whole blocks by the machine's libzstd, a frame each. For one thread.</summary>
public sealed unsafe class ZstdBlocks : IDisposable
{
    const int Level = 1;

    readonly Context _packer = new(ZSTD_createCCtx(), isPacker: true);
    readonly Context _unpacker = new(ZSTD_createDStream(), isPacker: false);

    ZstdBlocks()
    {
    }

    /// <summary>Makes it; null where the library is missing or there is no memory.</summary>
    public static ZstdBlocks? TryMake()
    {
        if (!TryLoadBlocks())
            return null;
        var blocks = new ZstdBlocks();
        if (!blocks._packer.IsInvalid && !blocks._unpacker.IsInvalid)
            return blocks;
        blocks.Dispose();
        return null;
    }

    /// <summary>Packs.</summary>
    /// <returns>The bytes written; 0 where the room is too small.</returns>
    public int Pack(ReadOnlySpan<byte> plain, Span<byte> packed)
    {
        fixed (byte* from = plain)
        fixed (byte* to = packed)
        {
            nuint length = ZSTD_compressCCtx(_packer.Pointer, to, (nuint)packed.Length, from, (nuint)plain.Length, Level);
            return ZSTD_isError(length) == 0 ? (int)length : 0;
        }
    }

    /// <summary>Unpacks; whatever the pack says, no more memory is taken than the room that is given.</summary>
    /// <returns>The bytes written; -1 where it's damaged or holds more.</returns>
    public int Unpack(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        fixed (byte* from = packed)
        fixed (byte* to = plain)
        {
            nuint length = ZSTD_decompressDCtx(_unpacker.Pointer, to, (nuint)plain.Length, from, (nuint)packed.Length);
            return ZSTD_isError(length) == 0 ? (int)length : -1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packer.Dispose();
        _unpacker.Dispose();
    }

    // Freed even where nobody disposed of it.
    sealed class Context : SafeHandleZeroOrMinusOneIsInvalid
    {
        readonly bool _isPacker;

        public Context(void* context, bool isPacker) : base(ownsHandle: true)
        {
            _isPacker = isPacker;
            SetHandle((nint)context);
        }

        public void* Pointer => (void*)handle;

        protected override bool ReleaseHandle() =>
            ZSTD_isError(_isPacker ? ZSTD_freeCCtx((void*)handle) : ZSTD_freeDStream((void*)handle)) == 0;
    }
}
