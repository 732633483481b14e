using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/ioctl.h.</summary>
static unsafe partial class LibC
{
    internal const uint TIOCGWINSZ = 0x5413;

    internal struct winsize
    {
        public ushort ws_row;
        public ushort ws_col;
        public ushort ws_xpixel;
        public ushort ws_ypixel;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);
}
