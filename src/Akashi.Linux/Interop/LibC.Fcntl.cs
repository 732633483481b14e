using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>fcntl.h. Flags whose values x86-64 and arm64 share, and one whose don't.</summary>
static unsafe partial class LibC
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    internal const int O_NOCTTY = 0x100;
    internal const int O_TRUNC = 0x200;
    internal const int O_APPEND = 0x400;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_PATH = 0x200000;
    internal const int O_CLOEXEC = 0x80000;
    internal const int SEEK_SET = 0;
    internal const int R_OK = 4;
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_SETFL = 4;
    internal const int FD_CLOEXEC = 1;
    internal const int F_DUPFD_CLOEXEC = 1030;

    /// <summary>arch/arm64/include/uapi/asm/fcntl.h has 0100000, where asm-generic has O_LARGEFILE.</summary>
    internal static int O_NOFOLLOW => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>With O_DIRECTORY, which arm64 has elsewhere.</summary>
    internal static int O_TMPFILE => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x404000 : 0x410000;

    // mode is variadic in C; the ABIs of x86-64 and arm64 Linux pass an integer the same way there.
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);

    // Variadic in C, as open is.
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(int fd, int command, int value);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int openat(int directory, string path, int flags, uint mode);
}
