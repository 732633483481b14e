using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>grp.h.</summary>
static unsafe partial class LibC
{
    internal struct group
    {
        public byte* gr_name;
        public byte* gr_passwd;
        public uint gr_gid;
        public byte** gr_mem;
    }

    [LibraryImport(Library)]
    internal static partial int getgrgid_r(uint gid, group* entry, byte* buffer, nuint length, group** result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int getgrnam_r(string name, group* entry, byte* buffer, nuint length, group** result);
}
