using System.Text;

namespace Akashi.Control;

/// <summary>What a login says of itself when it asks the recorder for a recording: to be quoted, never to be believed.</summary>
/// <remarks>
/// One message: <c>akashi-claim 1</c>, NUL, the terminal's kind, NUL, then each argument of the login shell and a NUL. At most <see cref="LengthMax"/> bytes; what is longer
/// is cut by the sender. Its descriptor, the terminal, goes with it. Who asks, is asked of the kernel.
/// </remarks>
/// <param name="TerminalType">Such as <c>xterm-256color</c>; null where none was said, or one that no terminal has.</param>
/// <param name="Command">The arguments, with blanks between; null for none.</param>
public sealed record SessionClaim(string? TerminalType, string? Command)
{
    /// <summary>Bytes of a claim, at most.</summary>
    public const int LengthMax = 4096;

    const int TerminalTypeLengthMax = 64;

    static ReadOnlySpan<byte> Begins => "akashi-claim 1\0"u8;

    /// <summary>Reads one.</summary>
    /// <param name="message">Any bytes.</param>
    /// <returns>Null where it's no claim.</returns>
    public static SessionClaim? TryParse(ReadOnlySpan<byte> message)
    {
        if (message.Length > LengthMax || !message.StartsWith(Begins) || message[^1] != 0)
            return null;
        ReadOnlySpan<byte> rest = message[Begins.Length..];
        int end = rest.IndexOf((byte)0);
        if (end < 0)
            return null;
        string? type = IsTerminalType(rest[..end]) ? Encoding.ASCII.GetString(rest[..end]) : null;
        rest = rest[(end + 1)..];
        return new SessionClaim(type, rest.IsEmpty ? null : Encoding.UTF8.GetString(rest[..^1]).Replace('\0', ' '));
    }

    /// <summary>Writes one.</summary>
    /// <param name="terminalType">TERM; null for none.</param>
    /// <param name="arguments">Those of the login shell.</param>
    public static byte[] Write(string? terminalType, IReadOnlyList<string> arguments)
    {
        var message = new List<byte>(256);
        message.AddRange(Begins);
        message.AddRange(Encoding.UTF8.GetBytes(terminalType is { Length: <= TerminalTypeLengthMax } type ? type : ""));
        message.Add(0);
        foreach (string argument in arguments)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(argument);
            int room = LengthMax - message.Count - 1;
            if (room <= 0)
                break;
            message.AddRange(bytes.AsSpan(0, Math.Min(bytes.Length, room)));
            message.Add(0);
        }

        return [.. message];
    }

    static bool IsTerminalType(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > TerminalTypeLengthMax)
            return false;
        foreach (byte letter in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && !"+._-"u8.Contains(letter))
                return false;
        }

        return true;
    }
}
