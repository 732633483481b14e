using System.Globalization;
using System.Text;
using Akashi.Host;

namespace Akashi.Daemon.KernelState;

/// <summary>The text of a snapshot: what /run/akashi/kernel/before holds.</summary>
/// <remarks>
/// ASCII, one thing a line, each line once but <c>rule</c>, in this order:
/// <code>
/// akashi kernel state 1
/// owner PID MILLISECONDS                       who changes the kernel, and when that process began after the boot
/// status ENABLED FAILURE RATE_LIMIT BACKLOG_LIMIT BACKLOG_WAIT_TIME
/// features FEATURES LOCK                       bits, in hexadecimal digits
/// rule HEX                                     a struct audit_rule_data; the order is the kernel's
/// end COUNT                                    the number of rules: a text without this line is not whole
/// </code>
/// Numbers are decimal, but where it says otherwise. A text of another version, or with anything else in it, is refused: better no restoring
/// than a wrong one.
/// </remarks>
public static class KernelSnapshotText
{
    const string Heading = "akashi kernel state 1";
    const int RuleBytesMin = 1040;
    const int RuleBytesMax = 16 * 1024;

    /// <summary>Writes it.</summary>
    public static byte[] Write(KernelSnapshot snapshot)
    {
        AuditStatus status = snapshot.Status;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Heading}\n");
        text.Append(CultureInfo.InvariantCulture, $"owner {snapshot.Owner.Pid} {snapshot.Owner.BeganMilliseconds}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"status {status.Enabled} {status.Failure} {status.RateLimit} {status.BacklogLimit} {status.BacklogWaitTime}\n");
        text.Append(CultureInfo.InvariantCulture, $"features {snapshot.Features.Features:x8} {snapshot.Features.Lock:x8}\n");
        foreach (byte[] rule in snapshot.Rules)
            text.Append(CultureInfo.InvariantCulture, $"rule {Convert.ToHexStringLower(rule)}\n");
        text.Append(CultureInfo.InvariantCulture, $"end {snapshot.Rules.Count}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="snapshot">The snapshot; null where false is returned.</param>
    /// <returns>False where a single byte is not as it should be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out KernelSnapshot? snapshot)
    {
        snapshot = null;
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        if (lines.Length < 6 || lines[0] != Heading || lines[^1].Length != 0
            || !TryReadNumbers(lines[1], "owner", NumberStyles.None, 2, out long[] owner) || owner[0] > int.MaxValue
            || !TryReadNumbers(lines[2], "status", NumberStyles.None, 5, out long[] status) || status.Any(value => value > uint.MaxValue)
            || !TryReadNumbers(lines[3], "features", NumberStyles.AllowHexSpecifier, 2, out long[] features)
            || features.Any(value => value is < 0 or > uint.MaxValue)
            || !TryReadNumbers(lines[^2], "end", NumberStyles.None, 1, out long[] end)
            || !TryReadRules(lines.AsSpan(4..^2), out List<byte[]> rules) || end[0] != rules.Count)
            return false;
        snapshot = new KernelSnapshot(
            new ProcessMark((int)owner[0], owner[1]),
            new AuditStatus((uint)status[0], (uint)status[1], 0, (uint)status[2], (uint)status[3], 0, 0, 0, (uint)status[4], 0),
            new AuditFeatures(uint.MaxValue, (uint)features[0], (uint)features[1]),
            rules);
        return true;
    }

    static bool TryReadNumbers(string line, string name, NumberStyles style, int count, out long[] numbers)
    {
        numbers = new long[count];
        string[] words = line.Split(' ');
        if (words.Length != count + 1 || words[0] != name)
            return false;
        for (int index = 0; index < count; index++)
        {
            if (!long.TryParse(words[index + 1], style, CultureInfo.InvariantCulture, out numbers[index]))
                return false;
        }

        return true;
    }

    static bool TryReadRules(ReadOnlySpan<string> lines, out List<byte[]> rules)
    {
        rules = [];
        foreach (string line in lines)
        {
            const string Word = "rule ";
            int digits = line.Length - Word.Length;
            if (!line.StartsWith(Word, StringComparison.Ordinal) || digits % 2 != 0 || digits is < RuleBytesMin * 2 or > RuleBytesMax * 2)
                return false;
            byte[] rule = new byte[digits / 2];
            if (Convert.FromHexString(line.AsSpan(Word.Length), rule, out _, out _) != System.Buffers.OperationStatus.Done)
                return false;
            rules.Add(rule);
        }

        return true;
    }
}
