using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>termios.h, as far as a terminal is made raw and put back: the structure is kept as bytes and never looked into.</summary>
static unsafe partial class LibC
{
    /// <summary>Room for a struct termios: 60 bytes with glibc and musl on 64-bit machines.</summary>
    internal const int TermiosBytes = 128;

    internal const int TCSADRAIN = 1;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcgetattr(int fd, byte* settings);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcsetattr(int fd, int when, byte* settings);

    [LibraryImport(Library)]
    internal static partial void cfmakeraw(byte* settings);
}
