using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>The rules that a kernel holds, as they go over the control socket.</summary>
/// <remarks>
/// ASCII: <c>akashi rules 1</c>, then a line of base 64 for each struct audit_rule_data in the kernel's order, then <c>end COUNT</c>. What stands in a
/// struct isn't looked at here: <c>RuleDecoder</c> does.
/// </remarks>
public static class RuleListText
{
    /// <summary>The smallest struct audit_rule_data.</summary>
    public const int RuleBytesMin = 1040;

    /// <summary>The largest that is taken: 64 fields of text.</summary>
    public const int RuleBytesMax = 64 * 1024;

    const string Heading = "akashi rules 1";

    /// <summary>Writes them.</summary>
    public static byte[] Write(IReadOnlyList<byte[]> rules)
    {
        var text = new StringBuilder();
        text.Append(Heading).Append('\n');
        foreach (byte[] rule in rules)
            text.Append(Convert.ToBase64String(rule)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"end {rules.Count}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads them.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="rules">The rules; empty where false is returned.</param>
    /// <returns>False where a single byte isn't as it should be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IReadOnlyList<byte[]> rules)
    {
        rules = [];
        if (bytes.Length > ControlAnswer.BytesMax)
            return false;
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        int count = lines.Length - 3;
        if (count < 0 || lines[0] != Heading || lines[^1].Length != 0 || lines[^2] != string.Create(CultureInfo.InvariantCulture, $"end {count}"))
            return false;
        var read = new List<byte[]>(count);
        byte[] buffer = new byte[RuleBytesMax];
        foreach (string line in lines.AsSpan(1, count))
        {
            if (!Convert.TryFromBase64String(line, buffer, out int length) || length < RuleBytesMin)
                return false;
            read.Add(buffer[..length]);
        }

        rules = read;
        return true;
    }
}
