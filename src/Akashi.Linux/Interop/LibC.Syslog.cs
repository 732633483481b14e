using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>syslog.h.</summary>
static unsafe partial class LibC
{
    internal const int LOG_ERR = 3;
    internal const int LOG_DAEMON = 24;

    /// <summary>syslog(3) with a format of two texts; variadic calls pass such arguments as others do on x86-64 and arm64.</summary>
    [LibraryImport(Library)]
    internal static partial void syslog(int priority, byte* format, byte* first, byte* second);

    /// <summary>syslog(3) with a format of one text.</summary>
    [LibraryImport(Library)]
    internal static partial void syslog(int priority, byte* format, byte* text);

    /// <summary>openlog(3); the name's bytes must live as long as lines are written.</summary>
    [LibraryImport(Library)]
    internal static partial void openlog(byte* name, int option, int facility);
}
