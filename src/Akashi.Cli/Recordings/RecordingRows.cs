using System.Globalization;
using Akashi.Host;
using Akashi.Output;
using Akashi.Recordings;
using Akashi.Reports;

namespace Akashi.Cli.Recordings;

/// <summary>Sessions as rows: a table as wide as what it holds, csv, or JSON.</summary>
/// <param name="host">For local times.</param>
/// <param name="output">Where to.</param>
/// <param name="format">How.</param>
/// <param name="terminalColumns">The width of the terminal that shows a table; 0 for none.</param>
sealed class RecordingRows(IHost host, Utf8Output output, RowFormat format, int terminalColumns)
{
    const int Gap = 2;

    static readonly string[] s_shown = ["ID", "USER", "FROM", "START", "LENGTH", "SIZE", "STATE", "COMMAND"];
    static readonly string[] s_all =
        ["ID", "NAME", "USER", "AUID", "SES", "FROM", "NODE", "BOOT", "TERMINAL", "LOGIN", "START", "SECONDS", "BYTES", "STATE", "DOUBT", "EXIT", "COMMAND"];

    /// <summary>Writes them.</summary>
    public void Write(List<RecordingSummary> summaries)
    {
        bool isTable = format == RowFormat.Table;
        List<string[]> rows = [.. summaries.Select(summary => isTable ? Shown(summary) : All(summary))];
        var line = new ReportLine(isTable ? Fit(rows) : [.. s_all.Select(name => new RowColumn(name, 0))], format) { TerminalColumns = isTable ? terminalColumns : 0 };
        if (!isTable || rows.Count > 0)
            line.WriteHeading(output);
        int start = Array.IndexOf(isTable ? s_shown : s_all, "START");
        for (int index = 0; index < rows.Count; index++)
        {
            line.Begin();
            for (int column = 0; column < rows[index].Length; column++)
            {
                if (column > 0)
                    line.NextColumn();
                if (column == start && summaries[index].UnixSeconds is { } seconds)
                    line.AppendTime(host.LocalTime, seconds);
                else
                    line.Text.AppendText(rows[index][column]);
            }

            line.Write(output);
        }
    }

    static RowColumn[] Fit(List<string[]> rows)
    {
        var columns = new RowColumn[s_shown.Length];
        int start = 0;
        for (int index = 0; index < columns.Length; index++)
        {
            columns[index] = new RowColumn(s_shown[index], start);
            start += Math.Max(s_shown[index].Length, rows.Count == 0 ? 0 : rows.Max(row => row[index].Length)) + Gap;
        }

        return columns;
    }

    static string[] Shown(RecordingSummary summary) =>
    [
        summary.Id, Known(summary.Fact("user")), Known(summary.Fact("address") is { Length: > 0 } address ? address : summary.Fact("terminal").Replace("/dev/", "", StringComparison.Ordinal)),
        summary.UnixSeconds is null ? "-" : "2026-11-21 00:00:00", Length(summary.LengthSeconds), Size(summary.SizeBytes), StateOf(summary.State),
        summary.Doubt.Length > 0 ? $"({summary.Doubt})" : summary.Command ?? "",
    ];

    static string[] All(RecordingSummary summary) =>
    [
        summary.Id, summary.Name, summary.Fact("user"), summary.Fact("auid"), summary.Fact("ses"), summary.Fact("address"), summary.Fact("node"), summary.Fact("boot"),
        summary.Fact("terminal"), summary.Fact("login"), "", Number(summary.LengthSeconds), Number(summary.SizeBytes), StateOf(summary.State), summary.Doubt,
        Number(summary.ExitCode), summary.Command ?? "",
    ];

    static string StateOf(RecordingState state) => state switch
    {
        RecordingState.Live => "live",
        RecordingState.Finished => "finished",
        RecordingState.Cut => "cut",
        _ => "suspect",
    };

    static string Known(string text) => text.Length > 0 ? text : "-";

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Length(long? seconds) => seconds is not { } known ? "-" : string.Create(CultureInfo.InvariantCulture, $"{known / 3600}:{known / 60 % 60:00}:{known % 60:00}");

    static string Size(long bytes)
    {
        const int Step = 1024;
        string[] units = ["B", "K", "M", "G", "T"];
        double value = bytes;
        int unit = 0;
        for (; value >= Step && unit < units.Length - 1; unit++)
            value /= Step;
        return value.ToString(unit == 0 || value >= 10 ? "F0" : "F1", CultureInfo.InvariantCulture) + units[unit];
    }
}
