using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/utsname.h.</summary>
static unsafe partial class LibC
{
    internal const int _UTSNAME_LENGTH = 65;

    internal struct utsname
    {
        public fixed byte sysname[_UTSNAME_LENGTH];
        public fixed byte nodename[_UTSNAME_LENGTH];
        public fixed byte release[_UTSNAME_LENGTH];
        public fixed byte version[_UTSNAME_LENGTH];
        public fixed byte machine[_UTSNAME_LENGTH];
        fixed byte _domainname[_UTSNAME_LENGTH];
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int uname(utsname* name);
}
