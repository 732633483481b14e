using Akashi.Records;

namespace Akashi.Reports;

/// <summary>The column of the TTY report that shows what was typed.</summary>
static class TypingColumns
{
    public static Column Data { get; } = new("data", (in Row row) =>
    {
        Record record = row.Event[0];
        int start = record.Body.IndexOf("data="u8);
        if (start >= 0)
            row.Text.WriteTyped(UpToLastBlank(record.Body[(start + "data=".Length)..]));
    });

    // What follows the data doesn't belong to it, and is cut at the last blank, as the original does.
    static ReadOnlySpan<byte> UpToLastBlank(ReadOnlySpan<byte> rest)
    {
        int blank = rest.LastIndexOf((byte)' ');
        return blank < 0 ? rest : rest[..blank];
    }
}
