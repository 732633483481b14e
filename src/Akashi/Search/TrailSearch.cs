using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>Runs a plan over a trail or a stream; the reader pulls event by event.</summary>
/// <remarks>
/// Every line's header is checked, so that bad lines are always counted; fields are looked at only in events that have a candidate.
/// Not for several threads. A large trail is read and scanned ahead by a thread of its own, until the search is at its end or disposed.
/// </remarks>
/// <param name="reader">Where the lines come from; the search's alone from now on.</param>
/// <param name="plan">What is looked for.</param>
/// <param name="assembler">Joins the records.</param>
public sealed class TrailSearch(TrailReader reader, SearchPlan plan, EventAssembler assembler) : IDisposable
{
    // Below, starting a thread costs more than it saves.
    const long PipelineBytesMin = 1024 * 1024;

    ICandidateBlocks? _blocks;
    readonly QuietStretch _stretch = new();
    HeaderReader _headers;
    int _start;
    int _line;
    int _candidate;
    long _offset;
    bool _isAtEnd;

    // Asking for each line costs more than reading its header.
    readonly bool _isEveryLine = plan.Candidates is EveryLine;

    /// <summary>What was read, and what was passed over.</summary>
    public SearchCounts Counts { get; } = new();

    /// <summary>The index of the segment whose line was joined last; 0 for a stream.</summary>
    public int Segment { get; private set; }

    /// <summary>Where the line stands that was joined last: an event that leaves does so because of it.</summary>
    public RecordOrigin LastLine { get; private set; }

    /// <summary>Whether events that are still open at the end of the input leave too; off for checkpoints.</summary>
    public bool FlushesAtEnd { get; init; } = true;

    /// <summary>Called for every bad line, for --debug; null for nobody.</summary>
    public BadLineObserver? OnBadLine { get; init; }

    /// <summary>Goes to the next matching event; it's valid until the next call.</summary>
    /// <exception cref="Akashi.Host.TrailException">The disk refused.</exception>
    public bool TryNext([NotNullWhen(true)] out AuditEvent? match)
    {
        while (true)
        {
            while (assembler.TryTake(out match))
            {
                if (plan.Matches(match))
                    return true;
            }

            if (_isAtEnd)
                return false;
            AddUntilReady();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks?.Dispose();

    // Events must leave as soon as they are ready: a block later, an older one might have overtaken them.
    void AddUntilReady()
    {
        _blocks ??= reader.KnownLength >= PipelineBytesMin && Environment.ProcessorCount > 1
            ? new BlockPipeline(reader, plan.Candidates)
            : new DirectBlocks(reader, plan.Candidates);
        ReadOnlySpan<byte> bytes = _blocks.Bytes;
        bool isRead = !_blocks.Headers.IsEmpty;
        ReadOnlySpan<LineHeader> headers = isRead ? _blocks.Headers : _stretch.Headers;
        while (_start < bytes.Length)
        {
            if (headers.IsEmpty)
                AddLine(_blocks, bytes);
            else
            {
                if (_line == _stretch.Start && _stretch.End > _line)
                    PassOver(bytes, headers[_line.._stretch.End]);
                ref readonly LineHeader header = ref headers[_line++];
                Add(bytes, header.Start, header.End, header.Fault, header.Layout, isCandidate: isRead);
            }

            if (assembler.HasReady)
                return;
        }

        if (_blocks.MoveNext())
            Begin(_blocks);
        else
            End();
    }

    void Begin(ICandidateBlocks blocks)
    {
        _start = 0;
        _line = 0;
        _headers.Begin();
        _stretch.Clear();
        Segment = blocks.Segment;
        _offset = blocks.Offset;
        _candidate = blocks.NextCandidate(0);
        // With a time asked for, records outside aren't joined and close nothing.
        if (_candidate >= blocks.Bytes.Length && plan.Times == TimeRange.Always)
            _stretch.Read(blocks.Bytes, assembler.NewestSecond, assembler.TimeoutSeconds);
    }

    void PassOver(ReadOnlySpan<byte> bytes, ReadOnlySpan<LineHeader> headers)
    {
        foreach (ref readonly LineHeader header in headers)
        {
            if (header.Fault != RecordFault.None)
                CountBad(bytes[header.Start..header.End], header.Start, header.Fault);
        }

        Counts.Lines += headers.Length;
        _line += headers.Length;
        _start = headers[^1].End + 1;
    }

    void AddLine(ICandidateBlocks blocks, ReadOnlySpan<byte> bytes)
    {
        int length = bytes[_start..].IndexOf((byte)'\n');
        int end = length < 0 ? bytes.Length : _start + length;
        bool isCandidate = _isEveryLine || _candidate < end || _candidate == _start;
        RecordFault fault = _headers.Read(bytes, _start, end, out RecordLayout layout);
        Add(bytes, _start, end, fault, layout, isCandidate);
        if (isCandidate && !_isEveryLine && _start < bytes.Length)
            _candidate = blocks.NextCandidate(_start);
    }

    void End()
    {
        _isAtEnd = true;
        if (FlushesAtEnd)
            assembler.Flush();
        Counts.Count(RecordFault.TooLong, reader.OverlongLines);
        Counts.IncompleteEvents = assembler.IncompleteEvents;
    }

    // In pieces: a header that was just made is dear to copy as a whole.
    void Add(ReadOnlySpan<byte> bytes, int start, int end, RecordFault fault, in RecordLayout layout, bool isCandidate)
    {
        Counts.Lines++;
        _start = end + 1;
        LastLine = OriginOf(start);
        if (fault != RecordFault.None)
            CountBad(bytes[start..end], start, fault);
        else if (plan.Times.Contains(layout.Stamp))
            assembler.Add(new Record(bytes[start..end], layout), LastLine, isCandidate);
    }

    void CountBad(ReadOnlySpan<byte> line, int start, RecordFault fault)
    {
        Counts.Count(fault);
        OnBadLine?.Invoke(line, OriginOf(start), fault);
    }

    RecordOrigin OriginOf(int start) => new(Segment, _offset + start);
}

/// <summary>Hears of a line that is no record.</summary>
public delegate void BadLineObserver(ReadOnlySpan<byte> line, RecordOrigin origin, RecordFault fault);
