namespace Akashi.Recordings;

/// <summary>How much of a session is recorded: so many bytes of the file a second in the long run, so many at once, so many in all.</summary>
/// <remarks>
/// A bucket that fills at the rate and holds the burst; what was written is taken out afterwards, so that it may owe one event. Once it's empty it must hold a second's worth
/// again before anything is recorded: a flood makes one gap a second at most, and not one for each read. Nobody is slowed by it.
/// </remarks>
/// <param name="bytesSecond">The rate; 0 for no limit.</param>
/// <param name="burstBytes">What it holds; at least a second's worth is taken.</param>
/// <param name="bytesMax">In all; 0 for no limit.</param>
public sealed class RecordingBudget(long bytesSecond, long burstBytes, long bytesMax)
{
    const long MicrosecondsSecond = 1_000_000;

    readonly long _burst = Math.Max(burstBytes, bytesSecond);
    long _held = Math.Max(burstBytes, bytesSecond);
    long _filledMicroseconds;
    long _taken;
    bool _isEmpty;

    /// <summary>Why nothing may be recorded now; null where it may.</summary>
    /// <param name="microseconds">Since the beginning; a time that goes back counts as no time.</param>
    public RecordingGapCause? Refuses(long microseconds)
    {
        if (bytesMax > 0 && _taken >= bytesMax)
            return RecordingGapCause.Size;
        if (bytesSecond == 0)
            return null;
        Fill(microseconds);
        _isEmpty = _isEmpty ? _held < bytesSecond : _held <= 0;
        return _isEmpty ? RecordingGapCause.Rate : null;
    }

    /// <summary>Takes what was written.</summary>
    /// <param name="byteCount">Bytes of the file.</param>
    public void Take(long byteCount)
    {
        _held -= byteCount;
        _taken += byteCount;
    }

    // Whole bytes only: the rest of a byte's time stays for the next.
    void Fill(long microseconds)
    {
        long passed = Math.Min(microseconds - _filledMicroseconds, 3600 * MicrosecondsSecond);
        if (passed <= 0)
            return;
        long filled = (long)((Int128)passed * bytesSecond / MicrosecondsSecond);
        if (filled == 0)
            return;
        _held = Math.Min(_burst, _held + filled);
        _filledMicroseconds = microseconds - (long)(((Int128)passed * bytesSecond % MicrosecondsSecond) / bytesSecond);
    }
}
