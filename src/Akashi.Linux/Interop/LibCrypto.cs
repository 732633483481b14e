using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>openssl/sha.h, version 3: one function, looked up when it's needed first.</summary>
/// <remarks>Not LibraryImport: the programs do without it where the library is missing.</remarks>
static unsafe partial class LibCrypto
{
    internal const string Library = "libcrypto.so.3";

    internal static delegate* unmanaged<SHA256_CTX*, void*, nuint, int> SHA256_Update { get; private set; }

    /// <summary>Finds the library and its function; false where it isn't installed, or was built without what OpenSSL 3 calls deprecated.</summary>
    internal static bool TryLoad()
    {
        if (SHA256_Update is not null)
            return true;
        if (!NativeLibrary.TryLoad(Library, out nint library) || !NativeLibrary.TryGetExport(library, nameof(SHA256_Update), out nint update))
            return false;
        SHA256_Update = (delegate* unmanaged<SHA256_CTX*, void*, nuint, int>)update;
        return true;
    }

    /// <summary>The hash so far, the length in bits, and the bytes of a block that isn't full.</summary>
    internal struct SHA256_CTX
    {
        internal fixed uint h[8];
        internal uint Nl;
        internal uint Nh;
        internal fixed uint data[16];
        internal uint num;
        internal uint md_len;
    }
}
