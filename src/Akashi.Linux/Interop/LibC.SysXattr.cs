using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/xattr.h.</summary>
static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint lgetxattr(string path, string name, void* value, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int fsetxattr(int fd, string name, void* value, nuint size, int flags);
}
