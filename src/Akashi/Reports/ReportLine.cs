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
/// <remarks>
/// On a terminal that is too narrow for all, the last columns stand in rows of their own below, each value behind its name:
/// <code>
/// TIME                 PERSON      AS
/// 2026-11-21 07:18:33  tester      root
///                 FROM pts/1  DIRECTORY /home/tester  COMMAND sudo id
/// </code>
/// /// A dash stands for a value that isn't known: in csv it's empty, in JSON null. Times are local in a table, RFC 3339 in UTC elsewhere.
/// </remarks>
/// <param name="columns">The columns.</param>
/// <param name="format">How rows are written.</param>
public sealed class ReportLine(RowColumn[] columns, RowFormat format = RowFormat.Table)
{
    // What the kernel takes for one execve is bounded by a quarter of the stack's limit, 2 MB where nobody raised it.
    const int BytesMax = 4 * 1024 * 1024;

    const int Indent = 16;

    // What LineRows indents for.
    const int IndentedColumnsMin = 50;

    readonly int[] _starts = new int[columns.Length];
    LineText? _below;
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
        int count = CountBeside();
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

    // As many as have their name in the heading, the first at least; the others stand below.
    int CountBeside()
    {
        if (TerminalColumns == 0)
            return columns.Length;
        int count = 1;
        while (count < columns.Length && columns[count].Start + columns[count].Name.Length <= TerminalColumns)
            count++;
        return count;
    }

    void WriteTableRow(Utf8Output output)
    {
        if (TerminalColumns == 0)
        {
            output.Write(Text.Bytes.TrimEnd((byte)' '));
            return;
        }

        int count = CountBeside();
        ReadOnlySpan<byte> beside = count < _next ? Text.Bytes[.._starts[count]] : Text.Bytes;
        LineRows.Write(beside.TrimEnd((byte)' '), TerminalColumns, Indent, int.MaxValue, output);
        if (count < _next)
            WriteBelow(count, output);
    }

    void WriteBelow(int first, Utf8Output output)
    {
        LineText below = _below ??= new LineText(hasColors: false, BytesMax + LineText.BytesMax);
        below.Clear();
        for (int index = first; index < _next; index++)
        {
            ReadOnlySpan<byte> value = Text.Bytes[_starts[index]..(index + 1 < _next ? _starts[index + 1] : Text.Bytes.Length)].TrimEnd((byte)' ');
            if (value.IsEmpty)
                continue;
            below.Append(' ', below.Columns > 0 ? 2 : TerminalColumns >= IndentedColumnsMin ? Indent : 0);
            below.AppendText(columns[index].Name);
            below.Append(' ');
            below.Append(value);
        }

        if (below.Columns == 0)
            return;
        output.EndLine();
        LineRows.Write(below.Bytes, TerminalColumns, Indent, int.MaxValue, output);
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
