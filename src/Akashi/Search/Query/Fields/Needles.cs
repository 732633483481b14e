using System.Text;

namespace Akashi.Search.Query.Fields;

/// <summary>Makes needles: forms in which a line can hold a text.</summary>
static class Needles
{
    // Shorter ones stand in nearly every line.
    const int LettersMin = 2;

    /// <summary>More cost more than looking at every event.</summary>
    const int CountMax = 10;

    /// <summary>A text plain, and in hex digits of either case; none for a text that is too short.</summary>
    public static IReadOnlyList<byte[]> OfText(string text)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        if (plain.Length < LettersMin || text.Contains('\uFFFD', StringComparison.Ordinal))
            return [];
        string upper = Convert.ToHexString(plain);
        string lower = upper.ToLowerInvariant();
        return upper == lower ? [plain, Encoding.ASCII.GetBytes(upper)] : [plain, Encoding.ASCII.GetBytes(upper), Encoding.ASCII.GetBytes(lower)];
    }

    /// <summary>The longest part of a text without blanks.</summary>
    public static string LongestWord(string text) => text.Split(' ').MaxBy(word => word.Length)!;

    /// <summary>Names with a value behind them: <c>pid=12</c>.</summary>
    public static IEnumerable<byte[]> OfValue(IEnumerable<string> names, string value) => names.Select(name => Encoding.UTF8.GetBytes($"{name}={value}"));

    /// <summary>Without those that another stands in; none where one can't be looked for, or there are too many.</summary>
    public static IReadOnlyList<byte[]> Merge(IEnumerable<byte[]> all)
    {
        var kept = new List<byte[]>();
        foreach (byte[] needle in all.OrderBy(needle => needle.Length))
        {
            if (needle.Length == 0)
                return [];
            if (!kept.Exists(shorter => needle.AsSpan().IndexOf(shorter) >= 0))
                kept.Add(needle);
        }

        return kept.Count <= CountMax ? kept : [];
    }
}
