using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akashi.Linux.Interop;

namespace Akashi.LibAudit;

/// <summary>Texts of the host: bytes up to a NUL.</summary>
static unsafe class CText
{
    /// <summary>The bytes of a text; empty for NULL.</summary>
    internal static ReadOnlySpan<byte> Of(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    /// <summary>The bytes as printf(3) prints them: <c>(null)</c> for NULL.</summary>
    internal static ReadOnlySpan<byte> Printed(byte* text) => text == null ? "(null)"u8 : Of(text);

    /// <summary>The address of a constant of the library, which doesn't move; behind a u8 literal stands a NUL.</summary>
    internal static byte* Constant(ReadOnlySpan<byte> text) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));

    /// <summary>A copy that the host frees; NULL where memory has run out.</summary>
    internal static byte* Copy(ReadOnlySpan<byte> text)
    {
        var copy = (byte*)PlainLibC.malloc((nuint)text.Length + 1);
        if (copy == null)
            return null;
        text.CopyTo(new Span<byte>(copy, text.Length));
        copy[text.Length] = 0;
        return copy;
    }

    /// <summary>Whether a text is NULL or empty.</summary>
    internal static bool IsEmpty(byte* text) => text == null || *text == 0;
}
