using Akashi.Cli.CommandLine;
using Akashi.Cli.SetupCommands;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli;

/// <summary>Chooses the tool: by the name it was called by, or by the first argument of <c>akashi</c>.</summary>
public static class AkashiCommand
{
    const string Usage = "usage: akashi COMMAND [ARGUMENT...]\n       akashi help COMMAND\n";

    /// <summary>Runs an invocation; faults of the outside world become one line on standard error and exit code 1.</summary>
    public static int Run(Invocation invocation)
    {
        try
        {
            return Choose(invocation);
        }
        catch (OutputClosedException)
        {
            return 0;
        }
        catch (AuditException exception)
        {
            return Fail(invocation, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(invocation, FileMessage(exception));
        }
        catch (Exception exception)
        {
            // A fault of ours: said in a line, with what a report needs, instead of a dump of the stack.
            return Fail(invocation, $"unexpected fault, please report it: {exception.GetType().Name}: {exception.Message}");
        }
    }

    static int Choose(Invocation invocation)
    {
        if (Tools.FindClassic(invocation.Name) is { } classic)
            return classic.Run(invocation);
        if (invocation.Name == ProbeTool.ProbeName)
            return 0;
        if (invocation.Arguments.Count == 0)
            return PrintUsage(invocation.Error, WrongUsage.ExitCode);

        string first = invocation.Arguments[0];
        if (first == "help" && invocation.Arguments.Count > 1 && invocation.Arguments[1] != "help")
            return PrintManual(invocation);
        if (first is "-h" or "--help" or "help")
            return PrintUsage(invocation.Output, exitCode: 0);
        if (first is "-v" or "--version" or "version")
            return Print(invocation.Output, $"akashi {Version.Text}\n");
        if (first == "--tool-names")
            return Print(invocation.Output, string.Concat(Tools.Classic.Select(tool => tool.Name + "\n")));

        if (Tools.FindCommand(first) is { } command)
            return Run(command, invocation.Shifted(first));
        return Tools.FindClassic(first) is { } tool ? tool.Run(invocation.Shifted(first)) : RefuseUnknown(invocation, first);
    }

    static int Run(Tool command, Invocation invocation) =>
        command.Manual is { } manual && CommandHelp.IsAskedFor(invocation.Arguments, manual)
            ? CommandHelp.Print(invocation, command.Name)
            : command.Run(invocation);

    // akashi help TOOL, and help TOOL COMMAND for those made of commands.
    static int PrintManual(Invocation invocation)
    {
        string name = invocation.Arguments[1];
        bool isCommand = Tools.FindCommand(name) is not null;
        if ((Tools.FindCommand(name) ?? Tools.FindClassic(name)) is not { IsInternal: false } tool)
            return RefuseUnknown(invocation, name);
        if (tool.Manual?.Invoke() is not { } manual)
            return tool.Run(invocation with { Name = tool.Name, Arguments = [.. invocation.Arguments.Skip(2), "--help"] });

        string summary = tool.Summary, words = isCommand ? $"akashi {name}" : name;
        foreach (string part in invocation.Arguments.Skip(2))
        {
            if (manual.Parts.FirstOrDefault(found => found.Name == part) is not { } next)
                return RefuseUnknown(invocation, string.Join(' ', invocation.Arguments.Skip(1)));
            (summary, words, manual) = (next.Summary, $"{words} {part}", next.Manual);
        }

        return CommandHelp.Print(invocation, words, summary, manual);
    }

    // The runtime's sentence, for the path in it, gives way to the system's words.
    static string FileMessage(Exception exception)
    {
        string[] quoted = exception.Message.Split('\'');
        return quoted.Length >= 3 ? $"{string.Join('\'', quoted[1..^1])}: {FileFault.Describe(exception)}" : FileFault.Describe(exception);
    }

    static int RefuseUnknown(Invocation invocation, string name) =>
        WrongUsage.Refuse(invocation, "akashi", $"no command '{name}'", "akashi --help lists them");

    // Whose fault it is: ausearch, whichever way it was called; akashi live.
    static string SpeakerOf(Invocation invocation)
    {
        if (Tools.FindClassic(invocation.Name) is not null || invocation.Arguments.Count == 0)
            return invocation.Name;
        string first = invocation.Arguments[0];
        return Tools.FindCommand(first) is not null ? $"akashi {first}" : Tools.FindClassic(first)?.Name ?? invocation.Name;
    }

    static int Fail(Invocation invocation, string text)
    {
        using var error = new Utf8Output(invocation.Error);
        FaultLines.Write(error, SpeakerOf(invocation), text + WayFor(invocation, text));
        return 1;
    }

    // Trail, rules and settings are root's; the classic tools say what they always said.
    static string WayFor(Invocation invocation, string text) =>
        invocation.Host.Process.Uid != 0 && Tools.FindClassic(invocation.Name) is null
        && (text.EndsWith("Permission denied", StringComparison.Ordinal) || text.EndsWith("Operation not permitted", StringComparison.Ordinal))
            ? $"\nhint: root may: sudo akashi {invocation.Arguments[0]} …"
            : "";

    static int PrintUsage(Stream stream, int exitCode)
    {
        using var output = new Utf8Output(stream);
        output.Write(Usage);
        WriteTools(output, "\nCommands:\n", [.. Tools.Commands.Where(tool => !tool.IsInternal)]);
        WriteTools(output, "\nClassic tools, under these names too:\n", Tools.Classic);
        output.Write("\nakashi help COMMAND explains one, with its options and examples.\n");
        return exitCode;
    }

    static void WriteTools(Utf8Output output, string heading, IReadOnlyList<Tool> tools)
    {
        output.Write(heading);
        foreach (Tool tool in tools)
            output.Write($"  {tool.Name,-14} {tool.Summary}\n");
    }

    static int Print(Stream stream, string text)
    {
        using var output = new Utf8Output(stream);
        output.Write(text);
        return 0;
    }
}
