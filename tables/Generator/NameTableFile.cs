using System.Text;

namespace Akashi.TableGenerator;

/// <summary>Writes a class that holds one NameTable.</summary>
static class NameTableFile
{
    /// <summary>The text of the class.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="summary">What the names are, without a full stop.</param>
    /// <param name="rows">Number and name, in the order that decides how flags are printed.</param>
    /// <param name="inputs">The files that the rows came from.</param>
    public static string Write(string type, string summary, IReadOnlyList<(long Number, string Name)> rows, params string[] inputs)
    {
        var text = new StringBuilder(SourceText.Head(inputs));
        text.Append($"/// <summary>{summary}: {rows.Count} names.</summary>\n");
        text.Append($"public static class {type}\n{{\n");
        text.Append("    /// <summary>The table, in the order that decides how flags are printed.</summary>\n");
        text.Append("    public static NameTable Names => new(Text, Ends, Numbers, ByNumber, ByName);\n\n");
        text.Append(SourceText.Texts("Text", rows.Select(row => row.Name))).Append('\n');
        text.Append(SourceText.Numbers("ushort", "Ends", Ends(rows))).Append('\n');
        text.Append(SourceText.Numbers("long", "Numbers", rows.Select(row => row.Number))).Append('\n');
        text.Append(SourceText.Numbers("ushort", "ByNumber", ByNumber(rows))).Append('\n');
        text.Append(SourceText.Numbers("ushort", "ByName", ByName(rows)));
        return text.Append("}\n").ToString();
    }

    static IEnumerable<long> Ends(IReadOnlyList<(long Number, string Name)> rows)
    {
        int end = 0;
        foreach (var (_, name) in rows)
            yield return checked((ushort)(end += name.Length));
    }

    // The first entry of a number is the one that is shown; the others only resolve by name.
    static IEnumerable<long> ByNumber(IReadOnlyList<(long Number, string Name)> rows) =>
        Enumerable.Range(0, rows.Count)
            .GroupBy(index => rows[index].Number)
            .OrderBy(group => group.Key)
            .Select(group => (long)group.First());

    // Folded to lower case, so that one order serves the exact search and the one that ignores case.
    static IEnumerable<long> ByName(IReadOnlyList<(long Number, string Name)> rows) =>
        Enumerable.Range(0, rows.Count)
            .OrderBy(index => rows[index].Name.ToLowerInvariant(), StringComparer.Ordinal)
            .ThenBy(index => index)
            .Select(index => (long)index);
}
