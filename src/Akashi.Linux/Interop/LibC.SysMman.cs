using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/mman.h.</summary>
static unsafe partial class LibC
{
    internal const int MADV_DONTNEED = 4;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int madvise(void* address, nuint length, int advice);
}
