using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>string.h.</summary>
static unsafe partial class LibC
{
    /// <summary>The XSI variant (__xpg_strerror_r): the plain name is the GNU variant, which may leave the buffer
    /// alone.</summary>
    [LibraryImport(Library)]
    internal static partial int __xpg_strerror_r(int errno, byte* buffer, nuint length);
}
