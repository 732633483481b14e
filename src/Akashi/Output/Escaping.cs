using System.Buffers;

namespace Akashi.Output;

/// <summary>Which bytes each <see cref="EscapeMode"/> puts behind a backslash.</summary>
static class Escaping
{
    static SearchValues<byte>? s_terminal;
    static SearchValues<byte>? s_shell;
    static SearchValues<byte>? s_shellQuote;

    static ReadOnlySpan<byte> ShellBytes => "\"'`$\\!()| "u8;

    static ReadOnlySpan<byte> QuoteBytes => ";#&*?[]<>{}"u8;

    /// <summary>The bytes that are special in a mode; made when first asked for, so that starting costs nothing.</summary>
    public static SearchValues<byte> SpecialBytes(EscapeMode mode) => mode switch
    {
        EscapeMode.Shell => s_shell ??= Make(ShellBytes, default),
        EscapeMode.ShellQuote => s_shellQuote ??= Make(ShellBytes, QuoteBytes),
        _ => s_terminal ??= Make(default, default),
    };

    // 0x7F is ours: the original lets DEL through, which erases on some terminals.
    static SearchValues<byte> Make(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> all = stackalloc byte[64];
        int count = 0;
        for (byte control = 0; control < 0x20; control++)
            all[count++] = control;
        all[count++] = 0x7F;
        first.CopyTo(all[count..]);
        count += first.Length;
        second.CopyTo(all[count..]);
        count += second.Length;
        return SearchValues.Create(all[..count]);
    }
}
