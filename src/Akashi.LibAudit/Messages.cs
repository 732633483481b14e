using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;
using Akashi.Rules;

namespace Akashi.LibAudit;

/// <summary>Texts for people.</summary>
static unsafe class Messages
{
    const int StandardError = 2;
    const int ToStandardError = 0, ToSystemLog = 1, ToNowhere = 2;

    static int s_mode = ToNowhere;
    static bool s_isDebug;

    /// <summary>Says on standard error what a rule function's negative answer means; other numbers have no text.</summary>
    /// <param name="errnumber">The answer: -1 to -39.</param>
    /// <param name="opt">What it was about; some texts name it.</param>
    [UnmanagedCallersOnly(EntryPoint = "audit_number_to_errmsg")]
    internal static void NumberToErrmsg(int errnumber, byte* opt)
    {
        string value = Encoding.Latin1.GetString(CText.Printed(opt));
        if (TextOf(-(long)errnumber, value) is not { } text)
            return;
        byte[] line = Encoding.Latin1.GetBytes(text + "\n");
        fixed (byte* start = line)
            _ = PlainLibC.write(StandardError, start, (nuint)line.Length);
    }

    /// <summary>Where <see cref="Say"/> writes; nowhere until it's called.</summary>
    /// <param name="mode">0 standard error, 1 the system log, 2 nowhere.</param>
    /// <param name="debug">Whether that holds for LOG_DEBUG too: 0 or 1.</param>
    [UnmanagedCallersOnly(EntryPoint = "set_aumessage_mode")]
    internal static void SetAumessageMode(int mode, int debug) => (s_mode, s_isDebug) = (mode, debug != 0);

    /// <summary>In no header: how audit 3.0's tools say something. The library itself says nothing by it.</summary>
    /// <remarks>Variadic in C. On x86-64 and arm64 its arguments are passed as those of other functions: those that the format needs are handed on, the
    /// others are whatever stands there.</remarks>
    /// <param name="priority">As syslog(3) has them.</param>
    /// <param name="format">printf's, for up to ten numbers or texts; one that wants more, or floating-point numbers, is said as it stands.</param>
    [UnmanagedCallersOnly(EntryPoint = "audit_msg")]
    internal static void Say(int priority, byte* format, nint a, nint b, nint c, nint d, nint e, nint f, nint g, nint h, nint i, nint j)
    {
        const int LogDebug = 7, TextBytesMax = 8192;
        if (format == null || s_mode is not (ToStandardError or ToSystemLog) || (priority == LogDebug && !s_isDebug))
            return;
        var text = (byte*)PlainLibC.malloc(TextBytesMax + 1);
        if (text == null)
            return;
        int length = IsServed(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(format))
            ? PlainLibC.snprintf(text, TextBytesMax, format, a, b, c, d, e, f, g, h, i, j)
            : PlainLibC.snprintf(text, TextBytesMax, CText.Constant("%s"u8), (nint)format, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        length = Math.Clamp(length, 0, TextBytesMax - 1);
        if (s_mode == ToSystemLog)
            LibC.syslog(priority, CText.Constant("%s"u8), text);
        else
        {
            text[length] = (byte)'\n';
            _ = PlainLibC.write(StandardError, text, (nuint)length + 1);
        }

        PlainLibC.free(text);
    }

    // Whether a format takes no more than the ten arguments that are handed on, each of them of a general register. %n writes, and nobody needs it.
    static bool IsServed(ReadOnlySpan<byte> format)
    {
        const int ArgumentsMax = 10;
        int wanted = 0;
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
                continue;
            for (at++; at < format.Length && "#0- +'123456789.*hlqjzt"u8.Contains(format[at]); at++)
                wanted += format[at] == '*' ? 1 : 0;
            if (at == format.Length || !"diouxXcspm%"u8.Contains(format[at]))
                return false;
            wanted += format[at] is (byte)'%' or (byte)'m' ? 0 : 1;
        }

        return wanted <= ArgumentsMax;
    }

    // auditctl never says some of them, and so they aren't among the parser's.
    static string? TextOf(long number, string value) => number switch
    {
        4 => $"{value} machine type not found",
        10 => "Failed upgrading rule",
        18 => $"{value} ",
        23 => $" {value}",
        32 => "filter is missing from rule",
        35 => $"{value} filter is not supported by the kernel",
        38 => null,
        >= 1 and <= 39 when Enum.IsDefined((RuleMessage)number) => RuleMessages.Text((RuleMessage)number, value),
        _ => null,
    };
}
