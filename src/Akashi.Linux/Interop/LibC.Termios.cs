using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>termios.h.</summary>
static unsafe partial class LibC
{
    internal const int TCSANOW = 0;
    internal const int TCSADRAIN = 1;
    internal const uint IXON = 0x400;
    internal const uint ISIG = 0x1;
    internal const uint ICANON = 0x2;
    internal const uint ECHO = 0x8;
    internal const int VEOF = 4;
    internal const int NCCS = 32;

    internal struct termios
    {
        public uint c_iflag;
        public uint c_oflag;
        public uint c_cflag;
        public uint c_lflag;
        public byte c_line;
        public fixed byte c_cc[NCCS];
        public uint c_ispeed;
        public uint c_ospeed;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcgetattr(int fd, termios* settings);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcsetattr(int fd, int when, termios* settings);

    [LibraryImport(Library)]
    internal static partial void cfmakeraw(termios* settings);
}
