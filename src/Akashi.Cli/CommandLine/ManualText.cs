using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>A manual as plain text: what <c>akashi help TOOL</c> prints.</summary>
/// <param name="output">Takes it.</param>
public sealed class ManualText(Utf8Output output)
{
    const int Columns = 90;
    const int Indent = 2;
    const int DeepIndent = 8;

    /// <summary>Writes a manual.</summary>
    /// <param name="name">The words it is called by: <c>akashi rules load</c>.</param>
    /// <param name="summary">One line.</param>
    /// <param name="manual">The manual.</param>
    public void Write(string name, string summary, Manual manual)
    {
        output.Write($"{name} - {summary}\n\nUsage:\n");
        foreach (string usage in manual.Usage)
            WriteLine(Indent, $"{name} {usage}".TrimEnd());
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
            output.Write($"\nSee also: {string.Join(", ", manual.SeeAlso)}\n");
    }

    void WriteTerms(string heading, IReadOnlyList<(string Term, string Text)> terms)
    {
        if (terms.Count == 0)
            return;
        output.Write($"\n{heading}:\n");
        foreach ((string term, string text) in terms)
        {
            WriteLine(Indent, term);
            WriteText(text, DeepIndent);
        }
    }

    void WriteText(string text, int indent)
    {
        string line = "";
        foreach (string row in text.Split('\n'))
        {
            if (row.Length == 0 || row.StartsWith("    ", StringComparison.Ordinal))
            {
                Flush();
                WriteLine(row.Length == 0 ? 0 : indent, row);
                continue;
            }

            foreach (string word in row.Replace("`", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && indent + line.Length + 1 + word.Length > Columns)
                    Flush();
                line += line.Length == 0 ? word : " " + word;
            }
        }

        Flush();

        void Flush()
        {
            if (line.Length > 0)
                WriteLine(indent, line);
            line = "";
        }
    }

    void WriteLine(int indent, string text)
    {
        output.Write(new string(' ', indent));
        output.Write(text);
        output.EndLine();
    }
}
