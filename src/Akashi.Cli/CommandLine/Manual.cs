namespace Akashi.Cli.CommandLine;

/// <summary>What is to be said of a tool beside its options: the manual page and <c>akashi help TOOL</c> are made of it.</summary>
/// <remarks>
/// Text is ASCII: paragraphs with an empty line between them, `words to type` between back quotes, lines that begin with four blanks as they stand.
/// Made when it's asked for: no tool's start pays for it.
/// </remarks>
public sealed record Manual
{
    /// <summary>What follows the name, a line for each way to call it: <c>[OPTION...]</c>.</summary>
    public required IReadOnlyList<string> Usage { get; init; }

    /// <summary>What it does, for somebody who has never seen it.</summary>
    public required string Description { get; init; }

    /// <summary>The rows of its option table.</summary>
    public IReadOnlyList<IOptionRow> Options { get; init; } = [];

    /// <summary>What a word that is no option may be.</summary>
    public OptionValues Operands { get; init; } = new(ValueKind.Anything);

    /// <summary>The commands or reports it is made of, by the word that follows its name.</summary>
    public IReadOnlyList<ManualPart> Parts { get; init; } = [];

    /// <summary>Its exit codes, each with when it is.</summary>
    public IReadOnlyList<(string Term, string Text)> ExitStatus { get; init; } = [];

    /// <summary>Files it reads and writes, each with what for.</summary>
    public IReadOnlyList<(string Term, string Text)> Files { get; init; } = [];

    /// <summary>Command lines, each with what it is for.</summary>
    public IReadOnlyList<(string Term, string Text)> Examples { get; init; } = [];

    /// <summary>Other pages, such as <c>auditctl(8)</c>.</summary>
    public IReadOnlyList<string> SeeAlso { get; init; } = [];

    /// <summary>The section of the manual: 1 for everyone's commands, 8 for an administrator's.</summary>
    public int Section { get; init; } = 8;
}

/// <summary>A command of a tool: <c>load</c> of <c>akashi rules</c>.</summary>
/// <param name="Name">The word.</param>
/// <param name="Summary">One line.</param>
/// <param name="Manual">What is said of it; its own sections stand under those of the tool.</param>
public sealed record ManualPart(string Name, string Summary, Manual Manual);
