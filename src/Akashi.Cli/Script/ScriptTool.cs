using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Terminals;
using Akashi.Output;

namespace Akashi.Cli.Script;

/// <summary>script: records what a terminal shows, and is typed, during a session; as util-linux has it.</summary>
/// <remarks>Exit codes: 0; with -e that of the session; 1 where it can't be recorded, or its files got too large.</remarks>
static class ScriptTool
{
    const string DefaultPath = "typescript";

    public static Tool Tool { get; } = new("script", "record a terminal session", Run) { Manual = ScriptManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(invocation.Output);
        var request = new ScriptRequest();
        string? fault = request.Take(invocation.Arguments);
        if (request.WantsHelp || request.WantsVersion)
            return Describe(request, output);
        if (fault is not null)
            return Fail(error, $"{invocation.Name}: {fault}\n" + (request.IsValueFault ? "" : $"Try '{invocation.Name} --help' for more information.\n"));

        if (request.OutputPaths.Count == 0 && request.InputPaths.Count == 0)
        {
            if (!request.FollowsLinks && DefaultIsLink())
            {
                return Fail(error, $"{invocation.Name}: output file `{DefaultPath}' is a link\n"
                    + "Use --force if you really want to use it.\nProgram not started.\n");
            }

            request.OutputPaths.Add(DefaultPath);
            request.HasUnnamedOutput = !request.FollowsLinks;
        }

        return Record(invocation, request, new SessionNotices(invocation.Name, output, error, request.IsQuiet));
    }

    static int Record(Invocation invocation, ScriptRequest request, SessionNotices notices)
    {
        StandardStreams.Occupy();
        string shell = Environment.GetEnvironmentVariable("SHELL") ?? "/bin/sh";
        notices.Say(StartText(request));
        var facts = new SessionFacts(invocation.Host, request.Command, shell);
        using var logs = new ScriptLogs(request, facts);
        int exitCode = 1;
        try
        {
            logs.Open();
            exitCode = Relay(invocation, request, logs, shell, notices);
        }
        catch (AuditException exception)
        {
            notices.Complain(exception.Message);

            // The logs that were opened before are whole: they hold a session of nothing.
            logs.Close(0, isFull: false);
        }

        foreach (string fault in logs.WriteFaults())
            notices.Complain($"write failed: {fault}");
        notices.Say("Script done.\n");
        if (!notices.HasFailed)
            return exitCode;
        notices.Complain("write error");
        return 1;
    }

    static int Relay(Invocation invocation, ScriptRequest request, ScriptLogs logs, string shell, SessionNotices notices)
    {
        using TerminalMode? mode = TerminalMode.TryMakeRaw(0);
        using var terminal = PseudoTerminal.Open(mode, 0, request.Echo);
        using var relay = new PtyRelay(terminal, logs, StandardStreams.OrNothing(0), StandardStreams.OrNothing(1));
        relay.Ending = () => notices.Warn("\nSession terminated, killing shell...");
        relay.Listen(invocation.Signals);
        string name = Path.GetFileName(shell);
        relay.Run(shell, request.Command is { } command ? [name, "-c", command] : [name, "-i"], invocation.Name);
        if (relay.EndedBy is not null)
            notices.Warn(" ...killed.\n");
        if (relay.EndedFull)
            notices.Say($"Script terminated, max output files size {request.SizeMax} exceeded.\n");
        logs.Close(relay.ExitCode, relay.EndedFull);
        return relay.EndedFull ? 1 : request.ReturnsExitCode ? relay.ExitCode : 0;
    }

    static string StartText(ScriptRequest request)
    {
        var files = new List<string>();
        if (request.OutputPaths.Count > 0)
            files.Add($"output log file is '{request.OutputPaths[^1]}'");
        if (request.InputPaths.Count > 0)
            files.Add($"input log file is '{request.InputPaths[^1]}'");
        if ((request.TimingPath ?? (request.TimesToStandardError ? "/dev/stderr" : null)) is { } timing)
            files.Add($"timing file is '{timing}'");
        return $"Script started, {string.Join(", ", files)}.\n";
    }

    // A symbolic link, or a file with other names: whoever made it may have meant another file to be overwritten.
    static bool DefaultIsLink() => DefaultFile.IsLink(DefaultPath);

    static int Describe(ScriptRequest request, Utf8Output output)
    {
        if (request.WantsVersion)
            output.Write($"script from akashi {Version.Text}, as of util-linux 2.38.1\n");
        else
        {
            output.Write("\nUsage:\n script [options] [file] [-- command [argument...]]\n\nMake a typescript of a terminal session.\n\n");
            ScriptRequest.Table.WriteHelp(output);
            output.Write("\nFor more details see script(1).\n");
        }

        return 0;
    }

    static int Fail(Utf8Output error, string text)
    {
        error.Write(text);
        return 1;
    }
}
