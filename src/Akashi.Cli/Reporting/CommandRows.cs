using Akashi.Cli.Input;
using Akashi.Cli.Searching;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports;
using Akashi.Reports.Commands;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Reporting;

/// <summary><c>akashi report commands</c>.</summary>
static class CommandRows
{
    public static ReportKind Kind { get; } = new(
        "commands",
        "who ran what: person, effective user, from where, directory, whether it could be started",
        "A row for every program that was started or could not be, with the person who logged in behind su and sudo. Whole\n"
            + "command lines, secrets masked; what ran under another name is shown as PATH as NAME. EXIT is what the program ended\n"
            + "with, where a rule records exit_group: auditctl -a always,exit -F arch=b64 -S exit_group -k ends; else -.",
        [],
        "akashi setup commands has the kernel record starts of programs",
        Write);

    static long Write(ReportRun run)
    {
        IHost host = run.Invocation.Host;
        // What is to be said of the input was said when it was opened first.
        using var unheard = new Utf8Output(Stream.Null);
        var report = new CommandReport(host, run.Output, run.Request.Format, run.Invocation.OutputIsTerminal ? Terminal.Columns : 0)
        {
            Person = run.Request.User is { } user ? new PersonFilter(user, host.Accounts) : null,
            SinceUnixMilliseconds = run.Period.SinceUnixMilliseconds,
            UntilUnixMilliseconds = run.Period.UntilUnixMilliseconds,
            Ends = ReadEnds(run with { Error = unheard }),
        };
        run.Input.ReadAll(report.Add);
        return report.Rows;
    }

    // An end stands behind its start, and a row can't wait for it: the trail is read twice.
    static ProgramEnds ReadEnds(ReportRun run)
    {
        var ends = new ProgramEnds();
        using EventInput input = EventInput.OfLogs(run.Request.TrailPath, run.Invocation, run.Error, new SearchPlan([new RecordTypeCondition([RecordType.Syscall])]), takesPacked: true);
        input.ReadAll(ends.Add);
        return ends;
    }
}
