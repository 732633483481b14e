using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>What comes back over the control socket, before the socket is closed.</summary>
/// <remarks>
/// <code>
/// akashi 1 ok BYTES        and so many bytes
/// akashi 1 refused TEXT    why, in one line
/// </code>
/// Each line ends with a line feed. The first line is at most <see cref="HeaderBytesMax"/> long, what follows at most <see cref="BytesMax"/>.
/// </remarks>
public static class ControlAnswer
{
    /// <summary>The longest first line.</summary>
    public const int HeaderBytesMax = 256;

    /// <summary>The longest body: some ten thousand rules.</summary>
    public const int BytesMax = 16 * 1024 * 1024;

    const string Accepted = "akashi 1 ok ";
    const string Rejected = "akashi 1 refused ";

    /// <summary>An answer.</summary>
    public static byte[] Write(ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Accepted}{body.Length}\n")), .. body];

    /// <summary>A refusal.</summary>
    /// <param name="reason">Why, in lower case; cut where it's long.</param>
    public static byte[] Refuse(string reason)
    {
        string line = string.Concat(reason.Take(HeaderBytesMax / 2).Select(letter => letter is < ' ' or > '~' ? '?' : letter));
        return Encoding.ASCII.GetBytes($"{Rejected}{line}\n");
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="bytes">All that came until the socket was closed: any bytes.</param>
    /// <param name="body">The body; empty where false is returned.</param>
    /// <param name="refusal">Why it was refused; null where there is a body, or the answer isn't whole.</param>
    /// <returns>Whether there is a body.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body, out string? refusal)
    {
        body = default;
        refusal = null;
        int end = bytes[..Math.Min(bytes.Length, HeaderBytesMax)].IndexOf((byte)'\n');
        if (end < 0)
            return false;
        string header = Encoding.ASCII.GetString(bytes[..end]);
        if (header.StartsWith(Rejected, StringComparison.Ordinal))
        {
            refusal = string.Concat(header[Rejected.Length..].Select(letter => letter is < ' ' or > '~' ? '?' : letter));
            return false;
        }

        if (!header.StartsWith(Accepted, StringComparison.Ordinal)
            || !int.TryParse(header.AsSpan(Accepted.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > BytesMax || bytes.Length - end - 1 != length)
            return false;
        body = bytes[(end + 1)..];
        return true;
    }
}
