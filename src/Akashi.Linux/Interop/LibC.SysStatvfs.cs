using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/statvfs.h.</summary>
static unsafe partial class LibC
{
    internal struct statvfs
    {
        public nuint f_bsize;
        public nuint f_frsize;
        public ulong f_blocks;
        public ulong f_bfree;
        public ulong f_bavail;
        public ulong f_files;
        public ulong f_ffree;
        public ulong f_favail;
        public nuint f_fsid;
        public nuint f_flag;
        public nuint f_namemax;
        fixed int _spare[6];
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fstatvfs(int fd, statvfs* buffer);
}
