using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Records;
using Akashi.Reports;
using Akashi.Search;

namespace Akashi.Cli.Aureport;

/// <summary>aureport: reports and summaries of the trail.</summary>
/// <remarks>Exit codes as aureport(8): 0; 1 for a fault, and for a report, not for a summary, that has no events.</remarks>
static class AureportTool
{
    const int Done = 0;
    const int NothingOrFault = 1;

    public static Tool Tool { get; } = new("aureport", "report on the trail: who, what, when, how often", Run) { Manual = AureportManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var request = new AureportRequest();
        if (AureportOptions.Table.Parse(invocation.Arguments, request) is { } fault)
            return Refuse(invocation, error, fault);
        if (request.WantsHelp || request.WantsVersion)
            return PrintAbout(invocation.Output, request);
        ReportQuery? query = MakeQuery(request, invocation.Host, out string? reason);
        return query is null ? Refuse(invocation, error, reason!) : Report(invocation, request, query, error);
    }

    static ReportQuery? MakeQuery(AureportRequest request, IHost host, out string? fault)
    {
        long start = 0, end = 0;
        fault = null;
        if (request.Start is not null || request.End is not null)
        {
            var times = new TimeSpecification(host) { IsClassic = true };
            fault = request.Start is null ? null : times.Read(request.Start, isEnd: false, out start);
            fault ??= request.End is null ? null : times.Read(request.End, isEnd: true, out end);
        }

        return fault is not null ? null : new ReportQuery
        {
            StartSeconds = request.Start is null ? null : start,
            EndSeconds = request.End is null ? null : end,
            Outcome = request.Outcome,
            Changes = request.Changes,
            LeavesOutConfiguration = request.LeavesOutConfiguration,
            Nodes = [.. request.Nodes.Select(Encoding.UTF8.GetBytes)],
            Interprets = request.Interprets,
        };
    }

    static int Report(Invocation invocation, AureportRequest request, ReportQuery query, Utf8Output error)
    {
        using var output = new Utf8Output(invocation.Output, FlushMode.Block, request.Escape);
        if (!WriteHeading(request, output))
        {
            error.Write($"{invocation.Name}: this report has no summary\n");
            return NothingOrFault;
        }

        using LogInput input = LogInput.Open(request.InputPath, request.ReadsLogs, invocation, error);
        var selection = new ReportSelection(query, request.Report?.Needs ?? MainSummary.Needs);
        var assembler = new EventAssembler(request.EndOfEventTimeoutSeconds ?? input.EndOfEventTimeoutSeconds) { Keeps = selection.Reads };
        // The main summary tells where the logs begin, too, so that it sees what lies outside of the time asked for.
        bool isMain = request.Report is null && !request.WantsLogTimes;
        var plan = new SearchPlan([]) { Times = isMain ? TimeRange.Always : query.Times };
        EventStamp? first = request.WantsLogTimes || request.ShowsBadLines ? null : input.SeekTo(query.Times);
        using var search = new TrailSearch(input.Reader, plan, assembler)
        {
            OnBadLine = request.ShowsBadLines ? PassedOver.Show(error) : null,
        };
        var text = new ReportText(invocation.Host, output, request.Interprets);
        var run = new ReportRun(search, query, selection, text);
        bool hasRows = true;
        if (request.WantsLogTimes)
            new LogTimes(text).Write(search, input.Names);
        else if (request.Report is null)
            run.WriteMainSummary(first);
        else if (request.WantsSummary)
            run.WriteSummary(request.Report, request.Report.Summary!);
        else
            hasRows = run.WriteRows(request.Report);
        output.Flush();
        SayWhatWasLeftOut(invocation.Name, selection, search, error);
        return !input.SayDamage(invocation.Name, error) && hasRows ? Done : NothingOrFault;
    }

    /// <returns>False where a summary is asked for of a report that has none.</returns>
    static bool WriteHeading(AureportRequest request, Utf8Output output)
    {
        bool isSummary = request.WantsSummary;
        if (request.WantsLogTimes && !isSummary)
            ReportHeading.WriteLogs(output);
        else if (request.Report is null && !request.WantsLogTimes)
            ReportHeading.WriteMain(request.Outcome, output);
        else if (request.Report is { } report && !isSummary)
            ReportHeading.Write(report, output);
        else if (request.Report?.Summary is { } summary)
            ReportHeading.WriteSummary(summary, request.Outcome, output);
        else
        {
            ReportHeading.WriteMissingSummary(request.Outcome, output);
            return false;
        }

        return true;
    }

    static void SayWhatWasLeftOut(string toolName, ReportSelection selection, TrailSearch search, Utf8Output error)
    {
        PassedOver.Say(search.Counts, toolName, error);
        if (selection.MalformedEvents > 0)
            error.Write($"{toolName}: {selection.MalformedEvents} {(selection.MalformedEvents == 1 ? "event was" : "events were")} left out: a record lacks a field that this report needs\n");
    }

    // The original shows its usage on standard output, after any fault in its options.
    static int Refuse(Invocation invocation, Utf8Output error, string fault)
    {
        error.Write($"{invocation.Name}: {fault}\n");
        using var output = new Utf8Output(invocation.Output);
        AureportOptions.WriteUsage(output);
        return NothingOrFault;
    }

    static int PrintAbout(Stream stream, AureportRequest request)
    {
        using var output = new Utf8Output(stream);
        if (request.WantsHelp)
            AureportOptions.WriteUsage(output);
        else
            output.Write($"aureport version {Version.Classic}\n");
        return Done;
    }
}
