using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>How every command of akashi refuses a command line; the classic tools do it as the originals do.</summary>
static class WrongUsage
{
    /// <summary>The exit code: nothing was done. Beside it, search and rules diff give 2 for trouble, as grep(1) and diff(1) do; trace and record may pass on a program's own.</summary>
    public const int ExitCode = 2;

    /// <summary>Says what is wrong, and where the options are listed.</summary>
    /// <param name="invocation">For standard error.</param>
    /// <param name="command">The words of the command: <c>akashi rules cost</c>.</param>
    /// <param name="fault">What is wrong: lower case, no full stop.</param>
    /// <param name="hint">What to do instead; null for the command's help.</param>
    /// <returns><see cref="ExitCode"/>.</returns>
    public static int Refuse(Invocation invocation, string command, string fault, string? hint = null)
    {
        using var error = new Utf8Output(invocation.Error);
        FaultLines.Write(error, command, $"{fault}\nhint: {hint ?? $"{command} --help lists the options"}");
        return ExitCode;
    }

    /// <summary>As <see cref="Refuse"/>, where a command is made of commands and the word is none of them.</summary>
    /// <param name="invocation">For standard error.</param>
    /// <param name="command">The words of the command: <c>akashi rules</c>.</param>
    /// <param name="word">What was typed behind it; null for nothing.</param>
    /// <param name="manual">The command's manual, which names its commands.</param>
    /// <returns><see cref="ExitCode"/>.</returns>
    public static int RefuseCommand(Invocation invocation, string command, string? word, Manual manual)
    {
        string there = string.Join(", ", manual.Parts.Select(part => part.Name));
        return Refuse(invocation, command, word is null ? $"a command is missing: {there}" : $"no command '{word}': {there}", $"{command} --help tells of each");
    }
}
