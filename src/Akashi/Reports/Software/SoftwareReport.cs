using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Reports.Software;

/// <summary>Writes a row for every run of a package manager, after asking the histories what came of it.</summary>
/// <remarks>
/// <code>
/// TIME                 WHO             SESSION  MANAGER  ACTION   OUTCOME            OUTCOME FROM      PACKAGES
/// 2024-04-06 05:22:59  ec2-user>root   2        dnf      install  attempted          -                 nginx
/// </code>
/// The trail's own evidence (SOFTWARE_UPDATE, exit_group) goes before a history's; without any it is <c>attempted</c>, never <c>ok</c>.
/// </remarks>
/// <param name="localTime">Dates.</param>
/// <param name="histories">Asked in this order.</param>
/// <param name="format">How rows are written.</param>
/// <param name="terminalColumns">The width of the terminal that shows them; 0 for none.</param>
public sealed class SoftwareReport(ILocalTime localTime, IReadOnlyList<IPackageHistory> histories, RowFormat format = RowFormat.Table, int terminalColumns = 0)
{
    // Where nothing says when a run ended, its traces are looked for in so much time.
    const int PeriodSecondsMax = 3600;

    readonly ReportLine _row = new(
        [new("TIME", 0), new("WHO", 21), new("SESSION", 37), new("MANAGER", 46), new("ACTION", 55), new("OUTCOME", 64), new("OUTCOME FROM", 83), new("PACKAGES", 101)],
        format) { TerminalColumns = terminalColumns };

    /// <summary>Writes the rows, in the order of the starts.</summary>
    public void Write(IEnumerable<SoftwareRun> runs, Utf8Output output)
    {
        SoftwareRun[] ordered = [.. runs.OrderBy(run => run.StartUnixMilliseconds).ThenBy(run => run.Serial)];
        if (ordered.Length > 0)
            _row.WriteHeading(output);
        for (int index = 0; index < ordered.Length; index++)
        {
            AskHistories(ordered[index], PeriodOf(ordered, index));
            WriteRow(ordered[index], output);
        }
    }

    void AskHistories(SoftwareRun run, RunPeriod period)
    {
        if (run.Outcome.Words == "not started")
            return;
        foreach (IPackageHistory history in histories)
        {
            if (history.Find(run, period) is not { } found)
                continue;
            if (run.Outcome == SoftwareOutcome.Attempted)
                run.Outcome = found;
            return;
        }
    }

    // To its end; else to the next run that changes the same packages.
    static RunPeriod PeriodOf(SoftwareRun[] ordered, int index)
    {
        SoftwareRun run = ordered[index];
        long start = run.StartUnixMilliseconds / 1000;
        if (run.EndUnixMilliseconds is { } end)
            return new RunPeriod(start, end / 1000);
        long last = start + PeriodSecondsMax;
        for (int next = index + 1; next < ordered.Length; next++)
        {
            if (ordered[next].Family == run.Family)
                return new RunPeriod(start, Math.Min(last, ordered[next].StartUnixMilliseconds / 1000));
        }

        return new RunPeriod(start, last);
    }

    void WriteRow(SoftwareRun run, Utf8Output output)
    {
        _row.Begin();
        _row.AppendTime(localTime, run.StartUnixMilliseconds / 1000);
        AppendColumn(run.Person);
        AppendColumn(run.Session == uint.MaxValue ? "-" : run.Session.ToString(CultureInfo.InvariantCulture));
        AppendColumn(run.Manager);
        AppendColumn(run.Action == SoftwareAction.None ? "-" : run.Action.ToString().ToLowerInvariant());
        AppendColumn(run.Outcome.Words);
        AppendColumn(run.Outcome.Source);
        AppendColumn(PackagesOf(run));
        _row.Write(output);
    }

    void AppendColumn(string text)
    {
        _row.NextColumn();
        _row.Text.AppendText(text);
    }

    // What was changed, and what was asked for and isn't among it.
    static string PackagesOf(SoftwareRun run)
    {
        var text = new StringBuilder();
        IEnumerable<PackageName> missing = run.Named.Where(named => !run.Changed.Exists(changed => PackageName.AreSame(changed.Name, named.Name)));
        foreach (PackageName package in run.Changed.Concat(missing))
            text.Append(text.Length > 0 ? " " : "").Append(package);
        return text.Length > 0 ? text.ToString() : "-";
    }
}
