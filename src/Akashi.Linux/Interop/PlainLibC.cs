using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Interop;

/// <summary>Functions of the C library without the runtime's own errno: calling them allocates nothing, in a thread that the runtime sees for the first time either.</summary>
/// <remarks>What is called in somebody else's process, perhaps in its forked child, is called through here; errno is read by <see cref="Errno"/> at once.</remarks>
static unsafe partial class PlainLibC
{
    const string Library = "libc";

    /// <summary>The C library's errno; good right after a call through this class.</summary>
    internal static int Errno
    {
        get => *__errno_location();
        set => *__errno_location() = value;
    }

    [LibraryImport(Library)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library)]
    internal static partial nint sendto(int fd, void* buffer, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport(Library)]
    internal static partial nint recvfrom(int fd, void* buffer, nuint length, int flags, void* address, uint* addressLength);

    [LibraryImport(Library)]
    internal static partial int poll(pollfd* fds, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library)]
    internal static partial int open(byte* path, int flags, uint mode);

    [LibraryImport(Library)]
    internal static partial nint read(int fd, void* buffer, nuint count);

    /// <summary>snprintf(3) with ten numbers or texts; variadic calls pass such arguments as others do on x86-64 and arm64.</summary>
    [LibraryImport(Library)]
    internal static partial int snprintf(byte* destination, nuint size, byte* format, nint a, nint b, nint c, nint d, nint e, nint f, nint g, nint h, nint i, nint j);

    [LibraryImport(Library)]
    internal static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Library)]
    internal static partial int close(int fd);

    [LibraryImport(Library)]
    internal static partial int access(byte* path, int mode);

    [LibraryImport(Library)]
    internal static partial long lseek(int fd, long offset, int whence);

    [LibraryImport(Library)]
    internal static partial nint getline(byte** line, nuint* room, void* stream);

    [LibraryImport(Library)]
    internal static partial int fseek(void* stream, nint offset, int whence);

    [LibraryImport(Library)]
    internal static partial int fclose(void* stream);

    [LibraryImport(Library)]
    internal static partial int ferror(void* stream);

    [LibraryImport(Library)]
    internal static partial void clearerr(void* stream);

    [LibraryImport(Library)]
    internal static partial int gethostname(byte* name, nuint length);

    [LibraryImport(Library)]
    internal static partial int ttyname_r(int fd, byte* name, nuint length);

    [LibraryImport(Library)]
    internal static partial byte* getcwd(byte* path, nuint length);

    [LibraryImport(Library)]
    internal static partial nint readlink(byte* path, byte* buffer, nuint size);

    [LibraryImport(Library)]
    internal static partial int getaddrinfo(byte* node, byte* service, addrinfo* hints, addrinfo** result);

    [LibraryImport(Library)]
    internal static partial void* malloc(nuint length);

    [LibraryImport(Library)]
    internal static partial void* calloc(nuint count, nuint length);

    [LibraryImport(Library)]
    internal static partial void* realloc(void* block, nuint length);

    [LibraryImport(Library)]
    internal static partial void free(void* block);

    /// <summary>capget(2), which glibc exports without a header: linux/capability.h.</summary>
    [LibraryImport(Library)]
    internal static partial int capget(void* header, void* sets);

    [LibraryImport(Library)]
    internal static partial int statx(int directory, byte* path, int flags, uint mask, LibC.statx* buffer);
}
