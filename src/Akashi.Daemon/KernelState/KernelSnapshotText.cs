using System.Globalization;
using System.Text;
using Akashi.Host;

namespace Akashi.Daemon.KernelState;

/// <summary>The text of a snapshot: what /run/akashi/kernel/before holds.</summary>
/// <remarks>
/// ASCII, one thing a line, each line once but <c>rule</c> and <c>own</c>, in this order:
/// <code>
/// akashi kernel state 1
/// owner PID MILLISECONDS                       who changes the kernel, and when that process began after the boot
/// status ENABLED FAILURE RATE_LIMIT BACKLOG_LIMIT BACKLOG_WAIT_TIME
/// features FEATURES LOCK                       bits, in hexadecimal digits
/// rule HEX                                     a struct audit_rule_data; the order is the kernel's
/// loan MODE WAIT                               what the owner adds, where that is known: all or part, the wait that it sets or -
/// own HEX                                      a rule that it adds
/// end COUNT                                    the number of rules of both kinds: a text without this line is not whole
/// </code>
/// Numbers are decimal, but where it says otherwise. A text of another version, or with anything else in it, is refused: better no restoring
/// than a wrong one.
/// </remarks>
public static class KernelSnapshotText
{
    const string Heading = "akashi kernel state 1";
    const string All = "all";
    const string Part = "part";
    const string Nothing = "-";
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
        if (snapshot.Loan is { } loan)
            WriteLoan(loan, text);
        text.Append(CultureInfo.InvariantCulture, $"end {snapshot.Rules.Count + (snapshot.Loan?.Rules.Count ?? 0)}\n");
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
            || !TryReadRules(lines, out List<byte[]> rules, out KernelLoan? loan) || end[0] != rules.Count + (loan?.Rules.Count ?? 0))
            return false;
        snapshot = new KernelSnapshot(
            new ProcessMark((int)owner[0], owner[1]),
            new AuditStatus((uint)status[0], (uint)status[1], 0, (uint)status[2], (uint)status[3], 0, 0, 0, (uint)status[4], 0),
            new AuditFeatures(uint.MaxValue, (uint)features[0], (uint)features[1]),
            rules) { Loan = loan };
        return true;
    }

    static void WriteLoan(KernelLoan loan, StringBuilder text)
    {
        string wait = loan.BacklogWaitTime?.ToString(CultureInfo.InvariantCulture) ?? Nothing;
        text.Append(CultureInfo.InvariantCulture, $"loan {(loan.IsAll ? All : Part)} {wait}\n");
        foreach (byte[] rule in loan.Rules)
            text.Append(CultureInfo.InvariantCulture, $"own {Convert.ToHexStringLower(rule)}\n");
    }

    // Between the first four lines and the last.
    static bool TryReadRules(string[] lines, out List<byte[]> rules, out KernelLoan? loan)
    {
        loan = null;
        int at = Array.FindIndex(lines, 4, line => line.StartsWith("loan ", StringComparison.Ordinal));
        ReadOnlySpan<string> ofKernel = lines.AsSpan(4..(at < 0 ? ^2 : at));
        if (!TryReadRules(ofKernel, "rule ", out rules))
            return false;
        return at < 0 || (TryReadRules(lines.AsSpan((at + 1)..^2), "own ", out List<byte[]> own) && TryReadLoan(lines[at], own, out loan));
    }

    static bool TryReadLoan(string line, List<byte[]> own, out KernelLoan? loan)
    {
        loan = null;
        uint wait = 0;
        if (line.Split(' ') is not ["loan", All or Part, var word] words
            || (word != Nothing && !uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out wait)))
            return false;
        loan = new KernelLoan(own, word == Nothing ? null : wait, words[1] == All);
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

    static bool TryReadRules(ReadOnlySpan<string> lines, string word, out List<byte[]> rules)
    {
        rules = [];
        foreach (string line in lines)
        {
            int digits = line.Length - word.Length;
            if (!line.StartsWith(word, StringComparison.Ordinal) || digits % 2 != 0 || digits is < RuleBytesMin * 2 or > RuleBytesMax * 2)
                return false;
            byte[] rule = new byte[digits / 2];
            if (Convert.FromHexString(line.AsSpan(word.Length), rule, out _, out _) != System.Buffers.OperationStatus.Done)
                return false;
            rules.Add(rule);
        }

        return true;
    }
}
