namespace Akashi.Cli.Tests.Kin;

/// <summary>One recorded run of a real tool.</summary>
/// <param name="Name">Its number.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Log">The log, by its name.</param>
/// <param name="IsPiped">Whether the log came through standard input.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Arguments">The words after the tool's name.</param>
/// <param name="Output">What went to standard output.</param>
public sealed record KinCase(string Name, string Tool, string Log, bool IsPiped, int ExitCode, string[] Arguments, byte[] Output)
{
    /// <summary>As a person would type it.</summary>
    public override string ToString() => $"{Name} {Tool} {string.Join(' ', Arguments)}{(IsPiped ? " < " + Log : "")}";
}
