namespace Akashi.Host;

/// <summary>Everything a tool's run gets to see: <c>int Run(Invocation)</c>.</summary>
/// <remarks>System.Console appears in Program.cs alone, so that recorded cases run in-process.</remarks>
public sealed record Invocation
{
    /// <summary>The name it was called by, without directories: <c>ausearch</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments after the name, as UTF-16; undecodable bytes can't be told.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>What standard input is: some tools read it only where it is a pipe.</summary>
    public required FileKind InputKind { get; init; }

    /// <summary>Standard output.</summary>
    public required Stream Output { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Standard error.</summary>
    public required Stream Error { get; init; }

    /// <summary>The terminal behind standard error, for what is written over again (progress); null where that is no terminal.</summary>
    public Stream? ErrorTerminal { get; init; }

    /// <summary>The machine.</summary>
    public required IHost Host { get; init; }

    /// <summary>Signals to the process.</summary>
    public required ISignals Signals { get; init; }

    /// <summary>The same for a subcommand: the first argument is taken off.</summary>
    public Invocation Shifted(string name) => this with { Name = name, Arguments = [.. Arguments.Skip(1)] };
}
