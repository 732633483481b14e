using System.Text;

namespace Akashi.Cli.Auditctl;

/// <summary>The text of a record USER as <c>auditctl -m</c> sends it.</summary>
static class UserMessage
{
    /// <summary>AUDIT_USER.</summary>
    public const int RecordType = 1005;

    /// <summary>The text with the program and the terminal behind it.</summary>
    public static byte[] Write(string text)
    {
        string program = Environment.ProcessPath ?? "?";
        return Encoding.UTF8.GetBytes($"text={text} exe={Quote(program)} hostname=? addr=? terminal={Terminal()} res=success");
    }

    // Bytes that would end the quotes or the field are written in hex, as every field of untrusted text is.
    static string Quote(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        bool isPlain = !bytes.AsSpan().ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) && !bytes.Contains((byte)'"');
        return isPlain ? $"\"{value}\"" : Convert.ToHexString(bytes);
    }

    static string Terminal()
    {
        const string Devices = "/dev/";
        string? target = File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.FullName;
        bool isTerminal = target is not null && (target.StartsWith("/dev/pts/", StringComparison.Ordinal)
            || target.StartsWith("/dev/tty", StringComparison.Ordinal));
        return isTerminal ? target![Devices.Length..] : "?";
    }
}
