using Akashi.Cli.Searching;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>Help: <c>akashi help X</c> and <c>akashi X --help</c> are one text, the manual's, as wide as the terminal.</summary>
static class CommandHelp
{
    const int UsualColumns = 80;

    /// <summary>Prints the manual of a command, or of the command of it that the first argument names.</summary>
    /// <param name="invocation">What follows the command's name, and where to.</param>
    /// <param name="command">A command of akashi: <c>rules</c>.</param>
    /// <returns>0.</returns>
    public static int Print(Invocation invocation, string command)
    {
        Tool tool = Tools.FindCommand(command)!;
        Manual manual = tool.Manual!();
        return manual.Parts.FirstOrDefault(part => invocation.Arguments.Count > 0 && part.Name == invocation.Arguments[0]) is { } part
            ? Print(invocation, $"akashi {command} {part.Name}", part.Summary, part.Manual)
            : Print(invocation, $"akashi {command}", tool.Summary, manual);
    }

    /// <summary>Prints a manual.</summary>
    /// <param name="invocation">Where to.</param>
    /// <param name="words">The words it is called by: <c>akashi rules load</c>.</param>
    /// <param name="summary">One line.</param>
    /// <param name="manual">The manual.</param>
    /// <returns>0.</returns>
    public static int Print(Invocation invocation, string words, string summary, Manual manual)
    {
        using var output = new Utf8Output(invocation.Output);
        new ManualText(output, invocation.OutputIsTerminal ? Terminal.Columns : UsualColumns).Write(words, summary, manual);
        return 0;
    }

    /// <summary>Whether nothing but help is asked for: <c>--help</c> right behind the words of a command.</summary>
    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="manual">Makes its manual, for the commands it is made of.</param>
    public static bool IsAskedFor(IReadOnlyList<string> arguments, Func<Manual> manual) => arguments switch
    {
        ["-h" or "--help", ..] => true,
        [string word, "-h" or "--help", ..] => manual().Parts.Any(part => part.Name == word),
        _ => false,
    };
}
