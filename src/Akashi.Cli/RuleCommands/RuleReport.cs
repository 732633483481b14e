using System.Text;
using Akashi.Diagnostics;
using Akashi.Output;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.RuleCommands;

/// <summary>What the commands of <c>akashi rules</c> say: diagnostics to standard error, rules as auditctl lists them.</summary>
sealed class RuleReport(Utf8Output output, Utf8Output error, Machine machine)
{
    const int LineCharactersMax = 2000;

    readonly RuleListing _listing = new(machine);

    /// <summary>How many errors were said.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Says diagnostics, each with its hint; that a watch is slow is left to the check, which says how to mend it.</summary>
    public void Say(DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.All)
        {
            if (diagnostic.Number != (int)RuleMessage.WatchIsSlow)
                Say(diagnostic);
        }
    }

    /// <summary>Says a diagnostic: <c>akashi rules: file:line:column: text</c>.</summary>
    public void Say(Diagnostic diagnostic)
    {
        string word = diagnostic.Severity switch
        {
            Severity.Note => "note: ",
            Severity.Warning => "warning: ",
            _ => "",
        };
        if (diagnostic.Severity == Severity.Error)
            ErrorCount++;
        string place = diagnostic.File is null ? "" : (diagnostic with { Text = "" }).ToString();
        Line(error, $"akashi rules: {place}{word}{(word.Length > 0 ? WithoutWord(diagnostic.Text) : diagnostic.Text)}");
        if (diagnostic.Hint is { } hint)
            Line(error, $"hint: {hint}");
    }

    /// <summary>Says an error that has no place.</summary>
    public void Fail(string text, string? hint = null) => Say(new Diagnostic(0, Severity.Error, text) { Hint = hint });

    /// <summary>Prints a line.</summary>
    public void Print(string text) => Line(output, text);

    /// <summary>The text of a rule, as auditctl -l has it.</summary>
    public string TextOf(HeldRule rule) => _listing.ToText(rule.Rule);

    // Texts of auditctl that begin with the word themselves.
    static string WithoutWord(string text)
    {
        const string Word = "warning - ";
        return text.StartsWith(Word, StringComparison.OrdinalIgnoreCase) ? text[Word.Length..] : text;
    }

    // What files hold gets to a terminal escaped.
    static void Line(Utf8Output stream, string text)
    {
        stream.WriteEscaped(Encoding.UTF8.GetBytes(text.Length <= LineCharactersMax ? text : text[..LineCharactersMax] + "…"));
        stream.EndLine();
    }
}
