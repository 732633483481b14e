using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Cli.Recorder;

/// <summary>Writes down what passes through the relay.</summary>
/// <remarks>What is shown reaches the file within 200 ms. Where the file can't be written, a megabyte waits; what comes beyond is counted and becomes a gap.</remarks>
/// <param name="file">The file.</param>
/// <param name="writer">The recording, into that file.</param>
/// <param name="redaction">Records what is typed; null for nobody.</param>
/// <param name="complain">Told why, once the file can't be written, and null once it can again.</param>
/// <param name="budget">How much is recorded; null for everything.</param>
sealed class SessionRecorder(
    AppendingFile file, RecordingWriter writer, InputRedaction? redaction, Action<string?> complain, RecordingBudget? budget = null)
    : IRelayListener, IInputListener
{
    const int KeptBytesMax = 1 << 20;
    const int GapMicroseconds = 1_000_000;

    readonly long _began = Stopwatch.GetTimestamp();

    // When what waits began to; earlier where it's in haste.
    long _oldest;
    bool _isRefused;
    long _gapsSaid;
    long _charged;
    (int Columns, int Rows)? _sizeLeftOut;

    public bool IsFull => false;

    /// <summary>Has what is shown written sooner, for those who watch; null for within 200 ms.</summary>
    public FlushPace? Pace { get; set; }

    public int MillisecondsLeft
    {
        get
        {
            long now = Microseconds;
            long left = long.MaxValue;
            if (writer.HasLines || _isRefused)
                left = _oldest + (RecordingFile.FlushMilliseconds * 1000) - now;
            if (redaction?.DueMicroseconds is { } due)
                left = Math.Min(left, due - now);
            if (TellsGaps)
                left = Math.Min(left, _gapsSaid + GapMicroseconds - now);
            return left == long.MaxValue ? -1 : (int)Math.Max(0, (left + 999) / 1000);
        }
    }

    // What a budget left out is told while it goes on, so that little is untold where the recorder is killed.
    bool TellsGaps => writer.LeavesOut is not null && writer.HasUnsaidGaps && !writer.IsDropping;

    long Microseconds => (long)Stopwatch.GetElapsedTime(_began).TotalMicroseconds;

    public void Shown(ReadOnlySpan<byte> bytes)
    {
        long now = Begin();
        writer.IsDropping |= file.KeptBytes > KeptBytesMax;
        Limit(now);
        redaction?.Show(now, bytes);
        writer.Write(now, RecordingEventKind.Output, bytes);
    }

    // What is typed is recorded as it's sent, where it can be told whether the session shows it.
    public void Typed(ReadOnlySpan<byte> bytes)
    {
    }

    public void Sent(ReadOnlySpan<byte> bytes, InputEcho echo) => redaction?.Take(Begin(), bytes, echo);

    public void Resized(int rowCount, int columnCount)
    {
        redaction?.Resize(columnCount, rowCount);
        long now = Begin();
        Limit(now);

        // Of sizes in a flood the last counts.
        if (writer.LeavesOut is null)
            writer.Resize(now, columnCount, rowCount);
        else
            _sizeLeftOut = (columnCount, rowCount);
    }

    public void Interrupted(Signal signal) => writer.WriteText(Begin(), RecordingEventKind.Marker, signal switch
    {
        Signal.Interrupt => "akashi record: SIGINT",
        Signal.Quit => "akashi record: SIGQUIT",
        Signal.Hangup => "akashi record: SIGHUP",
        _ => "akashi record: SIGTERM",
    });

    public void Flush()
    {
        // Called for keys that waited long enough, for lines that did, or because it's asked for.
        long now = Microseconds;
        bool isForKeys = redaction?.DueMicroseconds is { } due && due <= now;
        redaction?.Expire(now);
        if (TellsGaps && now >= _gapsSaid + GapMicroseconds)
            TellGaps(now);
        if (!isForKeys || now >= _oldest + (RecordingFile.FlushMilliseconds * 1000))
            FlushNow(now);
    }

    /// <summary>Writes the beginning out.</summary>
    public void Begun() => FlushNow(Microseconds);

    /// <summary>Writes the end.</summary>
    /// <param name="exitCode">The session's; null where it isn't known.</param>
    public void End(int? exitCode)
    {
        long now = Microseconds;
        redaction?.End(now);
        TellSize(now);
        writer.End(now, exitCode);
        file.Flush();
    }

    void Limit(long now)
    {
        if (budget is null)
            return;
        budget.Take(writer.WrittenBytes - _charged);
        _charged = writer.WrittenBytes;
        writer.LeavesOut = budget.Refuses(now);
        if (writer.LeavesOut is null)
            TellSize(now);
        else if (TellsGaps && now >= _gapsSaid + GapMicroseconds)
            TellGaps(now);
    }

    void TellGaps(long now)
    {
        writer.WriteGaps(now);
        _gapsSaid = now;
    }

    void TellSize(long now)
    {
        if (_sizeLeftOut is not { } size)
            return;
        writer.Resize(now, size.Columns, size.Rows);
        _sizeLeftOut = null;
    }

    // The beginning of what the next flush writes.
    long Begin()
    {
        long now = Microseconds;
        if (!writer.HasLines && !_isRefused)
            _oldest = now - (Pace?.TakeHaste(now) ?? 0);
        return now;
    }

    void FlushNow(long now)
    {
        file.Flush();
        if (file.KeptBytes == 0 && writer.IsDropping)
        {
            writer.IsDropping = false;
            writer.WriteGaps(now);
        }

        if (!writer.IsDropping)
            writer.Flush();
        writer.IsDropping = file.KeptBytes > KeptBytesMax;
        bool isRefused = file.KeptBytes > 0;
        if (isRefused != _isRefused)
            complain(isRefused ? file.Reason : null);
        _isRefused = isRefused;
        _oldest = now;
    }
}
