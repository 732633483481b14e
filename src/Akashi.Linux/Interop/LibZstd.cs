using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>zstd.h, version 1.4 and later: what packing and unpacking a stream needs, looked up when it's needed first.</summary>
/// <remarks>Not LibraryImport: the programs start, and read everything else, where the library is missing.</remarks>
static unsafe class LibZstd
{
    internal const string Library = "libzstd.so.1";

    /// <summary>ZSTD_d_windowLogMax.</summary>
    internal const int ZSTD_d_windowLogMax = 100;

    internal const int ZSTD_c_compressionLevel = 100;
    internal const int ZSTD_c_checksumFlag = 201;
    internal const int ZSTD_e_continue = 0;
    internal const int ZSTD_e_end = 2;

    static bool s_isLoaded;
    static bool s_packs;

    internal static delegate* unmanaged<void*> ZSTD_createDStream { get; private set; }

    internal static delegate* unmanaged<void*, nuint> ZSTD_freeDStream { get; private set; }

    internal static delegate* unmanaged<void*, int, int, nuint> ZSTD_DCtx_setParameter { get; private set; }

    internal static delegate* unmanaged<void*, ZSTD_outBuffer*, ZSTD_inBuffer*, nuint> ZSTD_decompressStream { get; private set; }

    internal static delegate* unmanaged<nuint, uint> ZSTD_isError { get; private set; }

    internal static delegate* unmanaged<void*> ZSTD_createCCtx { get; private set; }

    internal static delegate* unmanaged<void*, nuint> ZSTD_freeCCtx { get; private set; }

    internal static delegate* unmanaged<void*, int, int, nuint> ZSTD_CCtx_setParameter { get; private set; }

    internal static delegate* unmanaged<void*, ZSTD_outBuffer*, ZSTD_inBuffer*, int, nuint> ZSTD_compressStream2 { get; private set; }

    internal static delegate* unmanaged<void*, void*, nuint, void*, nuint, int, nuint> ZSTD_compressCCtx { get; private set; }

    internal static delegate* unmanaged<void*, void*, nuint, void*, nuint, nuint> ZSTD_decompressDCtx { get; private set; }

    /// <summary>Finds the functions for whole blocks too.</summary>
    internal static bool TryLoadBlocks()
    {
        if (ZSTD_decompressDCtx is not null)
            return true;
        if (!TryLoadPacking()
            || !NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_compressCCtx), out nint compress)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_decompressDCtx), out nint decompress))
            return false;
        ZSTD_compressCCtx = (delegate* unmanaged<void*, void*, nuint, void*, nuint, int, nuint>)compress;
        ZSTD_decompressDCtx = (delegate* unmanaged<void*, void*, nuint, void*, nuint, nuint>)decompress;
        return true;
    }

    /// <summary>Finds the functions for packing too.</summary>
    internal static bool TryLoadPacking()
    {
        if (s_packs)
            return true;
        if (!TryLoad()
            || !NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_createCCtx), out nint create)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_freeCCtx), out nint free)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_CCtx_setParameter), out nint set)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_compressStream2), out nint compress))
            return false;
        ZSTD_createCCtx = (delegate* unmanaged<void*>)create;
        ZSTD_freeCCtx = (delegate* unmanaged<void*, nuint>)free;
        ZSTD_CCtx_setParameter = (delegate* unmanaged<void*, int, int, nuint>)set;
        ZSTD_compressStream2 = (delegate* unmanaged<void*, ZSTD_outBuffer*, ZSTD_inBuffer*, int, nuint>)compress;
        return s_packs = true;
    }

    /// <summary>Finds the library and its functions; false where it isn't installed, or is too old.</summary>
    internal static bool TryLoad()
    {
        if (s_isLoaded)
            return true;
        if (!NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_createDStream), out nint create)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_freeDStream), out nint free)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_DCtx_setParameter), out nint set)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_decompressStream), out nint decompress)
            || !NativeLibrary.TryGetExport(library, nameof(ZSTD_isError), out nint isError))
            return false;
        ZSTD_createDStream = (delegate* unmanaged<void*>)create;
        ZSTD_freeDStream = (delegate* unmanaged<void*, nuint>)free;
        ZSTD_DCtx_setParameter = (delegate* unmanaged<void*, int, int, nuint>)set;
        ZSTD_decompressStream = (delegate* unmanaged<void*, ZSTD_outBuffer*, ZSTD_inBuffer*, nuint>)decompress;
        ZSTD_isError = (delegate* unmanaged<nuint, uint>)isError;
        return s_isLoaded = true;
    }

    /// <summary>What is read from.</summary>
    internal struct ZSTD_inBuffer
    {
        internal void* src;
        internal nuint size;
        internal nuint pos;
    }

    /// <summary>What is written to.</summary>
    internal struct ZSTD_outBuffer
    {
        internal void* dst;
        internal nuint size;
        internal nuint pos;
    }
}
