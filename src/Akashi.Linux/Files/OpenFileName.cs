using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>The name of an open file, /proc/self/fd.</summary>
public static unsafe class OpenFileName
{
    const int PathLengthMax = 4096;

    /// <summary>The last part of it; <c>?</c> where it isn't to be had. Of a file whose name is gone with <c> (deleted)</c>.</summary>
    public static string Of(SafeFileHandle handle)
    {
        byte* buffer = stackalloc byte[PathLengthMax];
        using var held = new HeldDescriptor(handle);
        nint length = readlinkat(AT_FDCWD, string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{held.Value}"), buffer, PathLengthMax);
        return length > 0 ? Path.GetFileName(Encoding.UTF8.GetString(buffer, (int)length)) : "?";
    }
}
