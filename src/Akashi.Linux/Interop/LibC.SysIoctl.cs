using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/ioctl.h.</summary>
static unsafe partial class LibC
{
    internal const uint TIOCSCTTY = 0x540E;
    internal const uint TIOCGWINSZ = 0x5413;
    internal const uint TIOCSWINSZ = 0x5414;
    internal const uint TIOCGPTN = 0x80045430;
    internal const uint TIOCSPTLCK = 0x40045431;
    internal const uint TIOCGPTPEER = 0x5441;

    internal struct winsize
    {
        public ushort ws_row;
        public ushort ws_col;
        public ushort ws_xpixel;
        public ushort ws_ypixel;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);

    /// <summary>The requests whose argument is a number.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, nuint argument);
}
