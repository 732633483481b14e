using Akashi.Cli.CommandLine;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>One setup.</summary>
/// <param name="Name">The word after <c>akashi setup</c>.</param>
/// <param name="Operands">What follows the options in its usage line; empty for nothing.</param>
/// <param name="Summary">One line.</param>
/// <param name="Options">Its own options, beside those of every setup.</param>
/// <param name="Plan">Reads the machine and says what would change.</param>
/// <param name="Finish">What is to be done after files were changed, or taken back: loading, starting, verifying.</param>
sealed record SetupKind(
    string Name, string Operands, string Summary, IReadOnlyList<Option<SetupOptions>> Options,
    Func<SetupMachine, SetupOptions, SetupPlan> Plan, Func<SetupMachine, SetupOptions, SetupOutcome, bool> Finish)
{
    /// <summary>What its usage line asks for and isn't there, and what mends it; null for nothing. Not asked where a setup is taken back.</summary>
    public Func<SetupOptions, (string Text, string Hint)?> FindMissing { get; init; } = _ => null;

    /// <summary>Tries what the change is about while nothing is changed, on the machine that runs; returns why it can't be done.</summary>
    public Func<SetupMachine, SetupOptions, string?> TryBefore { get; init; } = (_, _) => null;

    /// <summary>Tries what was changed before it stands, likewise; what it returns is why everything is changed back. Null where there is nothing to try.</summary>
    public Func<SetupMachine, SetupOptions, string?>? TryAfter { get; init; }

    /// <summary>Warns of what an undo of these changes loses for good; returns what keeps a copy, which is done once the undo is agreed to, and null for nothing.</summary>
    public Func<SetupMachine, IReadOnlyList<FileChange>, Action?> Forewarn { get; init; } = (_, _) => null;

    /// <summary>Takes what is held while this machine's files are changed, or changed back, so that other programs don't; null for nothing.</summary>
    public Func<IDisposable>? Hold { get; init; }
}

/// <summary>What was done to files.</summary>
/// <param name="Changes">What was changed, in this run; empty where everything was as it should be.</param>
/// <param name="IsUndo">Whether it was taken back.</param>
sealed record SetupOutcome(IReadOnlyList<FileChange> Changes, bool IsUndo)
{
    /// <summary>The text that stood in a file before this run; null where the run didn't change it.</summary>
    public byte[]? BytesBefore(string path) => Changes.FirstOrDefault(change => change.Path == path)?.Before.Bytes;
}
