using Akashi.Host;
using Akashi.Reports;
using Akashi.Reports.Commands;

namespace Akashi.Cli.Reporting;

/// <summary><c>akashi report commands</c>.</summary>
static class CommandRows
{
    public static ReportKind Kind { get; } = new(
        "commands",
        "who ran what: person, effective user, from where, directory, whether it could be started",
        "A row for every program that was started or could not be, with the person who logged in behind su and sudo. Whole\n"
            + "command lines, secrets masked. An exit status is not known to the kernel's EXECVE events and not shown.",
        [],
        Write);

    static void Write(ReportRun run)
    {
        IHost host = run.Invocation.Host;
        var report = new CommandReport(host, run.Output)
        {
            Person = run.Request.User is { } user ? new PersonFilter(user, host.Accounts) : null,
            SinceUnixMilliseconds = run.Period.SinceUnixMilliseconds,
            UntilUnixMilliseconds = run.Period.UntilUnixMilliseconds,
        };
        run.Input.ReadAll(report.Add);
    }
}
