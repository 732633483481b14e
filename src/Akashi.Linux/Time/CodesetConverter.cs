using System.Text;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Time;

/// <summary>Turns text between UTF-8 and the encoding of the locale, iconv(3).</summary>
/// <remarks>Not for use from several threads at once. Lives as long as the process.</remarks>
sealed unsafe class CodesetConverter
{
    readonly nint _toUtf8;
    readonly nint _fromUtf8;

    CodesetConverter(string codeset)
    {
        _toUtf8 = iconv_open("UTF-8", codeset);
        _fromUtf8 = iconv_open(codeset, "UTF-8");
    }

    /// <summary>A converter for nl_langinfo(CODESET); null where the locale's bytes are UTF-8 already (ASCII is).</summary>
    internal static CodesetConverter? ForLocale()
    {
        string codeset = Encoding.ASCII.GetString(
            System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(nl_langinfo(CODESET)));
        return codeset is "UTF-8" or "ANSI_X3.4-1968" or "" ? null : new CodesetConverter(codeset);
    }

    /// <summary>Converts to UTF-8.</summary>
    /// <returns>The bytes written; 0 where they don't fit or can't be converted.</returns>
    internal int ToUtf8(ReadOnlySpan<byte> text, Span<byte> destination) => Convert(_toUtf8, text, destination);

    /// <summary>Converts from UTF-8.</summary>
    /// <returns>The bytes written; 0 where they don't fit or can't be converted.</returns>
    internal int FromUtf8(ReadOnlySpan<byte> text, Span<byte> destination) => Convert(_fromUtf8, text, destination);

    // iconv_open gives -1 where glibc's conversion modules are missing; then nothing can be converted.
    static int Convert(nint descriptor, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (descriptor == -1)
            return 0;
        fixed (byte* from = text)
        fixed (byte* to = destination)
        {
            byte* input = from;
            byte* output = to;
            nuint inputLeft = (nuint)text.Length;
            nuint outputLeft = (nuint)destination.Length;

            // Without an input the state of an earlier, broken conversion is forgotten.
            _ = iconv(descriptor, null, null, null, null);
            return iconv(descriptor, &input, &inputLeft, &output, &outputLeft) == nuint.MaxValue ? 0 : (int)(output - to);
        }
    }
}
