using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/resource.h.</summary>
static unsafe partial class LibC
{
    internal const int PRIO_PROCESS = 0;
    internal const int RLIMIT_CPU = 0;
    internal const int RLIMIT_FSIZE = 1;
    internal const int RLIMIT_CORE = 4;
    internal const int RLIMIT_NOFILE = 7;

    internal struct rlimit
    {
        public ulong rlim_cur;
        public ulong rlim_max;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setpriority(int which, uint who, int priority);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getpriority(int which, uint who);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setrlimit(int resource, rlimit* limit);
}
