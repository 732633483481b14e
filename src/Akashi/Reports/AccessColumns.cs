using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>The columns of the AVC report: a row for each access decision of an event.</summary>
static class AccessColumns
{
    public static Column Subject { get; } = new("subj", (in Row row) => Write(row, Access(row).Subject));

    public static Column Class { get; } = new("class", (in Row row) => Write(row, Access(row).Class));

    public static Column Permission { get; } = new("permission", (in Row row) => Write(row, Access(row).Permissions));

    public static Column Object { get; } = new("obj", (in Row row) => Write(row, Access(row).Object));

    public static Column Result { get; } = new("result", (in Row row) => row.Text.Output.Write(Access(row).Outcome switch
    {
        Outcome.Failed => "denied"u8,
        Outcome.Success => "granted"u8,
        _ => "unset"u8,
    }));

    static AccessFact Access(in Row row) => row.Index < row.Facts.Accesses.Count ? row.Facts.Accesses[row.Index] : default;

    static void Write(in Row row, FactText text) => row.Text.WriteWord(row.Facts, text, "(null)"u8);
}
