using Akashi.Cli.CommandLine;
using Akashi.Output;
using Akashi.Reports;
using Akashi.Reports.Facts;

namespace Akashi.Cli.Aureport;

/// <summary>The options of aureport, in the order of its usage, which is the original's to the byte.</summary>
static class AureportOptions
{
    const string Reports = "Reports";
    const string Choosing = "Choosing";
    const string Input = "Input";
    const string About = "About";

    // Takes part in parsing, help and completion, but not in the original's usage.
    const string Unlisted = "Not in the usage";

    // A usage line's texts start here, with at least one tab before them.
    const int TextColumn = 40;
    const int TabWidth = 8;

    public static OptionTable<AureportRequest> Table { get; } = new(
        [
            ForReport("--avc", "Avc report"),
            ForReport("--auth", "Authentication report"),
            ForReport("--comm", "Commands run report"),
            ForReport("--config", "Config change report"),
            ForReport("--crypto", "Crypto report"),
            Flag(null, "--debug", Input, "Write malformed events that are skipped to stderr", request => request.ShowsBadLines = true),
            new(null, "--eoe-timeout", "secs", Input, "End of Event Timeout",
                (request, words) => ReadingOptions.TakeSeconds(words, seconds => request.EndOfEventTimeoutSeconds = seconds)),
            ForReport("--event", "Event report"),
            new(null, "--escape", "option", Choosing, "Escape output",
                (request, words) => ReadingOptions.TakeEscape(words, mode => request.Escape = mode)),
            ForReport("--file", "File name report"),
            Flag(null, "--failed", Choosing, "only failed events in report", request => request.Outcome = Outcome.Failed),
            ForReport("--host", "Remote Host name report"),
            Flag(null, "--help", About, "help", request => request.WantsHelp = true),
            Flag("-i", "--interpret", Choosing, "Interpretive mode", request => request.Interprets = true),
            new("-if", "--input", "<Input File name>", Input, "use this file as input",
                (request, words) => ReadingOptions.TakeValue(words, path => request.InputPath = path)),
            Flag(null, "--input-logs", Input, "Use the logs even if stdin is a pipe", request => request.ReadsLogs = true),
            ForReport("--integrity", "Integrity event report"),
            ForReport("--key", "Key report"),
            ForReport("--login", "Login report"),
            ForReport("--mods", "Modification to accounts report"),
            ForReport("--mac", "Mandatory Access Control (MAC) report"),
            ForReport("--anomaly", "aNomaly report"),
            Flag("-nc", "--no-config", Choosing, "Don't include config events", request => request.LeavesOutConfiguration = true),
            new(null, "--node", "<node name>", Choosing, "Only events from a specific node",
                (request, words) => ReadingOptions.TakeValue(words, request.Nodes.Add)),
            ForReport("--pid", "Pid report"),
            ForReport("--response", "Response to anomaly report"),
            ForReport("--syscall", "Syscall report"),
            Flag(null, "--success", Choosing, "only success events in report", request => request.Outcome = Outcome.Success),
            Flag(null, "--summary", Choosing, "sorted totals for main object in report", request => request.WantsSummary = true),
            new("-t", "--log", null, Reports, "Log time range report", (request, _) => Choose(request, null)),
            new("-te", "--end", "[end date] [end time]", Choosing, "ending date & time for reports",
                (request, words) => ReadingOptions.TakeTime(words, time => request.End = time)),
            ForReport("--terminal", "TerMinal name report"),
            new("-ts", "--start", "[start date] [start time]", Choosing, "starting data & time for reports",
                (request, words) => ReadingOptions.TakeTime(words, time => request.Start = time)),
            ForReport("--tty", "Report about tty keystrokes"),
            ForReport("--user", "User name report"),
            Flag("-v", "--version", About, "Version", request => request.WantsVersion = true),
            ForReport("--virt", "Virtualization report"),
            ForReport("--executable", "eXecutable name report"),
            Flag(null, "--add", Unlisted, "with --mods: only what was added", request => request.Changes = ChangeKind.Additions),
            Flag(null, "--delete", Unlisted, "with --mods: only what was removed", request => request.Changes = ChangeKind.Removals),
        ],
        OptionStyle.WholeWords);

    /// <summary>Writes the usage as the original does, tabs and all: scripts and eyes know it.</summary>
    public static void WriteUsage(Utf8Output output)
    {
        output.Write("usage: aureport [options]\n"u8);
        foreach (Option<AureportRequest> row in Table.Rows)
        {
            if (row.Category == Unlisted)
                continue;
            string names = row.Short is null ? row.Long! : row.Short + "," + row.Long;
            string synopsis = row.Value is null ? names : names + " " + row.Value;
            output.Write((byte)'\t');
            output.Write(synopsis);
            int column = TabWidth + synopsis.Length;
            do
            {
                output.Write((byte)'\t');
                column = (column / TabWidth * TabWidth) + TabWidth;
            }
            while (column < TextColumn);
            output.Write(row.Help);
            output.EndLine();
        }

        output.Write("\tIf no report is given, the summary report will be displayed\n"u8);
    }

    static Option<AureportRequest> ForReport(string longName, string help)
    {
        Report report = ReportTable.All.First(report => report.Long == longName);
        return new(report.Short, longName, null, Reports, help, (request, _) => Choose(request, report));
    }

    static string? Choose(AureportRequest request, Report? report)
    {
        if (request.Report is not null || request.WantsLogTimes)
            return "only one report can be specified";
        request.Report = report;
        request.WantsLogTimes = report is null;
        return null;
    }

    static Option<AureportRequest> Flag(string? shortName, string longName, string category, string help, Action<AureportRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });
}
