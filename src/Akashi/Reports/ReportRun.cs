using Akashi.Events;
using Akashi.Records;
using Akashi.Search;

namespace Akashi.Reports;

/// <summary>Makes a report of the events of a search, in one pass.</summary>
/// <param name="search">Gives the events of the trail; all of them for the main summary.</param>
/// <param name="query">What is asked for.</param>
/// <param name="selection">Reads the facts that the report needs.</param>
/// <param name="text">How values are written.</param>
public sealed class ReportRun(TrailSearch search, ReportQuery query, ReportSelection selection, ReportText text)
{
    static ReadOnlySpan<byte> NothingFound => "<no events of interest were found>\n\n"u8;

    /// <summary>Writes a row, or several, for each event.</summary>
    /// <returns>False where there was none.</returns>
    public bool WriteRows(Report report)
    {
        long rows = 0;
        while (search.TryNext(out AuditEvent? auditEvent))
        {
            if (!selection.TryRead(auditEvent) || !report.HasRows(selection.Facts))
                continue;
            int count = report.RowCount(selection.Facts);
            for (int index = 0; index < count; index++)
                WriteRow(report, ++rows, new Row(text, auditEvent, selection.Facts, index));
        }

        if (rows == 0)
            text.Output.Write(NothingFound);
        return rows > 0;
    }

    /// <summary>Counts values, and writes how often each came.</summary>
    public void WriteSummary(Report report, ReportSummary summary)
    {
        SummaryValues values = summary.Make();
        while (search.TryNext(out AuditEvent? auditEvent))
        {
            if (selection.TryRead(auditEvent) && report.HasRows(selection.Facts))
                values.Add(selection.Facts, text);
        }

        if (!values.Write(text))
            text.Output.Write(NothingFound);
    }

    /// <summary>Counts everything.</summary>
    /// <param name="first">The stamp of the trail's first record where the search begins behind it; null where it begins there.</param>
    public void WriteMainSummary(EventStamp? first)
    {
        var summary = new MainSummary();
        var range = new LogRange(query);
        if (first is { } begin)
            range.BeginWith(begin);
        while (search.TryNext(out AuditEvent? auditEvent))
        {
            range.See(auditEvent);
            if (selection.TryRead(auditEvent))
                summary.Add(selection.Facts);
        }

        range.Write(text);
        summary.Write(text);
    }

    void WriteRow(Report report, long number, in Row row)
    {
        text.Output.Write(number);
        text.Output.Write(". "u8);
        text.WriteDate(row.Facts.Stamp.UnixSeconds);
        foreach (Column column in report.Columns)
        {
            text.Output.Write((byte)' ');
            column.Write(row);
        }

        text.Output.EndLine();
    }
}
