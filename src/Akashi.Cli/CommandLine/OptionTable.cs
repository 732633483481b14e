using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>How the words of a command line are cut into options.</summary>
public enum OptionStyle
{
    /// <summary>A word is one option, whole: <c>-ts</c>; no bundling, no <c>--opt=value</c> (ausearch, aureport).</summary>
    WholeWords,

    /// <summary>getopt_long(3): <c>-abc</c> bundles, <c>-kKEY</c> and <c>--opt=value</c> attach (auditctl, akashi).</summary>
    Getopt,
}

/// <summary>The options of one tool.</summary>
/// <param name="rows">One row each; the order is the help's.</param>
/// <param name="style">How words are cut.</param>
public sealed class OptionTable<T>(IReadOnlyList<Option<T>> rows, OptionStyle style) : IOptionTable
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<Option<T>> Rows => rows;

    /// <inheritdoc/>
    public IReadOnlyList<IOptionRow> Descriptions => rows;

    /// <summary>What is said of a word that is no option of the table (<c>-z</c>, <c>--trim</c>); null for getopt's words.</summary>
    public Func<string, string>? UnknownOption { get; init; }

    /// <summary>Turns words into what was typed, up to the first fault.</summary>
    /// <param name="words">The arguments after the tool's name.</param>
    /// <param name="typed">Receives them.</param>
    /// <param name="operand">Takes a word that is no option; returns null, or why it can't be taken.</param>
    /// <returns>Null, or the fault: lower case, no full stop.</returns>
    public string? Parse(IReadOnlyList<string> words, T typed, ApplyOption<T>? operand = null)
    {
        var cursor = new OptionWords(words);
        bool optionsEnded = false;
        while (cursor.HasMore)
        {
            string word = cursor.NextWord();
            string? fault;
            if (style == OptionStyle.Getopt && !optionsEnded && word == "--")
            {
                optionsEnded = cursor.IsAfterDashes = true;
                continue;
            }

            if (optionsEnded || word.Length < 2 || word[0] != '-')
                fault = TakeOperand(cursor, word, typed, operand);
            else if (style == OptionStyle.WholeWords)
                fault = TakeWhole(cursor, word, typed);
            else
                fault = TakeGetopt(cursor, word, typed);
            if (fault is not null)
                return fault;
        }

        return null;
    }

    /// <summary>Writes the options by category, a line each.</summary>
    public void WriteHelp(Utf8Output output)
    {
        int width = rows.Max(row => OptionSynopsis.Of(row).Length) + 2;
        foreach (IGrouping<string, Option<T>> category in rows.GroupBy(row => row.Category))
        {
            output.Write(category.Key);
            output.Write(":\n"u8);
            foreach (Option<T> row in category)
            {
                output.Write("  "u8);
                output.Write(OptionSynopsis.Of(row).PadRight(width));
                output.Write(row.Help);
                output.EndLine();
            }
        }
    }

    string? TakeOperand(OptionWords cursor, string word, T typed, ApplyOption<T>? operand)
    {
        if (operand is null)
            return style == OptionStyle.WholeWords ? $"{word} is an unsupported option" : $"unexpected word '{word}': it takes options only";
        cursor.Begin("", word);
        return operand(typed, cursor);
    }

    string? TakeWhole(OptionWords cursor, string word, T typed)
    {
        Option<T>? row = rows.FirstOrDefault(row => row.Short == word || row.Long == word);
        if (row is null)
            return $"{word} is an unsupported option";
        cursor.Begin(word, null);
        return row.Apply(typed, cursor);
    }

    string? TakeGetopt(OptionWords cursor, string word, T typed)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
            return TakeLong(cursor, word, typed);

        string? letters = word[1..];
        while (!string.IsNullOrEmpty(letters))
        {
            string name = "-" + letters[0];
            Option<T>? row = rows.FirstOrDefault(row => row.Short == name);
            if (row is null)
                return UnknownOption?.Invoke(name) ?? $"invalid option -- '{letters[0]}'";
            letters = letters[1..];
            if (row.Value is not null)
            {
                cursor.Begin(name, letters.Length > 0 ? letters : null);
                return row.Apply(typed, cursor);
            }

            cursor.Begin(name, null);
            if (row.Apply(typed, cursor) is { } fault)
                return fault;
        }

        return null;
    }

    string? TakeLong(OptionWords cursor, string word, T typed)
    {
        // getopt_long takes any beginning of a long option that is the only one with it.
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        Option<T>? row = rows.FirstOrDefault(row => row.Long == name);
        Option<T>[] meant = row is null ? [.. rows.Where(row => row.Long?.StartsWith(name, StringComparison.Ordinal) == true)] : [row];
        if (meant.Length > 1 && UnknownOption is null)
            return $"option '{word}' is ambiguous; possibilities: {string.Join(' ', meant.Select(row => $"'{row.Long}'"))}";
        if (meant.Length != 1)
            return UnknownOption?.Invoke(word) ?? $"unrecognized option '{word}'";
        row = meant[0];
        if (row.Value is null && equals >= 0)
            return $"option '{row.Long}' doesn't allow an argument";
        cursor.Begin(row.Long!, equals < 0 ? null : word[(equals + 1)..]);
        return row.Apply(typed, cursor);
    }
}
