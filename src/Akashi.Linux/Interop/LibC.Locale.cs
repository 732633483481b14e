using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>locale.h, langinfo.h, iconv.h.</summary>
static unsafe partial class LibC
{
    internal const int LC_CTYPE = 0;
    internal const int LC_TIME = 2;
    internal const int LC_ALL = 6;
    internal const int CODESET = 14;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* setlocale(int category, string? locale);

    [LibraryImport(Library)]
    internal static partial byte* nl_langinfo(int item);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint iconv_open(string to, string from);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nuint iconv(nint descriptor, byte** input, nuint* inputLeft, byte** output, nuint* outputLeft);
}
