using Akashi.Cli.Scriptreplay;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Scriptlive;

/// <summary>scriptlive: types into a new session what was typed in a recorded one; as util-linux has it.</summary>
static class ScriptliveTool
{
    public static Tool Tool { get; } = new("scriptlive", "type a recorded session's input into a new one", Run) { Manual = ScriptliveManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(invocation.Output);
        var request = new LiveRequest();
        string? fault = request.Take(invocation.Arguments);
        if (request.WantsHelp || request.WantsVersion)
            return Describe(request, output);
        fault ??= Open(invocation, request, output);
        if (fault is null)
            return 0;
        error.Write($"{invocation.Name}: {fault}\n" + (request.IsSyntaxFault ? $"Try '{invocation.Name} --help' for more information.\n" : ""));
        return 1;
    }

    static string? Open(Invocation invocation, LiveRequest request, Utf8Output output)
    {
        try
        {
            using FileStream timing = ReplayLog.OpenFile(request.TimingPath!);
            using var log = new ReplayLog(request.LogPath!);
            return Live(invocation, request, new LiveTypist(new TimingReader(timing, TimingKind.Input), log, request), output);
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }
    }

    static string? Live(Invocation invocation, LiveRequest request, LiveTypist typist, Utf8Output output)
    {
        StandardStreams.Occupy();
        string shell = Environment.GetEnvironmentVariable("SHELL") ?? "/bin/sh";
        output.Write($">>> {invocation.Name}: Starting your typescript execution by {request.Command ?? shell}.\n");
        output.Flush();
        using (TerminalMode? mode = TerminalMode.TryMakeRaw(0))
        {
            using var terminal = PseudoTerminal.Open(mode, 0, request.Echo);
            using var relay = new PtyRelay(terminal, new Unrecorded(), StandardStreams.OrNothing(0), StandardStreams.OrNothing(1)) { Typist = typist };
            relay.Listen(invocation.Signals);
            string name = Path.GetFileName(shell);
            relay.Run(shell, request.Command is { } command ? [name, "-c", command] : [name, "-i"], invocation.Name);
        }

        output.Write($"\n>>> {invocation.Name}: done.\n");
        return typist.MalformedLine is { } line ? $"{request.TimingPath}: line {line}: timing file error" : null;
    }

    static int Describe(LiveRequest request, Utf8Output output)
    {
        if (request.WantsVersion)
            output.Write($"scriptlive from akashi {Version.Text}, as of util-linux 2.38.1\n");
        else
        {
            output.Write("\nUsage:\n scriptlive [options]\n scriptlive [-t] timingfile [-I|-B] typescript\n\nExecute terminal typescript.\n\n");
            LiveRequest.Table.WriteHelp(output);
            output.Write("\nFor more details see scriptlive(1).\n");
        }

        return 0;
    }
}
