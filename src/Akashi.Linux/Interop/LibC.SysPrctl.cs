using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/prctl.h.</summary>
static unsafe partial class LibC
{
    internal const int PR_SET_PDEATHSIG = 1;
    internal const int PR_SET_DUMPABLE = 4;
    internal const int PR_SET_NAME = 15;
    internal const int PR_SET_NO_NEW_PRIVS = 38;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
