namespace Akashi.Cli.Recorder;

/// <summary>How long what a session shows may wait for the file: briefly, so that whoever watches sees it at once, as long as that isn't asked for too often.</summary>
/// <remarks>
/// Each writing adds a line of the running hash, 88 bytes. A person's keys and their echo go out within <see cref="QuickMicroseconds"/>; what shows something all the time
/// has 40 quick writings, and ten more a second. Not for several threads.
/// </remarks>
sealed class FlushPace
{
    /// <summary>What a quick writing waits.</summary>
    public const long QuickMicroseconds = 10_000;

    const double QuickMax = 40;
    const double QuickPerMicrosecond = 10 / 1e6;

    double _quick = QuickMax;
    long _at;

    /// <summary>What begins to wait now may wait so long.</summary>
    /// <param name="now">In microseconds, never less than before.</param>
    /// <param name="usual">What it may wait otherwise.</param>
    public long Take(long now, long usual)
    {
        _quick = Math.Min(QuickMax, _quick + ((now - _at) * QuickPerMicrosecond));
        _at = now;
        if (_quick < 1)
            return usual;
        _quick--;
        return QuickMicroseconds;
    }
}
