using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>The manual of the program itself: an overview of its tools.</summary>
static class AkashiManual
{
    public static Manual Make(IReadOnlyList<DescribedTool> commands, IReadOnlyList<DescribedTool> classic) => new()
    {
        Usage = ["COMMAND [ARGUMENT...]", "help COMMAND"],
        Description = """
            `akashi` is a Linux auditing system in one program: it records what happens on a machine, keeps it, and answers who did what, when and from where.
            Each of its tools is a command; the classic ones answer to their own names too, and behave as those of audit-userspace do.

            To see what it is about: `akashi live --sample`, then, as root, `akashi start`.
            """,
        Options =
        [
            new Option<object>("-h", "--help", null, "About", "list the commands", (_, _) => null),
            new Option<object>("-v", "--version", null, "About", "print the version", (_, _) => null),
        ],
        Parts = [.. commands.Concat(classic).Select(tool => new ManualPart(LastWord(tool.Words), tool.Summary, tool.Manual))],
        ExitStatus = [("0", "Done, or what the tool says."), ("1", "What the tool says."), ("2", "No such command; every command's wrong usage.")],
        SeeAlso = [.. commands.Concat(classic).Select(tool => $"{tool.PageName}({tool.Manual.Section})")],
        Section = 1,
    };

    static string LastWord(string words) => words[(words.LastIndexOf(' ') + 1)..];
}
