using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>A place on a command line where options or commands may follow.</summary>
/// <param name="Words">What stands before: <c>ausearch</c>, <c>akashi rules load</c>. A classic tool under akashi is in its own place.</param>
/// <param name="Manual">What may follow.</param>
sealed record CompletionPlace(string Words, Manual Manual)
{
    /// <summary>Every place; akashi first.</summary>
    public static IReadOnlyList<CompletionPlace> All(IReadOnlyList<DescribedTool> tools) =>
        [.. tools.SelectMany(tool => tool.Words == "akashi" ? [new CompletionPlace(tool.Words, tool.Manual)] : Of(tool.Words, tool.Manual))];

    /// <summary>The options as they are typed: every name a word, in the table's order.</summary>
    public IEnumerable<string> OptionNames => Manual.Options.SelectMany(NamesOf);

    public static IEnumerable<string> NamesOf(IOptionRow row) => new[] { row.Short, row.Long }.OfType<string>();

    /// <summary>What may stand after an option; null where it takes nothing.</summary>
    public static OptionValues? ValuesOf(IOptionRow row) => row.Value is null ? null : row.Values.Or(row.Value);

    static IEnumerable<CompletionPlace> Of(string words, Manual manual) =>
        manual.Parts.SelectMany(part => Of($"{words} {part.Name}", part.Manual)).Prepend(new CompletionPlace(words, manual));
}
