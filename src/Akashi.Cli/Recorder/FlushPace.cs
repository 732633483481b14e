using Akashi.Linux.Terminals;

namespace Akashi.Cli.Recorder;

/// <summary>How long what a session shows may wait for the file: briefly, so that whoever watches sees it at once, as long as that isn't asked for too often.</summary>
/// <remarks>
/// Each writing adds a line of the running hash, 88 bytes. A person's keys and their echo go out within 10 ms; what shows something all the time has 40 such writings, and ten more a second. Not for several threads.
/// </remarks>
sealed class FlushPace
{
    const long QuickMicroseconds = 10_000;
    const double QuickMax = 40;
    const double QuickPerMicrosecond = 10 / 1e6;

    double _quick = QuickMax;
    long _at;

    /// <summary>By how much what begins to wait now is to be written sooner than otherwise.</summary>
    /// <param name="now">In microseconds, never less than before.</param>
    /// <returns>Microseconds; 0 where there were too many quick ones.</returns>
    public long TakeHaste(long now)
    {
        _quick = Math.Min(QuickMax, _quick + ((now - _at) * QuickPerMicrosecond));
        _at = now;
        if (_quick < 1)
            return 0;
        _quick--;
        return (RecordingFile.FlushMilliseconds * 1000) - QuickMicroseconds;
    }
}
