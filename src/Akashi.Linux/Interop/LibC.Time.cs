using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>time.h.</summary>
static unsafe partial class LibC
{
    internal struct timeval
    {
        public nint tv_sec;
        public nint tv_usec;
    }

    internal struct tm
    {
        public int tm_sec;
        public int tm_min;
        public int tm_hour;
        public int tm_mday;
        public int tm_mon;
        public int tm_year;
        public int tm_wday;
        public int tm_yday;
        public int tm_isdst;
        public long tm_gmtoff;
        public byte* tm_zone;
    }

    [LibraryImport(Library)]
    internal static partial void tzset();

    [LibraryImport(Library, SetLastError = true)]
    internal static partial tm* localtime_r(long* time, tm* result);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial long mktime(tm* time);

    [LibraryImport(Library)]
    internal static partial nuint strftime(byte* destination, nuint length, byte* format, tm* time);

    [LibraryImport(Library)]
    internal static partial byte* strptime(byte* text, byte* format, tm* time);
}
