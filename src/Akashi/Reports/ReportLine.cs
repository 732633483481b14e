using Akashi.Formats;
using Akashi.Host;
using Akashi.Live;
using Akashi.Output;

namespace Akashi.Reports;

/// <summary>How the rows of a report are written.</summary>
public enum RowFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>RFC 4180, lines that end with CR LF.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Json,
}

/// <summary>A column of a report.</summary>
/// <param name="Name">Its heading; in csv and JSON in small letters, with underscores for blanks.</param>
/// <param name="Start">Where it begins in a table, counted from 0.</param>
public readonly record struct RowColumn(string Name, int Start)
{
    /// <summary>The name that programs read.</summary>
    public string Key => Name.ToLowerInvariant().Replace(' ', '_');
}

/// <summary>One row of a report: columns that begin where the heading's do, as far as what stands before them lets them; or csv, or JSON.</summary>
/// <remarks>A dash stands for a value that isn't known: in csv it's empty, in JSON null. Times are local in a table, RFC 3339 in UTC elsewhere.</remarks>
/// <param name="columns">The columns.</param>
/// <param name="format">How rows are written.</param>
public sealed class ReportLine(RowColumn[] columns, RowFormat format = RowFormat.Table)
{
    // What the kernel takes for one execve is bounded by a quarter of the stack's limit, 2 MB where nobody raised it.
    const int BytesMax = 4 * 1024 * 1024;

    readonly int[] _starts = new int[columns.Length];
    int _next;

    /// <summary>The text so far.</summary>
    public LineText Text { get; } = new(hasColors: false, BytesMax);

    /// <summary>The width of the terminal that shows a table, whose rows are broken between words; 0 for none.</summary>
    public int TerminalColumns { get; init; }

    /// <summary>Writes the names of the columns; JSON has them in each row.</summary>
    public void WriteHeading(Utf8Output output)
    {
        if (format == RowFormat.Csv)
            output.Write(string.Join(',', columns.Select(column => column.Key)) + "\r\n");
        if (format != RowFormat.Table)
            return;
        // Names that don't fit are left out: broken over two rows they would stand above nothing.
        int count = TerminalColumns == 0 ? columns.Length : columns.Count(column => column.Start + column.Name.Length <= TerminalColumns);
        for (int index = 0; index < count; index++)
            output.Write(index + 1 < count ? columns[index].Name.PadRight(columns[index + 1].Start - columns[index].Start) : columns[index].Name);
        output.EndLine();
    }

    /// <summary>Starts a row.</summary>
    public void Begin()
    {
        Text.Clear();
        _next = 1;
    }

    /// <summary>Goes to the next column.</summary>
    public void NextColumn()
    {
        // At least two blanks: values may hold one.
        if (format == RowFormat.Table)
            Text.PadTo(Math.Max(columns[_next].Start, Text.Columns + 2));
        _starts[_next++] = Text.Bytes.Length;
    }

    /// <summary>Appends date and time: <c>2026-11-21 07:18:33</c> for people, <c>2026-11-21T07:18:33Z</c> for programs.</summary>
    public void AppendTime(ILocalTime localTime, long unixSeconds)
    {
        if (format != RowFormat.Table && unixSeconds <= IsoTime.UnixSecondsMax)
        {
            DateTime utc = DateTime.UnixEpoch.AddSeconds(unixSeconds);
            Append(utc.Year, utc.Month, utc.Day, 'T', utc.Hour, utc.Minute, utc.Second);
            Text.Append('Z');
            return;
        }

        LocalDateTime time = localTime.ToLocal(unixSeconds);
        Append(time.Year, time.Month, time.Day, ' ', time.Hour, time.Minute, time.Second);
    }

    /// <summary>Writes the row.</summary>
    public void Write(Utf8Output output)
    {
        switch (format)
        {
            case RowFormat.Csv:
                WriteCsv(output);
                break;
            case RowFormat.Json:
                WriteJson(output);
                break;
            default:
                WriteTableRow(output);
                output.EndLine();
                break;
        }
    }

    void WriteTableRow(Utf8Output output)
    {
        const int Indent = 16;
        ReadOnlySpan<byte> row = Text.Bytes.TrimEnd((byte)' ');
        if (TerminalColumns > 0)
            LineRows.Write(row, TerminalColumns, Indent, int.MaxValue, output);
        else
            output.Write(row);
    }

    void WriteCsv(Utf8Output output)
    {
        for (int index = 0; index < columns.Length; index++)
        {
            if (index > 0)
                output.Write((byte)',');
            CsvText.Write(ValueAt(index), isTerminal: false, output);
        }

        output.Write("\r\n"u8);
    }

    void WriteJson(Utf8Output output)
    {
        var json = new JsonText(output);
        for (int index = 0; index < columns.Length; index++)
        {
            output.Write(index == 0 ? "{\"" : ",\"");
            output.Write(columns[index].Key);
            output.Write("\":"u8);
            if (ValueAt(index).IsEmpty)
                json.Write("null"u8);
            else
                json.String(ValueAt(index));
        }

        json.Write("}\n"u8);
    }

    ReadOnlySpan<byte> ValueAt(int index)
    {
        ReadOnlySpan<byte> value = index < _next ? Text.Bytes[_starts[index]..(index + 1 < _next ? _starts[index + 1] : Text.Bytes.Length)] : default;
        return value.SequenceEqual("-"u8) ? default : value;
    }

    void Append(int year, int month, int day, char between, int hour, int minute, int second)
    {
        Text.Append(year);
        AppendTwo('-', month);
        AppendTwo('-', day);
        AppendTwo(between, hour);
        AppendTwo(':', minute);
        AppendTwo(':', second);
    }

    void AppendTwo(char before, int number)
    {
        Text.Append(before);
        Text.Append((char)('0' + (number / 10 % 10)));
        Text.Append((char)('0' + (number % 10)));
    }
}
