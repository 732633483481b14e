using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;
using Akashi.Rules;

namespace Akashi.LibAudit;

/// <summary>Texts for people.</summary>
static unsafe class Messages
{
    const int StandardError = 2;

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

    /// <summary>Kept for programs that call it: this library prints nothing by itself.</summary>
    [UnmanagedCallersOnly(EntryPoint = "set_aumessage_mode")]
    internal static void SetAumessageMode(int mode, int debug)
    {
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
