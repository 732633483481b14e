using System.Globalization;
using System.Text;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Recorder;

/// <summary>What a recording's header says of those who held the terminal before: <c>held_by</c>, <c>PID COMM, PID COMM, and N more</c>.</summary>
static class HolderText
{
    /// <summary>How many are named: the header's line stays far below what readers take of it (64 KiB).</summary>
    public const int NamedMax = 32;

    const int NameLengthMax = 64;

    /// <summary>The facts: none where nobody held it and all was looked at.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(TerminalHolders holders)
    {
        IEnumerable<string> named = holders.Named.Take(NamedMax).Select(holder => string.Create(CultureInfo.InvariantCulture, $"{holder.Pid} {Plain(holder.Name)}"));
        int more = holders.MoreCount + Math.Max(0, holders.Named.Count - NamedMax);
        if (more > 0)
            named = named.Append(string.Create(CultureInfo.InvariantCulture, $"and {more} more"));
        string text = string.Join(", ", named);
        if (text.Length > 0)
            yield return ("held_by", text);
        if (holders.IsCut)
            yield return ("held_by_cut", "yes");
    }

    // comm is as the process likes: a comma would begin an entry that is none.
    static string Plain(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, NameLengthMax)))
        {
            bool isPlain = letter != ',' && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
            text.Append(isPlain ? letter : '?');
        }

        return text.ToString();
    }
}
