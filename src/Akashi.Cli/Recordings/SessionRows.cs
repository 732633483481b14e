using Akashi.Host;
using Akashi.Output;
using Akashi.Reports;

namespace Akashi.Cli.Recordings;

/// <summary>Rows about sessions: a table as wide as what it holds, csv, or JSON. One of the columns is a time, START.</summary>
/// <param name="host">For local times.</param>
/// <param name="output">Where to.</param>
/// <param name="format">How.</param>
/// <param name="terminalColumns">The width of the terminal that shows a table; 0 for none.</param>
sealed class SessionRows(IHost host, Utf8Output output, RowFormat format, int terminalColumns)
{
    const int Gap = 2;
    const string Start = "START";

    // As wide as every time.
    const string AnyTime = "2026-11-21 00:00:00";

    /// <summary>Whether it's a table for people: programs get more columns.</summary>
    public bool IsTable => format == RowFormat.Table;

    /// <summary>Writes them.</summary>
    /// <param name="names">The columns' names.</param>
    /// <param name="rows">A value for each column, and the Unix time of START; null for none, for which the value stands.</param>
    public void Write(string[] names, IReadOnlyList<(string[] Values, long? UnixSeconds)> rows)
    {
        int start = Array.IndexOf(names, Start);
        var line = new ReportLine(IsTable ? Fit(names, start, rows) : [.. names.Select(name => new RowColumn(name, 0))], format) { TerminalColumns = IsTable ? terminalColumns : 0 };
        if (!IsTable || rows.Count > 0)
            line.WriteHeading(output);
        foreach ((string[] values, long? unixSeconds) in rows)
        {
            line.Begin();
            for (int column = 0; column < values.Length; column++)
            {
                if (column > 0)
                    line.NextColumn();
                if (column == start && unixSeconds is { } seconds)
                    line.AppendTime(host.LocalTime, seconds);
                else
                    line.Text.AppendText(values[column]);
            }

            line.Write(output);
        }
    }

    static RowColumn[] Fit(string[] names, int start, IReadOnlyList<(string[] Values, long? UnixSeconds)> rows)
    {
        var columns = new RowColumn[names.Length];
        int at = 0;
        for (int index = 0; index < columns.Length; index++)
        {
            columns[index] = new RowColumn(names[index], at);
            int width = rows.Count == 0 ? 0 : rows.Max(row => index == start && row.UnixSeconds is not null ? AnyTime.Length : row.Values[index].Length);
            at += Math.Max(names[index].Length, width) + Gap;
        }

        return columns;
    }
}
