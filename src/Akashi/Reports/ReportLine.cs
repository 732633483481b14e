using Akashi.Host;
using Akashi.Live;
using Akashi.Output;

namespace Akashi.Reports;

/// <summary>One row of a report: columns that begin where the heading's do, as far as what stands before them lets them.</summary>
/// <param name="columns">Where each column begins, counted from 0.</param>
public sealed class ReportLine(int[] columns)
{
    // What the kernel takes for one execve is bounded by a quarter of the stack's limit, 2 MB where nobody raised it.
    const int BytesMax = 4 * 1024 * 1024;

    int _next;

    /// <summary>The text so far.</summary>
    public LineText Text { get; } = new(hasColors: false, BytesMax);

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
        Text.PadTo(Math.Max(columns[_next++], Text.Columns + 2));
    }

    /// <summary>Appends local date and time, <c>2026-11-21 07:18:33</c>.</summary>
    public void AppendTime(ILocalTime localTime, long unixSeconds)
    {
        LocalDateTime time = localTime.ToLocal(unixSeconds);
        Text.Append(time.Year);
        AppendTwo('-', time.Month);
        AppendTwo('-', time.Day);
        AppendTwo(' ', time.Hour);
        AppendTwo(':', time.Minute);
        AppendTwo(':', time.Second);
    }

    /// <summary>Writes the row.</summary>
    public void Write(Utf8Output output)
    {
        output.Write(Text.Bytes.TrimEnd((byte)' '));
        output.EndLine();
    }

    void AppendTwo(char before, int number)
    {
        Text.Append(before);
        Text.Append((char)('0' + (number / 10 % 10)));
        Text.Append((char)('0' + (number % 10)));
    }
}
