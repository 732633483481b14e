using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Reporting;

/// <summary>The manual of <c>akashi report</c>.</summary>
static class ReportManual
{
    public static Manual Make(IReadOnlyList<ReportKind> kinds) => new()
    {
        Usage = ["NAME [OPTION...]"],
        Description = """
            `akashi report` sums up what a trail says about people: the commands they ran, the software they installed. Each report is a table on standard output,
            a row for each thing that was done. People are named by the user they logged in as, which stays the same behind su and sudo.
            """,
        Parts = [.. kinds.Select(kind => new ManualPart(kind.Name, kind.Summary, MakePart(kind)))],
        ExitStatus = [("0", "The report was printed, with rows or without."), ("1", "The trail can't be read."), ("2", "An option is wrong.")],
        Files = [("/var/log/audit/audit.log", "The trail."), ("/etc/audit/auditd.conf", "Says where else it is.")],
        Examples =
        [
            ("akashi report commands --user alice --since yesterday", "What one person ran since yesterday."),
            ("akashi report software --since 2026-11-01", "What was installed, removed and upgraded this month, by whom, and what came of it."),
            ("akashi report commands --trail /backup/web1/audit", "The logs of another machine."),
        ],
        SeeAlso = ["aureport(8)", "ausearch(8)", "akashi(1)"],
        Section = 1,
    };

    static Manual MakePart(ReportKind kind) => new()
    {
        Usage = ["[OPTION...]"],
        Description = kind.Description,
        Options = [.. kind.Options, .. ReportRequest.Common],
        Section = 1,
    };
}
