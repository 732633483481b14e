using System.Globalization;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Counting;

namespace Akashi.Cli.Searching;

/// <summary>Events over time: a row a step, with a bar on a terminal.</summary>
/// <remarks>
/// <code>
/// 2026-11-20 10:00     1204  ████████████
/// 2026-11-20 11:00        3  ▏
/// </code>
/// Steps without events between others are shown as far as they are few, else counted. The longest bar fills the terminal. Times are local in
/// every format.
/// </remarks>
sealed class TimeBars(Invocation invocation, SearchRequest request) : ISearchSummary
{
    const int EmptyRowsMax = 24;
    const int CountWidth = 8;

    readonly TimeCounts _times = new(invocation.Host.LocalTime, request.Step);

    string TimeFormat => request.Step == CountStep.Day ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";

    public void Add(AuditEvent auditEvent) => _times.Add(auditEvent);

    public void Print()
    {
        using var output = new Utf8Output(invocation.Output);
        if (request.Format == SearchFormat.Csv)
            output.Write("time,count\r\n"u8);
        var bar = new CountBar(
            invocation.OutputIsTerminal ? Terminal.Columns - TimeFormat.Length - CountWidth - 4 : 0,
            _times.Counts.Values.DefaultIfEmpty().Max(),
            request.HasColors ?? (invocation.OutputIsTerminal && Terminal.WantsColors()));
        long? next = null;
        foreach ((long start, long count) in _times.Counts)
        {
            if (next is { } missing && request.Format is null)
                WriteEmpty(missing, start, output);
            WriteRow(start, count, bar, output);
            next = _times.After(start);
        }

        output.Flush();
    }

    // Many in a row are one line: a year of minutes has half a million.
    void WriteEmpty(long from, long to, Utf8Output output)
    {
        var empty = new List<long>();
        for (long start = from; start < to && empty.Count <= EmptyRowsMax; start = _times.After(start))
            empty.Add(start);
        if (empty.Count > EmptyRowsMax)
        {
            output.Write($"{"...".PadRight(TimeFormat.Length)}  {0,CountWidth}\n");
            return;
        }

        foreach (long start in empty)
            output.Write($"{Format(start)}  {0,CountWidth}\n");
    }

    void WriteRow(long start, long count, CountBar bar, Utf8Output output)
    {
        string time = Format(start);
        switch (request.Format)
        {
            case SearchFormat.Json:
                output.Write($"{{\"time\":\"{time}\",\"count\":{count}}}\n");
                break;
            case SearchFormat.Csv:
                output.Write($"{time},{count}\r\n");
                break;
            default:
                output.Write($"{time}  {count,CountWidth}");
                bar.Write(count, output);
                output.EndLine();
                break;
        }
    }

    string Format(long start)
    {
        LocalDateTime local = invocation.Host.LocalTime.ToLocal(start);
        string date = string.Create(CultureInfo.InvariantCulture, $"{local.Year:0000}-{local.Month:00}-{local.Day:00}");
        return request.Step == CountStep.Day ? date : string.Create(CultureInfo.InvariantCulture, $"{date} {local.Hour:00}:{local.Minute:00}");
    }
}
