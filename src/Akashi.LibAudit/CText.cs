using System.Runtime.InteropServices;

namespace Akashi.LibAudit;

/// <summary>Texts of the host: bytes up to a NUL.</summary>
static unsafe class CText
{
    /// <summary>The bytes of a text; empty for NULL.</summary>
    internal static ReadOnlySpan<byte> Of(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    /// <summary>The bytes as printf(3) prints them: <c>(null)</c> for NULL.</summary>
    internal static ReadOnlySpan<byte> Printed(byte* text) => text == null ? "(null)"u8 : Of(text);

    /// <summary>Whether a text is NULL or empty.</summary>
    internal static bool IsEmpty(byte* text) => text == null || *text == 0;
}
