using System.Text;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux;

/// <summary>Error numbers of the C library in words.</summary>
static unsafe class ErrorText
{
    /// <summary>strerror(3) of a positive error number: <c>No such file or directory</c>; <c>Unknown error 999</c>
    /// where it has none.</summary>
    /// <remarks>Untranslated, because LC_MESSAGES stays "C" in this process: the same fault gives the same words
    /// everywhere.</remarks>
    internal static string Of(int errno)
    {
        const int Length = 256;
        byte* buffer = stackalloc byte[Length];
        buffer[0] = 0;
        __xpg_strerror_r(errno, buffer, Length);
        return Encoding.UTF8.GetString(new ReadOnlySpan<byte>(buffer, Length).SliceToNul());
    }

    /// <summary>The bytes before the first NUL; all of them where there is none.</summary>
    internal static ReadOnlySpan<byte> SliceToNul(this ReadOnlySpan<byte> bytes)
    {
        int nul = bytes.IndexOf((byte)0);
        return nul < 0 ? bytes : bytes[..nul];
    }
}
