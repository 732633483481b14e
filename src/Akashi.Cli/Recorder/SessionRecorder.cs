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
sealed class SessionRecorder(AppendingFile file, RecordingWriter writer, InputRedaction? redaction, Action<string?> complain)
    : IRelayListener, IInputListener
{
    const int KeptBytesMax = 1 << 20;

    readonly long _began = Stopwatch.GetTimestamp();

    // When what waits began to; earlier where it's in haste.
    long _oldest;
    bool _isRefused;

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
            return left == long.MaxValue ? -1 : (int)Math.Max(0, (left + 999) / 1000);
        }
    }

    long Microseconds => (long)Stopwatch.GetElapsedTime(_began).TotalMicroseconds;

    public void Shown(ReadOnlySpan<byte> bytes)
    {
        long now = Begin();
        writer.IsDropping |= file.KeptBytes > KeptBytesMax;
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
        writer.Resize(Begin(), columnCount, rowCount);
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
        writer.End(now, exitCode);
        file.Flush();
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
