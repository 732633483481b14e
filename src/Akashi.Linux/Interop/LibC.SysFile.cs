using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/file.h.</summary>
static unsafe partial class LibC
{
    internal const int LOCK_SH = 1;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int flock(int fd, int operation);
}
