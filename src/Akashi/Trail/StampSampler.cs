using Akashi.Events;
using Akashi.Records;

namespace Akashi.Trail;

/// <summary>Looks at the stamps around places of a trail; a place counts the bytes of all segments, oldest first.</summary>
/// <remarks>A packed segment can't be looked into: it counts as no bytes, and its neighbours speak for it.</remarks>
sealed class StampSampler
{
    readonly IReadOnlyList<Segment> _segments;
    readonly TimeSeekReach _reach;
    readonly long[] _beginnings;
    byte[] _buffer;

    public StampSampler(AuditTrail trail, TimeSeekReach reach)
    {
        _segments = trail.Segments;
        _reach = reach;
        _buffer = new byte[reach.SampleBytes];
        _beginnings = new long[_segments.Count + 1];
        for (int index = 0; index < _segments.Count; index++)
            _beginnings[index + 1] = _beginnings[index] + LengthOf(index);
    }

    /// <summary>Bytes of all segments.</summary>
    public long TrailBytes => _beginnings[^1];

    /// <summary>The place where a segment begins; for their count, the trail's end.</summary>
    public long BeginningOf(int segment) => _beginnings[segment];

    /// <summary>The latest stamp among the lines that follow a place, as many as a sample holds.</summary>
    /// <param name="place">The place.</param>
    /// <param name="milliseconds">The stamp's time.</param>
    /// <param name="line">Where the first of the lines begins.</param>
    /// <returns>False where no record is found.</returns>
    public bool TrySample(long place, out long milliseconds, out RecordOrigin line)
    {
        int segment = Array.BinarySearch(_beginnings, place);
        segment = segment < 0 ? ~segment - 1 : segment;

        // Empty and packed segments begin where the one behind them does.
        while (segment + 1 < _segments.Count && LengthOf(segment) == 0)
            segment++;
        return TrySample(segment, place - _beginnings[segment], out milliseconds, out line);
    }

    bool TrySample(int segment, long offset, out long milliseconds, out RecordOrigin line)
    {
        for (int length = _reach.SampleBytes; ; length *= 4)
        {
            // Near its end a segment may have no whole line left: what is before is looked at instead.
            long begin = Math.Clamp(LengthOf(segment) - length, 0, offset);
            ReadOnlySpan<byte> bytes = ReadAround(segment, begin, length, out long first);
            if (TryFindLatest(bytes, out milliseconds))
            {
                line = new RecordOrigin(segment, first);
                return true;
            }

            if (length >= _reach.SampleBytesMax)
            {
                line = default;
                return false;
            }
        }
    }

    // From the first line that begins at the offset or behind it.
    ReadOnlySpan<byte> ReadAround(int segment, long offset, int length, out long first)
    {
        if (_buffer.Length < length + 1)
            _buffer = new byte[length + 1];
        first = Math.Max(0, offset - 1);
        Span<byte> bytes = _buffer.AsSpan(0, length);
        int read = 0;
        while (read < bytes.Length && _segments[segment].Read(bytes[read..], first + read) is > 0 and int more)
            read += more;
        bytes = bytes[..read];
        if (offset == 0)
            return bytes;
        int skipped = bytes.IndexOf((byte)'\n') + 1;
        first += skipped;
        return skipped == 0 ? default : bytes[skipped..];
    }

    static bool TryFindLatest(ReadOnlySpan<byte> bytes, out long milliseconds)
    {
        milliseconds = long.MinValue;
        while (bytes.IndexOf((byte)'\n') is >= 0 and int end)
        {
            if (Record.TryParse(bytes[..end], out Record record, out _))
                milliseconds = Math.Max(milliseconds, record.Stamp.UnixMilliseconds);
            bytes = bytes[(end + 1)..];
        }

        return milliseconds != long.MinValue;
    }

    long LengthOf(int segment) => _segments[segment].IsPacked ? 0 : _segments[segment].Identity.LengthWhenOpened;
}
