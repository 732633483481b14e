using Akashi.Cli.CommandLine;
using Akashi.Host;

namespace Akashi.Cli;

/// <summary>A tool by its classic name.</summary>
/// <param name="Name">The name it answers to.</param>
/// <param name="Summary">One line.</param>
/// <param name="Run">Runs it; returns the exit code.</param>
public sealed record Tool(string Name, string Summary, Func<Invocation, int> Run)
{
    /// <summary>Whether only this program itself calls it: help doesn't list it.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Makes its manual; null where only its own --help tells of it.</summary>
    public Func<Manual>? Manual { get; init; }
}
