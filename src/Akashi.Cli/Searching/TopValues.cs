using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Counting;
using Akashi.Search.Query.Fields;

namespace Akashi.Cli.Searching;

/// <summary>The most frequent values of a field: how many events have each.</summary>
/// <remarks>
/// <code>
///   COUNT  EXE
///    1204  /usr/bin/bash
/// </code>
/// </remarks>
sealed class TopValues(Invocation invocation, SearchRequest request, FieldReader reader) : ISearchSummary
{
    const int UsualRows = 10;
    const int CountWidth = 8;

    readonly ValueCounts _values = new(reader);

    public void Add(AuditEvent auditEvent) => _values.Add(auditEvent);

    public void Print()
    {
        using var output = new Utf8Output(invocation.Output);
        int[] order = _values.Counts.ByHits();
        WriteHeading(output);
        foreach (int index in order.Take(request.Limit ?? UsualRows))
            WriteRow(_values.Counts.HitsAt(index), _values.Counts.TextAt(index), output);
        if (request.Format is null)
            WriteRest(order, output);
        output.Flush();
    }

    void WriteHeading(Utf8Output output)
    {
        if (request.Format is null)
            output.Write($"{"COUNT",CountWidth}  {request.TopField.ToUpperInvariant()}\n");
        else if (request.Format == SearchFormat.Csv)
            output.Write($"count,{request.TopField}\r\n");
    }

    void WriteRow(long count, ReadOnlySpan<byte> value, Utf8Output output)
    {
        switch (request.Format)
        {
            case SearchFormat.Json:
                JsonRow.Write(output, count, request.TopField, value);
                break;
            case SearchFormat.Csv:
                output.Write(count);
                output.Write((byte)',');
                CsvText.Write(value, invocation.OutputIsTerminal, output);
                output.Write("\r\n"u8);
                break;
            default:
                output.Write($"{count,CountWidth}  ");
                output.WriteEscaped(value);
                output.EndLine();
                break;
        }
    }

    void WriteRest(int[] order, Utf8Output output)
    {
        int shown = Math.Min(order.Length, request.Limit ?? UsualRows);
        long others = order.Skip(shown).Sum(_values.Counts.HitsAt);
        if (order.Length > shown)
            output.Write($"{others,CountWidth}  in {order.Length - shown} other values\n");
        if (_values.WithoutValue > 0)
            output.Write($"{_values.WithoutValue,CountWidth}  without\n");
    }
}
