using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>The C library and the kernel's headers: one part a header, native names throughout.</summary>
/// <remarks>
/// Every struct nested here is compared by name, size and offsets with the C compiler's, and every constant by value:
/// tests find them by reflection, so a new one is proved as soon as it is written. Members whose name begins with an
/// underscore are padding and are not looked up. Layouts are those of 64-bit glibc; where x86-64 and arm64 differ
/// (struct stat, some O_ flags), something that doesn't is used instead (statx).
/// </remarks>
static unsafe partial class LibC
{
    const string Library = "libc";

    /// <summary>The errno of the last call that was declared with SetLastError.</summary>
    internal static int Errno => Marshal.GetLastPInvokeError();
}
