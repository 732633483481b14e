using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Guests;

namespace Akashi.Cli.Auvirt;

/// <summary>auvirt: what happened to the guests of virtual machine managers; gone from the original since 4.0, here as in 3.0.9.</summary>
/// <remarks>Exit codes: 0; 1 usage, or an input that can't be read.</remarks>
static class AuvirtTool
{
    const string Usage = "usage: auvirt [--stdin] [--all-events] [--summary] [--start start-date [start-time]] [--end end-date [end-time]] "
        + "[--file file-name] [--show-uuid] [--proof] [--debug] [--uuid uuid] [--vm vm-name]\n";

    public static Tool Tool { get; } = new("auvirt", "list what happened to virtual machines", Run) { Manual = AuvirtManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(invocation.Output);
        var request = new AuvirtRequest();
        string? fault = AuvirtRequest.Table.Parse(invocation.Arguments, request, (_, words) => $"Argument not expected: {words.Peek()}");
        if (request.WantsHelp)
        {
            output.Write(Usage);
            return 0;
        }

        long start = long.MinValue, end = long.MaxValue;
        if (fault is null && request.ReadsStandardInput && request.Path is not null)
            fault = "\"--stdin\" and \"--file\" options must not be specified together.";
        fault ??= ReadTimes(request, invocation.Host, ref start, ref end);
        if (fault is not null)
        {
            error.Write(fault + "\n");
            return 1;
        }

        var guests = new GuestHistory(invocation.Host.Accounts) { Name = request.Name, Uuid = request.Uuid };
        using EventInput input = request.ReadsStandardInput
            ? EventInput.OfStream(invocation)
            : EventInput.OfLogs(request.Path, invocation, error);
        input.ReadAll(next =>
        {
            if (next.Stamp.UnixSeconds >= start && next.Stamp.UnixSeconds <= end)
                guests.Add(next);
        });
        new GuestLines(invocation.Host.LocalTime, output, request).Write(guests);
        return 0;
    }

    static string? ReadTimes(AuvirtRequest request, IHost host, ref long start, ref long end)
    {
        var specification = new TimeSpecification(host) { IsClassic = true };
        string? fault = request.Start is null ? null : specification.Read(request.Start, isEnd: false, out start);
        if (fault is null && request.End is not null)
            fault = specification.Read(request.End, isEnd: true, out end);
        return fault;
    }
}
