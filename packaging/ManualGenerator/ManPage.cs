using System.Text;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>A manual page in the macros of man(7).</summary>
/// <remarks>Only .TH, .SH, .SS, .PP, .TP and no-fill regions are used, which groff, mandoc and everything else that reads pages know.</remarks>
/// <param name="tool">What it is about.</param>
sealed class ManPage(DescribedTool tool)
{
    readonly StringBuilder _text = new();

    /// <summary>The page.</summary>
    public string Write()
    {
        Manual manual = tool.Manual;
        Line(".\\\" Written by eng/generate-manual from the option tables. Changes made here are lost.");
        Line($".TH {tool.PageName.ToUpperInvariant()} {manual.Section} \"\" \"Akashi {Cli.Version.Text}\" \"{(manual.Section == 1 ? "User Commands" : "System Administration")}\"");
        Section("NAME");
        Line($"{Roff.Text(tool.PageName)} \\- {Roff.Text(tool.Summary)}");
        Section("SYNOPSIS");
        WriteUsage(tool.Words, manual);
        foreach (ManualPart part in PartsWithText(manual))
            WriteUsage($"{tool.Words} {part.Name}", part.Manual);
        Section("DESCRIPTION");
        WriteProse(manual.Description);
        if (manual.Parts.Count > 0)
            WriteParts(manual);
        if (manual.Options.Count > 0)
            WriteOptions(manual);
        WriteTerms("EXIT STATUS", manual.ExitStatus);
        WriteTerms("FILES", manual.Files);
        WriteTerms("EXAMPLES", manual.Examples);
        if (manual.SeeAlso.Count > 0)
        {
            Section("SEE ALSO");
            Line(string.Join(",\n", manual.SeeAlso.Select(page => $"\\fB{Roff.Code(page[..page.IndexOf('(', StringComparison.Ordinal)])}\\fR{page[page.IndexOf('(', StringComparison.Ordinal)..]}")));
        }

        return _text.ToString();
    }

    // Those of akashi itself have pages of their own.
    IEnumerable<ManualPart> PartsWithText(Manual manual) => tool.Words == "akashi" ? [] : manual.Parts;

    void WriteParts(Manual manual)
    {
        Section("COMMANDS");
        if (tool.Words == "akashi")
        {
            foreach (ManualPart part in manual.Parts)
                Term(part.Name, Sentence(part.Summary));
            return;
        }

        foreach (ManualPart part in manual.Parts)
        {
            Line($".SS {Roff.Text(tool.Words)} {Roff.Text(part.Name)}");
            if (part.Manual.Description != Sentence(part.Summary))
                Line(Roff.Text(Sentence(part.Summary)) + "\n.PP");
            WriteProse(part.Manual.Description);
            WriteRows(part.Manual.Options);
            if (part.Manual.ExitStatus.Count == 0)
                continue;
            Line(".PP\nExit status:");
            foreach ((string code, string text) in part.Manual.ExitStatus)
                Term(code, text);
        }
    }

    void WriteOptions(Manual manual)
    {
        Section("OPTIONS");
        foreach (IGrouping<string, IOptionRow> category in manual.Options.GroupBy(row => row.Category))
        {
            Line($".SS {Roff.Text(category.Key)}");
            WriteRows([.. category]);
        }
    }

    void WriteRows(IReadOnlyList<IOptionRow> rows)
    {
        foreach (IOptionRow row in rows)
        {
            Line(".TP");
            IEnumerable<string> names = new[] { row.Short, row.Long }.OfType<string>().Select(name => $"\\fB{Roff.Code(name)}\\fR");
            Line(string.Join(", ", names) + (row.Value is null ? "" : $" \\fI{Roff.Code(row.Value)}\\fR"));
            WriteProse(OptionSynopsis.Sentences(row));
        }
    }

    void WriteTerms(string heading, IReadOnlyList<(string Term, string Text)> terms)
    {
        if (terms.Count == 0)
            return;
        Section(heading);
        foreach ((string term, string text) in terms)
            Term(term, text);
    }

    void WriteUsage(string words, Manual manual)
    {
        foreach (string usage in manual.Usage)
        {
            if (_text[^1] == '\n' && !_text.ToString().EndsWith(".SH SYNOPSIS\n", StringComparison.Ordinal))
                Line(".br");
            Line($"\\fB{Roff.Code(words)}\\fR {Roff.Code(usage)}".TrimEnd());
        }
    }

    void WriteProse(string text)
    {
        bool isVerbatim = false;
        foreach (string row in text.Split('\n'))
        {
            bool isCode = row.StartsWith("    ", StringComparison.Ordinal);
            if (isCode != isVerbatim)
                Line(isCode ? ".nf" : ".fi");
            isVerbatim = isCode;
            Line(row.Length == 0 ? ".PP" : isCode ? Roff.Code(row) : Roff.Prose(row));
        }

        if (isVerbatim)
            Line(".fi");
    }

    void Section(string name) => Line($".SH {name}");

    void Term(string term, string text)
    {
        Line(".TP");
        Line($"\\fB{Roff.Code(term)}\\fR");
        WriteProse(text);
    }

    static string Sentence(string summary) => char.ToUpperInvariant(summary[0]) + summary[1..] + ".";

    void Line(string text) => _text.Append(text).Append('\n');
}
