using Akashi.Events;
using Akashi.Records;

namespace Akashi.Trail;

/// <summary>Finds where in a trail reading must begin so that no record from some time on is missed, without reading what is before.</summary>
/// <remarks>
/// A trail is nearly ordered, but nobody promises it: a system call that blocks is written with the stamp of its beginning, hours late; nodes are merged; clocks are set
/// back. A late record does no harm, as everything behind the place found is read: there is no such search for an end. What could be missed are records whose stamps run
/// ahead of those behind them. So the order is looked at, and where it fails the caller reads everything:
/// <code>
/// 1. Take samples evenly over the trail up to the first that reaches the time. A sample is the latest stamp among the lines
///    of 8 KB: single late records don't matter.
/// 2. A sample behind an earlier one, or without a stamp, ends the search: read everything.
/// 3. Look again, 64 times as closely, at the gap in which the time is reached and the two before; until gaps are 64 KB.
/// 4. Begin a margin of 2 MB before the last sample that is before the time.
/// </code>
/// Why two gaps more: a clock set back between two samples shows in them, unless it was set back by less time than the gap holds. Then it is
/// at its old time again within about a gap, so that the records it hides stand within that of the place found. What stays unseen is a clock that ran ahead and was
/// set right again within one gap (the 256th part of the trail) farther before the place: docs/time-seek.md.
/// </remarks>
/// <param name="trail">The trail.</param>
/// <param name="reach">How closely to look.</param>
public sealed class TimeSeek(AuditTrail trail, TimeSeekReach reach)
{
    const int GapsBefore = 2;
    const int MillisecondsPerSecond = 1000;

    readonly StampSampler _sampler = new(trail, reach);
    long _threshold;

    /// <summary>Looks for the place.</summary>
    /// <param name="startSeconds">The time from which on records are wanted.</param>
    /// <param name="start">Where a line begins before which none is wanted.</param>
    /// <returns>False where the trail must be read from its beginning.</returns>
    /// <exception cref="Host.TrailException">The disk refused.</exception>
    public bool TryFind(long startSeconds, out RecordOrigin start)
    {
        start = default;
        if (_sampler.TrailBytes < reach.TrailBytesMin || startSeconds <= 0 || startSeconds > EventStamp.UnixMillisecondsMax / MillisecondsPerSecond)
            return false;
        _threshold = startSeconds * MillisecondsPerSecond;
        List<long> places = FirstPlaces();
        long gap = Math.Max(1, _sampler.TrailBytes / reach.Samples);
        while (true)
        {
            int reached = FindFirstReached(places);
            if (reached <= 0)
                return false;
            if (gap <= reach.SpacingBytes)
                return TryBeginBefore(places[reached - 1], out start);
            long low = places[Math.Max(0, reached - 1 - GapsBefore)];
            long high = reached < places.Count ? places[reached] : _sampler.TrailBytes;
            gap = Math.Max(1, gap / reach.Divisor);
            places = EvenPlaces(low, high, gap);
        }
    }

    List<long> FirstPlaces()
    {
        var places = new SortedSet<long>(EvenPlaces(0, _sampler.TrailBytes, Math.Max(1, _sampler.TrailBytes / reach.Samples)));
        for (int index = 0; index < trail.Segments.Count; index++)
        {
            places.Add(_sampler.BeginningOf(index));
            places.Add(Math.Max(_sampler.BeginningOf(index), _sampler.BeginningOf(index + 1) - reach.SampleBytes));
        }

        places.Remove(_sampler.TrailBytes);
        return [.. places];
    }

    static List<long> EvenPlaces(long low, long high, long gap)
    {
        var places = new List<long>((int)((high - low) / gap) + 1);
        for (long place = low; place < high; place += gap)
            places.Add(place);
        return places;
    }

    // The index of the first sample that reaches the time; the count where none does; -1 where the order fails before.
    int FindFirstReached(List<long> places)
    {
        long latest = 0;
        for (int index = 0; index < places.Count; index++)
        {
            if (!_sampler.TrySample(places[index], out long milliseconds, out _) || milliseconds < latest - reach.BehindMillisecondsMax)
                return -1;
            if (milliseconds >= _threshold)
                return index;
            latest = Math.Max(latest, milliseconds);
        }

        return places.Count;
    }

    bool TryBeginBefore(long place, out RecordOrigin start) =>
        _sampler.TrySample(Math.Max(0, place - reach.MarginBytes), out long milliseconds, out start) && milliseconds < _threshold;
}
