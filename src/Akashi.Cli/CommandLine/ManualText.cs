using System.Text;
using Akashi.Live;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>A manual as plain text: what <c>akashi help TOOL</c> prints.</summary>
/// <param name="output">Takes it.</param>
/// <param name="columns">The width it is broken at, between words.</param>
public sealed class ManualText(Utf8Output output, int columns)
{
    const int Indent = 2;
    const int DeepIndent = 8;

    // Of what is longer than a row and no paragraph.
    const int HangingIndent = 4;

    /// <summary>Writes a manual.</summary>
    /// <param name="name">The words it is called by: <c>akashi rules load</c>.</param>
    /// <param name="summary">One line.</param>
    /// <param name="manual">The manual.</param>
    public void Write(string name, string summary, Manual manual)
    {
        WriteLine(0, $"{name} - {summary}", HangingIndent);
        output.Write("\nUsage:\n");
        foreach (string usage in manual.Usage)
            WriteLine(Indent, $"{name} {usage}".TrimEnd(), HangingIndent);
        output.EndLine();
        WriteText(manual.Description, 0);
        WriteTerms("Commands", [.. manual.Parts.Select(part => (part.Name, part.Summary))]);
        foreach (IGrouping<string, IOptionRow> category in manual.Options.GroupBy(row => row.Category))
            WriteTerms(category.Key, [.. category.Select(row => (OptionSynopsis.Of(row), OptionSynopsis.Sentences(row)))]);
        WriteTerms("Exit status", manual.ExitStatus);
        WriteTerms("Files", manual.Files);
        WriteTerms("Examples", manual.Examples);
        if (manual.Parts.Count > 0)
            output.Write($"\nMore on a command: akashi help {(name.StartsWith("akashi ", StringComparison.Ordinal) ? name["akashi ".Length..] : name)} COMMAND\n");
        if (manual.SeeAlso.Count > 0)
        {
            output.EndLine();
            WriteLine(0, $"See also: {string.Join(", ", manual.SeeAlso)}", HangingIndent);
        }
    }

    void WriteTerms(string heading, IReadOnlyList<(string Term, string Text)> terms)
    {
        if (terms.Count == 0)
            return;
        output.Write($"\n{heading}:\n");
        foreach ((string term, string text) in terms)
        {
            WriteLine(Indent, term, HangingIndent);
            WriteText(text, DeepIndent);
        }
    }

    // Lines of a paragraph are one line; what begins with four blanks is a row of a table, whose second column keeps together.
    void WriteText(string text, int indent)
    {
        var paragraph = new List<string>();
        foreach (string row in text.Split('\n'))
        {
            bool isTableRow = row.StartsWith("    ", StringComparison.Ordinal);
            if (row.Length > 0 && !isTableRow)
            {
                paragraph.Add(row.Replace("`", "", StringComparison.Ordinal).Trim());
                continue;
            }

            Flush();
            WriteLine(row.Length == 0 ? 0 : indent, row, indent + SecondColumnOf(row));
        }

        Flush();

        void Flush()
        {
            if (paragraph.Count > 0)
                WriteLine(indent, string.Join(' ', paragraph), indent);
            paragraph.Clear();
        }
    }

    static int SecondColumnOf(string row)
    {
        string words = row.TrimStart();
        int gap = words.IndexOf("  ", StringComparison.Ordinal);
        return row.Length - (gap < 0 ? words : words[gap..].TrimStart()).Length;
    }

    void WriteLine(int indent, string text, int hangingIndent)
    {
        LineRows.Write(Encoding.UTF8.GetBytes(new string(' ', indent) + text), columns, hangingIndent, int.MaxValue, output);
        output.EndLine();
    }
}
