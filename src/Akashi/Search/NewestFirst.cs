using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>Runs a plan over a trail from its end to its beginning, without reading more than is asked for.</summary>
/// <remarks>
/// <code>
/// for each piece of a segment, the last one first:
///     begin before it, where stamps are older by more than an event stays open: no event that was cut by that place reaches into the piece
///     join forward, through the piece and behind its end until its events are over
///     keep the matches that begin in the piece; hand them out in reverse
/// </code>
/// So what comes out is what a search forward gives, turned round; where stamps of one event fall back by seconds within a log, an event may come in two. Memory is
/// bounded by a piece, of 1 to 2 MB, and what is open around it; of an archive all matches are kept, or as many as the limit says. Not for several threads.
/// </remarks>
/// <param name="trail">Stays the caller's.</param>
/// <param name="plan">What is looked for.</param>
/// <param name="timeoutSeconds">How long an event stays open.</param>
public sealed class NewestFirst(AuditTrail trail, SearchPlan plan, int timeoutSeconds = 2)
{
    const int PieceBytesFirst = 1024 * 1024;
    const int PieceBytesMax = 2 * PieceBytesFirst;
    const long AroundBytesMax = 64L * 1024 * 1024;

    readonly TrailReader _reader = new(trail);
    readonly TrailPlaces _places = new(trail);
    readonly EventAssembler _assembler = new(timeoutSeconds);
    KeptEvents? _found;
    int _segment = trail.Segments.Count;
    long _end;
    int _pieceBytes;

    /// <summary>What was read of the pieces, and what was passed over.</summary>
    public SearchCounts Counts { get; } = new();

    /// <summary>Bytes of the first piece; the next ones are twice as long each, up to 2 MB.</summary>
    internal int FirstPieceBytes { get; init; } = PieceBytesFirst;

    /// <summary>How many events are kept of a piece at most, its newest: what a limit allows.</summary>
    public int KeptMax { get; init; } = int.MaxValue;

    /// <summary>Goes to the next older match; it's valid until the next call.</summary>
    /// <exception cref="Akashi.Host.TrailException">The disk refused.</exception>
    public bool TryNext([NotNullWhen(true)] out AuditEvent? match)
    {
        _found ??= new KeptEvents(KeptMax);
        while (!_found.TryTakeNewest(out match))
        {
            if (_end == 0 && !TryEnterOlder())
                return false;
            ReadPiece(_found);
        }

        return true;
    }

    bool TryEnterOlder()
    {
        if (_segment == 0)
            return false;
        _segment--;
        _end = trail.Segments[_segment].IsPacked ? long.MaxValue : trail.Segments[_segment].Identity.LengthWhenOpened;
        return true;
    }

    void ReadPiece(KeptEvents found)
    {
        if (_pieceBytes == 0)
            _pieceBytes = FirstPieceBytes;

        // An archive can only be read from its beginning on: it's one piece.
        long start = _end == long.MaxValue ? 0 : _places.LineAtOrBefore(_segment, Math.Max(_end - _pieceBytes, 0));
        TrailPlace lead = _places.Before(new TrailPlace(_segment, start), timeoutSeconds + 1, AroundBytesMax);
        var joined = new PieceEvents(plan, _assembler, found)
        {
            Segment = _segment, Start = start, End = _end, TimeoutSeconds = timeoutSeconds, BehindBytesMax = AroundBytesMax, Counts = Counts,
        };
        _reader.Seek(lead.Segment, lead.Offset);
        while (!joined.IsOver && _reader.TryRead(out TrailBlock block))
            joined.Take(block);
        joined.Finish();
        _end = start;
        _pieceBytes = FirstPieceBytes < PieceBytesFirst ? FirstPieceBytes : Math.Min(_pieceBytes * 2, PieceBytesMax);
    }
}
