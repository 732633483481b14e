namespace Akashi.Cli.CommandLine;

/// <summary>A row of an option table for whoever only describes it: the manual and completion.</summary>
public interface IOptionRow
{
    string? Short { get; }

    string? Long { get; }

    string? Value { get; }

    string Category { get; }

    string Help { get; }

    string? LongHelp { get; }

    OptionValues Values { get; }
}

/// <summary>An option table for whoever only describes it.</summary>
public interface IOptionTable
{
    /// <summary>The rows, in the order of the help.</summary>
    IReadOnlyList<IOptionRow> Descriptions { get; }
}
