using Akashi.Daemon.Plugins;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Search.Expressions;

namespace Akashi.Cli.Audisp;

/// <summary>audisp-filter: gives some of the events on to another plugin.</summary>
/// <remarks>
/// <c>allowlist</c> drops what matches, <c>blocklist</c> gives on what matches: the words of the original, the reverse of what they say elsewhere. <c>drop-matching</c> and
/// <c>forward-matching</c> mean the same and say it. Exit codes: 0; 1 for wrong words, a wrong file, or a program that ends. HUP reads the file anew; a wrong one changes nothing.
/// </remarks>
static class AudispFilterTool
{
    const string Usage =
        "usage: audisp-filter MODE CONFIG_FILE BINARY [BINARY_ARGUMENT...]\n" +
        "       audisp-filter --check CONFIG_FILE\n" +
        "MODE: allowlist or drop-matching (events that match are dropped), blocklist or forward-matching (only they are given on)\n";

    public static Tool Tool { get; } = new("audisp-filter", "plugin: give on some of the events to another plugin", Run) { Manual = PluginManuals.Filter };

    static int Run(Invocation invocation)
    {
        using var messages = new PluginMessages(invocation);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.Count == 2 && words[0] == "--check")
            return Read(invocation.Host, words[1], messages.SayHere) is null ? 1 : 0;
        if (words.Count < 3)
            return messages.Refuse("a mode, a file and a program are needed", Usage);
        bool? givesMatches = words[0] switch
        {
            "allowlist" or "drop-matching" => false,
            "blocklist" or "forward-matching" => true,
            _ => null,
        };
        if (givesMatches is not { } gives)
            return messages.Refuse($"unknown mode '{words[0]}': allowlist or blocklist", Usage);
        return Read(invocation.Host, words[1], messages.Say) is { } expression
            ? Filter(invocation, messages, expression, gives)
            : 1;
    }

    static int Filter(Invocation invocation, PluginMessages messages, RecordExpression expression, bool givesMatches)
    {
        string file = invocation.Arguments[1];
        string[] command = [.. invocation.Arguments.Skip(2)];
        try
        {
            using var filter = new FilterPlugin(invocation.Host, expression, givesMatches, command);
            var input = new PluginInput(invocation.Input);
            invocation.Signals.Ignore(Signal.Hangup);
            using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, () => Stop(input, filter));
            using IDisposable onHangup = invocation.Signals.On(Signal.Hangup, () => Reread(invocation.Host, file, filter, messages));
            bool isWhole = filter.Run(input);
            if (filter.BadLines > 0)
                messages.Say($"{filter.BadLines} lines were no records and were not given on");
            string? fault = isWhole ? input.Fault : $"{command[0]} has ended";
            if (fault is null)
                return 0;
            messages.Say(fault);
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
        }

        return 1;
    }

    static void Stop(PluginInput input, FilterPlugin filter)
    {
        input.Stop();
        filter.EndSoon();
    }

    static void Reread(IHost host, string file, FilterPlugin filter, PluginMessages messages)
    {
        if (Read(host, file, messages.Say) is { } expression)
            filter.Change(expression);
        else
            messages.Say("the expressions stay as they were");
    }

    static RecordExpression? Read(IHost host, string file, Action<string> say)
    {
        var diagnostics = new DiagnosticBag();
        RecordExpression? expression = FilterConfigurationFile.Read(host, file, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            say(diagnostic.ToString());
        return expression;
    }
}
