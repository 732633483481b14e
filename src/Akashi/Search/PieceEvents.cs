using Akashi.Events;
using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>Joins the lines around a piece of a segment, and keeps the matches whose first record stands in it.</summary>
sealed class PieceEvents(SearchPlan plan, EventAssembler assembler, KeptEvents found)
{
    long _lastSecond = long.MinValue;
    long _behindBytes;

    public required int Segment { get; init; }

    public required long Start { get; init; }

    public required long End { get; init; }

    public required int TimeoutSeconds { get; init; }

    public required long BehindBytesMax { get; init; }

    public required SearchCounts Counts { get; init; }

    /// <summary>Whether its events are over: what follows is newer.</summary>
    public bool IsOver { get; private set; }

    public void Take(in TrailBlock block)
    {
        ReadOnlySpan<byte> bytes = block.Bytes;
        int start = 0;
        int candidate = plan.Candidates.NextCandidate(bytes, 0);
        while (start < bytes.Length && !IsOver)
        {
            int length = bytes[start..].IndexOf((byte)'\n');
            int end = length < 0 ? bytes.Length : start + length;
            bool isCandidate = candidate < end || candidate == start;
            TakeLine(bytes[start..end], new RecordOrigin(block.Segment, block.Offset + start), isCandidate);
            start = end + 1;
            if (isCandidate && start < bytes.Length)
                candidate = plan.Candidates.NextCandidate(bytes, start);
        }
    }

    public void Finish()
    {
        assembler.Flush();
        TakeReady();
    }

    void TakeLine(ReadOnlySpan<byte> line, RecordOrigin origin, bool isCandidate)
    {
        bool isRecord = Record.TryParse(line, out Record record, out RecordFault fault);
        if (IsInside(origin))
        {
            Counts.Lines++;
            if (!isRecord)
                Counts.Count(fault);
            else
                _lastSecond = Math.Max(_lastSecond, record.Stamp.UnixSeconds);
        }
        else if (IsBehind(origin))
        {
            _behindBytes += line.Length + 1;
            IsOver = _behindBytes > BehindBytesMax || (isRecord && record.Stamp.UnixSeconds > _lastSecond + TimeoutSeconds);
        }

        if (IsOver || !isRecord || !plan.Times.Contains(record.Stamp))
            return;
        assembler.Add(record, origin, isCandidate);
        if (assembler.HasReady)
            TakeReady();
    }

    void TakeReady()
    {
        while (assembler.TryTake(out AuditEvent? ready))
        {
            // What was cut around the piece is no loss: another piece has it whole, or counts it.
            if (!IsInside(ready.Origin))
                continue;
            if (!ready.IsComplete)
                Counts.IncompleteEvents++;
            if (plan.Matches(ready))
                found.Add(ready);
        }
    }

    bool IsInside(RecordOrigin origin) => origin.Segment == Segment && origin.Offset >= Start && origin.Offset < End;

    bool IsBehind(RecordOrigin origin) => origin.Segment > Segment || (origin.Segment == Segment && origin.Offset >= End);
}
