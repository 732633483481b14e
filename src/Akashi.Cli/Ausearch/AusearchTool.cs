using Akashi.Cli.Ausearch.Checkpoints;
using Akashi.Cli.Input;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Search.Conditions;

namespace Akashi.Cli.Ausearch;

/// <summary>ausearch: selects events and prints them.</summary>
/// <remarks>Exit codes as ausearch(8): 0 something was found; 1 nothing was, or a fault; 10, 11, 12 of <see cref="CheckpointRun"/>.</remarks>
static class AusearchTool
{
    const int Found = 0;
    const int NotFound = 1;

    public static Tool Tool { get; } = new("ausearch", "find events in the trail", Run) { Manual = AusearchManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        if (invocation.Arguments.Count == 0)
        {
            PrintHelp(invocation.Output);
            return NotFound;
        }

        var request = new AusearchRequest();
        if (AusearchOptions.Table.Parse(invocation.Arguments, request) is { } fault)
            return Refuse(invocation, error, fault);
        if (request.WantsHelp || request.WantsVersion)
            return PrintAbout(invocation.Output, request);
        if (FormatOption.CheckColumns(request) is { } columnFault)
            return Refuse(invocation, error, columnFault);
        var unreadable = new UnreadableCondition();
        SearchPlan? plan = AusearchPlan.Make(request, invocation.Host, unreadable, out string? reason);
        if (plan is null)
            return Refuse(invocation, error, reason!);
        int code = Search(invocation, request, plan, error);
        if (unreadable.LeftOut > 0)
            error.Write($"{invocation.Name}: {unreadable.LeftOut} events with an AppArmor status in an AVC record were left out, as the original does\n");
        return code;
    }

    static int Search(Invocation invocation, AusearchRequest request, SearchPlan plan, Utf8Output error)
    {
        CheckpointRun? checkpoint = null;
        if (request.CheckpointPath is not null && (checkpoint = CheckpointRun.Load(request, invocation.Host, error)) is null)
            return CheckpointRun.Unusable;
        using LogInput input = LogInput.Open(request.InputPath, request.ReadsLogs, invocation, error);
        int timeoutSeconds = request.EndOfEventTimeoutSeconds ?? input.EndOfEventTimeoutSeconds;
        if (checkpoint?.TryPlace(input, timeoutSeconds, invocation.Name, error) == false)
            return CheckpointRun.Unusable;
        if (checkpoint is null && !request.ShowsBadLines)
            input.SeekTo(plan.Times);
        var assembler = new EventAssembler(timeoutSeconds);

        // A checkpoint speaks of the last event whether or not it is looked for: every one must pass.
        SearchPlan read = checkpoint is null ? plan : new SearchPlan([]) { Times = plan.Times };
        using var search = new TrailSearch(input.Reader, read, assembler)
        {
            OnBadLine = request.ShowsBadLines ? PassedOver.Show(error) : null,
            FlushesAtEnd = checkpoint is null,
        };
        using var output = new Utf8Output(
            invocation.Output, request.IsLineBuffered ? FlushMode.Line : FlushMode.Block, request.Escape);
        using var printer = new EventPrinter(output, isFirst => MakeFormat(request, invocation.Host, isFirst), IsWorkForTwo(request));

        bool hasFound = Print(request, plan, search, checkpoint, printer, error, out bool isAtEnd);
        printer.Flush();
        PassedOver.Say(search.Counts, invocation.Name, error);
        if (printer.Formats.OfType<CsvFormat>().Sum(format => format.NotNormalizedCount) is > 0 and int count)
            error.Write($"{invocation.Name}: {count} {(count == 1 ? "event doesn't" : "events don't")} say who did what: empty columns\n");
        int code = input.SayDamage(invocation.Name, error) || !hasFound ? NotFound : Found;
        if (checkpoint is not null)
            code = checkpoint.Save(input, search, assembler, isAtEnd, code, error);
        if (!hasFound && request.Format != OutputFormat.Raw && code <= NotFound)
            error.Write("<no matches>\n"u8);
        return code;
    }

    // Whether there was anything to print, and whether it was looked for to the end.
    static bool Print(
        AusearchRequest request, SearchPlan plan, TrailSearch search, CheckpointRun? checkpoint,
        EventPrinter printer, Utf8Output error, out bool isAtEnd)
    {
        bool hasFound = false;
        isAtEnd = true;
        while (isAtEnd && search.TryNext(out AuditEvent? match))
        {
            bool isNew = checkpoint is null || checkpoint.Admits(match, search.LastLine, error);
            if (checkpoint?.IsCorrupted == true)
                break;
            if (!isNew)
                continue;
            if (checkpoint is null || plan.Matches(match))
            {
                hasFound = true;
                printer.Write(match);
                isAtEnd = !request.EndsAfterFirst;
            }

            if (isAtEnd)
                checkpoint?.Pass(match);
        }

        return hasFound;
    }

    // The other formats print records as they are.
    static bool IsWorkForTwo(AusearchRequest request) =>
        !request.IsLineBuffered && request.Format is (OutputFormat.Interpret or OutputFormat.Csv or OutputFormat.Text);

    static IEventFormat MakeFormat(AusearchRequest request, IHost host, bool isFirst) => request.Format switch
    {
        OutputFormat.Raw => new RawFormat(),
        OutputFormat.Interpret => new InterpretFormat(host),
        OutputFormat.Csv => new CsvFormat(host, request.ExtraColumns) { HasHeader = isFirst },
        OutputFormat.Text => new TextFormat(host),
        _ => new DefaultFormat(host.LocalTime),
    };

    static int Refuse(Invocation invocation, Utf8Output error, string fault)
    {
        error.Write($"{invocation.Name}: {fault}\n");
        return NotFound;
    }

    static int PrintAbout(Stream stream, AusearchRequest request)
    {
        if (request.WantsHelp)
        {
            PrintHelp(stream);
            return Found;
        }

        using var output = new Utf8Output(stream);
        output.Write($"ausearch version {Version.Classic}\n");
        return Found;
    }

    static void PrintHelp(Stream stream)
    {
        using var output = new Utf8Output(stream);
        output.Write("usage: ausearch [options]\n"u8);
        AusearchOptions.Table.WriteHelp(output);
    }
}
