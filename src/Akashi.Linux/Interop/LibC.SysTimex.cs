using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/timex.h.</summary>
static unsafe partial class LibC
{
    /// <summary>What adjtimex(2) returns where nobody keeps the clock right.</summary>
    internal const int TIME_ERROR = 5;

    /// <summary>Takes a struct timex; its first member, modes, is 0 to ask alone.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int adjtimex(byte* timex);
}
