using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Reporting;

/// <summary><c>akashi report NAME</c>: what the trail says, summed up.</summary>
/// <remarks>Exit codes: 0, whether there are rows or not; 1 where the trail can't be read, or an archive of it not to its end; 2 usage.</remarks>
static class ReportTool
{
    static readonly IReadOnlyList<ReportKind> s_kinds = [CommandRows.Kind, SoftwareRows.Kind];

    public static Tool Tool { get; } = new("report", "sum up what a trail says: commands, software", Run) { Manual = () => ReportManual.Make(s_kinds) };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        string? name = invocation.Arguments.Count > 0 ? invocation.Arguments[0] : null;
        if (s_kinds.FirstOrDefault(kind => kind.Name == name) is not { } kind)
            return WrongUsage.RefuseCommand(invocation, "akashi report", name, ReportManual.Make(s_kinds));

        var request = new ReportRequest();
        var table = new OptionTable<ReportRequest>([.. kind.Options, .. ReportRequest.Common], OptionStyle.Getopt);
        ReportPeriod period = default;
        string? fault = table.Parse([.. invocation.Arguments.Skip(1)], request) ?? ReportPeriod.Read(request, invocation.Host, out period);
        if (fault is not null)
            return WrongUsage.Refuse(invocation, $"akashi report {name}", fault);

        if (request.WantsHelp)
            return CommandHelp.Print(invocation, "report");
        using EventInput input = EventInput.OfLogs(request.TrailPath, invocation, error, takesPacked: true);
        using var output = new Utf8Output(invocation.Output);
        long rows = kind.Write(new ReportRun(invocation, request, period, input, output, error));
        output.Flush();
        SayWhatWasPassedOver(input, error);
        bool isDamaged = input.SayDamage("akashi report", error);
        if (rows == 0)
            SayWhyNothing(kind, request, invocation.Host, input, error);
        return isDamaged ? 1 : 0;
    }

    // The rules are to blame only where they recorded no start of a program at all.
    static void SayWhyNothing(ReportKind kind, ReportRequest request, IHost host, EventInput input, Utf8Output error)
    {
        string why = "nothing to show";
        if (request.User is { } user && !uint.TryParse(user, out _) && !host.Accounts.TryFindUser(user, out _))
            why += $": no user '{user}' is known on this machine";
        else if (request.User is not null)
            why += $" of {request.User}";
        if (request.Since is not null || request.Until is not null)
            why += string.Concat(request.Since is { } since ? $" since {since}" : "", request.Until is { } until ? $" until {until}" : "");
        error.WriteEscaped(System.Text.Encoding.UTF8.GetBytes($"akashi report: {why}"));
        error.EndLine();
        if (!input.HasStarts)
            error.Write($"hint: {kind.Missing}\n");
    }

    static void SayWhatWasPassedOver(EventInput input, Utf8Output error)
    {
        if (input.Counts.BadLines > 0)
            error.Write($"akashi report: {input.Counts.BadLines} lines of the trail are no records\n");
        if (input.Counts.IncompleteEvents > 0)
            error.Write($"akashi report: {input.Counts.IncompleteEvents} events were cut short: too many were open at once\n");
    }
}
