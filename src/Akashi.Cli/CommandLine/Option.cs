namespace Akashi.Cli.CommandLine;

/// <summary>Puts one typed option into what was typed; no side effects.</summary>
/// <returns>Null, or why the option can't be taken: lower case, no full stop.</returns>
public delegate string? ApplyOption<in T>(T typed, OptionWords words);

/// <summary>One row of a tool's option table: parsing, --help, the man page and completion read it.</summary>
/// <param name="Short">With its dash, such as <c>-ts</c>; null for none.</param>
/// <param name="Long">With its dashes, such as <c>--start</c>; null for none.</param>
/// <param name="Value">The value's name, such as <c>TIME</c>; null where the option takes none.</param>
/// <param name="Category">The heading it stands under in the help.</param>
/// <param name="Help">One line.</param>
/// <param name="Apply">Takes it.</param>
public sealed record Option<T>(
    string? Short, string? Long, string? Value, string Category, string Help, ApplyOption<T> Apply) : IOptionRow
{
    /// <summary>Whole sentences that the manual adds to the line; null where the line says it all.</summary>
    public string? LongHelp { get; init; }

    /// <summary>What the value may be, for completion; by default what its name says.</summary>
    public OptionValues Values { get; init; }
}
