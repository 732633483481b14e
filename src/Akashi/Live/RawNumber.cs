using System.Buffers.Text;

namespace Akashi.Live;

/// <summary>Numbers of raw values, for fields whose absence and damage mean the same.</summary>
static class RawNumber
{
    /// <summary>A whole decimal value; <paramref name="otherwise"/> where the text is no such number.</summary>
    public static int Read(ReadOnlySpan<byte> text, int otherwise) =>
        Utf8Parser.TryParse(text, out int number, out int used) && used == text.Length ? number : otherwise;

    /// <summary>The value of an id: <see cref="uint.MaxValue"/> for <c>-1</c>, and where the text is no number.</summary>
    public static uint ReadId(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out uint number, out int used) && used == text.Length ? number : uint.MaxValue;

    /// <summary>A value in hexadecimal digits without a prefix, as a0 to a3 of a SYSCALL record; 0 where it is none.</summary>
    public static ulong ReadHex(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong number, out int used, 'x') && used == text.Length ? number : 0;
}
