using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>A place in an open trail.</summary>
/// <param name="Segment">The segment's index.</param>
/// <param name="Offset">The beginning of a line in it.</param>
readonly record struct TrailPlace(int Segment, long Offset);

/// <summary>Finds places in a trail by looking at a few lines.</summary>
sealed class TrailPlaces(AuditTrail trail)
{
    const int LookBytes = 64 * 1024;
    const int BackBytes = 256 * 1024;

    readonly byte[] _buffer = new byte[LookBytes];

    /// <summary>The beginning of the line that an offset lies in.</summary>
    public long LineAtOrBefore(int segment, long offset)
    {
        while (offset > 0)
        {
            long from = Math.Max(offset - LookBytes, 0);
            int length = Read(segment, from, (int)(offset - from));
            int lineFeed = _buffer.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (lineFeed >= 0)
                return from + lineFeed + 1;
            offset = from;
        }

        return 0;
    }

    /// <summary>A place before another whose stamp is older by some seconds; the trail's beginning where there is none.</summary>
    /// <param name="place">The other.</param>
    /// <param name="seconds">How much older.</param>
    /// <param name="bytesMax">How far to look back at most.</param>
    public TrailPlace Before(TrailPlace place, int seconds, long bytesMax)
    {
        long wanted = SecondAt(place) is { } second ? second - seconds : long.MinValue;
        TrailPlace found = place;
        long gone = 0;
        while (gone < bytesMax)
        {
            TrailPlace back = Back(found);
            if (back == found)
                return found;
            gone += BackBytes;
            found = back;
            if (SecondAt(found) is { } older && older <= wanted)
                return found;
        }

        return found;
    }

    TrailPlace Back(TrailPlace place)
    {
        if (place.Offset > 0)
            return place with { Offset = LineAtOrBefore(place.Segment, Math.Max(place.Offset - BackBytes, 0)) };
        if (place.Segment == 0)
            return place;
        int segment = place.Segment - 1;
        if (trail.Segments[segment].IsPacked)
            return new TrailPlace(segment, 0);
        long length = trail.Segments[segment].Identity.LengthWhenOpened;
        return new TrailPlace(segment, LineAtOrBefore(segment, Math.Max(length - BackBytes, 0)));
    }

    // Of the first record there; null where none is near.
    long? SecondAt(TrailPlace place)
    {
        int length = Read(place.Segment, place.Offset, LookBytes);
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, length);
        foreach (Range range in bytes.Split((byte)'\n'))
        {
            if (Record.TryParse(bytes[range], out Record record, out _))
                return record.Stamp.UnixSeconds;
        }

        return null;
    }

    int Read(int segment, long offset, int length)
    {
        int total = 0;
        while (total < length)
        {
            int read = trail.Segments[segment].Read(_buffer.AsSpan(total, length - total), offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }
}
