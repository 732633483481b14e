using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>The text of a list of hosts: over the control socket, and in the file that keeps it from one service to the next.</summary>
/// <remarks>
/// UTF-8, at most <see cref="BytesMax"/>:
/// <code>
/// akashi hosts 1
/// host NODE SENDER ADDRESS TRANSPORT PROGRAM FIRST HEARD RECORDS RATE LAG BEHIND REFUSED FLAGS LOSSES DIRECTORY BYTES
/// end
/// </code>
/// One line a host. Texts are escaped as in <see cref="ServiceStatusText"/>; times are milliseconds since the epoch; the rate is in tenths; what isn't known is <c>-</c>. Flags are letters,
/// c connected, s silent, f full, w made to wait, or <c>-</c>; losses are <c>source=count</c> with commas between. Any fault refuses the whole.
/// </remarks>
public static class HostListText
{
    /// <summary>The longest text that is read: some ten thousand hosts.</summary>
    public const int BytesMax = 8 * 1024 * 1024;

    const string Heading = "akashi hosts 1";
    const string End = "end";
    const int Words = 17;

    // 9999-12-31, the last that a time holds.
    const long MillisecondsMax = 253_402_300_799_999;

    /// <summary>Writes it.</summary>
    public static byte[] Write(IEnumerable<HostStatus> hosts)
    {
        var text = new StringBuilder();
        text.Append(Heading).Append('\n');
        foreach (HostStatus host in hosts)
        {
            text.Append("host");
            foreach (string word in (ReadOnlySpan<string>)[host.Node, host.Sender, host.Address, host.Transport, host.Program])
                text.Append(' ').Append(ServiceStatusText.Escape(word));
            text.Append(CultureInfo.InvariantCulture, $" {host.First.ToUnixTimeMilliseconds()} {host.Heard.ToUnixTimeMilliseconds()} {host.Records} {(long)(host.Rate * 10)}");
            text.Append(CultureInfo.InvariantCulture, $" {Optional(host.LagMilliseconds)} {Optional(host.BehindMilliseconds)} {host.Refused} {Flags(host)} {Losses(host)}");
            text.Append(CultureInfo.InvariantCulture, $" {ServiceStatusText.Escape(host.Directory)} {host.DirectoryBytes}\n");
        }

        return Encoding.UTF8.GetBytes(text.Append(End).Append('\n').ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>Null where it isn't whole, is of another version, or a word isn't as it should be.</returns>
    public static IReadOnlyList<HostStatus>? Read(ReadOnlySpan<byte> bytes)
    {
        string[] lines = bytes.Length > BytesMax ? [] : Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length < 3 || lines[0] != Heading || lines[^2] != End || lines[^1].Length != 0)
            return null;
        var hosts = new List<HostStatus>();
        foreach (string line in lines.AsSpan(1..^2))
        {
            if (ReadHost(line.Split(' ')) is not { } host)
                return null;
            hosts.Add(host);
        }

        return hosts;
    }

    static HostStatus? ReadHost(string[] words)
    {
        if (words.Length != Words || words[0] != "host")
            return null;
        string[] texts = new string[5];
        for (int index = 0; index < texts.Length; index++)
        {
            if (!ServiceStatusText.TryUnescape(words[1 + index], out texts[index]))
                return null;
        }

        if (texts[0].Length == 0 || !TryTime(words[6], out DateTimeOffset first) || !TryTime(words[7], out DateTimeOffset heard)
            || !TryCount(words[8], out long records) || !TryCount(words[9], out long tenths)
            || !TryOptional(words[10], out long? lag) || !TryOptional(words[11], out long? behind) || !TryCount(words[12], out long refused)
            || words[13].AsSpan().ContainsAnyExcept("csfw-") || !TryLosses(words[14], out var losses)
            || !ServiceStatusText.TryUnescape(words[15], out string directory) || !TryCount(words[16], out long bytes))
            return null;
        return new HostStatus
        {
            Node = texts[0], Sender = texts[1], Address = texts[2], Transport = texts[3], Program = texts[4], First = first, Heard = heard, Records = records, Rate = tenths / 10.0,
            LagMilliseconds = lag, BehindMilliseconds = behind, Refused = refused, Losses = losses, Directory = directory, DirectoryBytes = bytes,
            IsConnected = words[13].Contains('c'), IsSilent = words[13].Contains('s'), IsFull = words[13].Contains('f'), IsSlowed = words[13].Contains('w'),
        };
    }

    static string Optional(long? number) => number is { } known ? known.ToString(CultureInfo.InvariantCulture) : "-";

    static string Flags(HostStatus host)
    {
        string flags = $"{(host.IsConnected ? "c" : "")}{(host.IsSilent ? "s" : "")}{(host.IsFull ? "f" : "")}{(host.IsSlowed ? "w" : "")}";
        return flags.Length == 0 ? "-" : flags;
    }

    static string Losses(HostStatus host) => host.Losses.Count == 0 ? "-"
        : string.Join(',', host.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Source}={loss.Count}")));

    static bool TryLosses(string word, out List<(string Source, long Count)> losses)
    {
        losses = [];
        if (word == "-")
            return true;
        foreach (string one in word.Split(','))
        {
            int sign = one.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || !TryCount(one[(sign + 1)..], out long count) || !one.AsSpan(0, sign).TrimStart("abcdefghijklmnopqrstuvwxyz").IsEmpty)
                return false;
            losses.Add((one[..sign], count));
        }

        return true;
    }

    static bool TryTime(string word, out DateTimeOffset time)
    {
        bool isTime = TryCount(word, out long milliseconds) && milliseconds <= MillisecondsMax;
        time = isTime ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isTime;
    }

    static bool TryOptional(string word, out long? number)
    {
        bool isNumber = long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long known);
        number = isNumber ? known : null;
        return isNumber || word == "-";
    }

    static bool TryCount(string word, out long number) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
