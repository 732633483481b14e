using Akashi.Cli.CommandLine;
using Akashi.Cli.Searching;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Status;

/// <summary><c>akashi status</c>: whether this machine is recorded, by whom, how much, and what is missing. It changes nothing.</summary>
/// <remarks>Exit codes: 0 recording and well; 1 recording, something is wrong; 2 usage; 3 not recording; 4 it can't be found out (3 and 4 as a service's status has them in LSB). <c>--watch</c> that was ended: 0.</remarks>
static class StatusTool
{
    static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(1);

    public static Tool Tool { get; } = new("status", "whether this machine is recorded, how much, and what is missing", Run) { Manual = StatusManual.Make };

    static int Run(Invocation invocation)
    {
        var typed = new StatusOptions();
        if (StatusOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi status", fault);

        using var output = new Utf8Output(invocation.Output);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "status");

        var look = new StatusLook(invocation.Host, typed.SocketPath, typed.ConfigurationDirectory);
        bool hasColors = typed.HasColors ?? (invocation.OutputIsTerminal && WantsColors());
        if (typed.IsWatching)
            return new StatusWatch(invocation, look, s_watchInterval).Run(output, typed.IsJson, hasColors);
        StatusFacts facts = look.Take();
        StatusVerdict verdict = StatusVerdict.Of(facts);
        if (typed.IsJson)
            output.Write(StatusJson.Write(facts, verdict));
        else if (invocation.OutputIsTerminal)
            Print(invocation, hasColors, facts, verdict);
        else
            new StatusReport(output, invocation.Host, hasColors).Print(facts, verdict);
        return (int)verdict.State;
    }

    static void Print(Invocation invocation, bool hasColors, StatusFacts facts, StatusVerdict verdict)
    {
        using var rows = new RowStream(invocation.Output, Terminal.Columns, StatusReport.LabelColumns);
        using var output = new Utf8Output(rows);
        new StatusReport(output, invocation.Host, hasColors).Print(facts, verdict);
    }

    static bool WantsColors() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
