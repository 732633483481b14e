using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/timex.h.</summary>
static unsafe partial class LibC
{
    /// <summary>What adjtimex(2) returns where nobody keeps the clock right.</summary>
    internal const int TIME_ERROR = 5;

    /// <summary>More than sizeof(struct timex), which is 208 bytes on 64 bit machines; modes, its first member, is 0 to ask.</summary>
    internal const int TimexBytes = 512;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int adjtimex(byte* timex);
}
