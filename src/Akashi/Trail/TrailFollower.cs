using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Host;
using Akashi.Records;

namespace Akashi.Trail;

/// <summary>Reads a trail from a moment on, and goes on reading while it is written, rotated and truncated.</summary>
/// <remarks>
/// The place is the open file and an offset in it, so that a rotation neither repeats nor hides. At the end of the newest segment the path is looked at:
/// where it leads to another file, ours is read to its end once more, then those between the two follow by their numbers, then the new one.
/// Where ours has no name any more, all segments that begin after the last record read are newer. A last line without its line feed waits for the rest;
/// in a segment that has been rotated away it is the last there will be. A file that got shorter is read from its beginning, and counted.
/// Events that are still open leave when the trail has been silent for a second. Not for several threads, but <see cref="Wake"/>.
/// </remarks>
public sealed class TrailFollower : IEventSource
{
    const int BufferBytes = 256 * 1024;

    /// <summary>How much of the newest segment before its end is read at most where nothing older is asked for.</summary>
    const long BacktrackBytesMax = 64L * 1024 * 1024;

    static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(250);

    readonly IFiles _files;
    readonly TimeProvider _clock;
    readonly string _path;
    readonly IFileWatcher _watcher;
    readonly EventAssembler _assembler = new() { ClosesAtLastRecord = true };
    readonly byte[] _buffer = new byte[BufferBytes];
    AuditTrail _trail;
    int _segment;
    long _offset;
    int _length;
    bool _skipsLine;
    bool _hasOpenEvents;
    long _lastReadAt;
    EventStamp _lastStamp;
    volatile bool _isWoken;

    /// <summary>Opens a trail.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="clock">Measures silence.</param>
    /// <param name="path">The path of the log being written, such as <c>/var/log/audit/audit.log</c>.</param>
    /// <param name="sinceUnixMilliseconds">
    /// Segments that end before are left out. Older events of the segments read come too: the caller learns from them, or skips them.
    /// </param>
    /// <exception cref="TrailException">There is no such file, or it can't be read.</exception>
    public TrailFollower(IFiles files, TimeProvider clock, string path, long sinceUnixMilliseconds)
    {
        _files = files;
        _clock = clock;
        _path = Path.GetFullPath(path);
        _watcher = Watch(files, Path.GetDirectoryName(_path)!);
        try
        {
            _trail = AuditTrail.OpenRotated(files, _path);
        }
        catch
        {
            _watcher.Dispose();
            throw;
        }

        Start(sinceUnixMilliseconds);
    }

    /// <summary>Lines that are no records.</summary>
    public long BadLines { get; private set; }

    /// <summary>How often a segment got shorter while it was read.</summary>
    public long Truncations { get; private set; }

    /// <summary>How often the log was rotated while it was read.</summary>
    public long Rotations { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public TrailPosition Position => Current.At(_offset);

    Segment Current => _trail.Segments[_segment];

    /// <inheritdoc/>
    public bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out AuditEvent? next)
    {
        long began = _clock.GetTimestamp();
        while (true)
        {
            if (_assembler.TryTake(out next))
                return true;
            if (ReadLines() || MoveOn())
                continue;
            if (IsSilent())
            {
                Flush();
                continue;
            }

            TimeSpan left = timeout - _clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || _isWoken)
            {
                _isWoken = false;
                return false;
            }

            TimeSpan untilSilent = s_silence - _clock.GetElapsedTime(_lastReadAt);
            _watcher.Wait(_hasOpenEvents && untilSilent < left ? Positive(untilSilent) : left);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _assembler.Flush();
        _hasOpenEvents = false;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        _isWoken = true;
        _watcher.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.Dispose();
        _trail.Dispose();
    }

    static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(1);

    static IFileWatcher Watch(IFiles files, string directory)
    {
        try
        {
            return files.Watch(directory);
        }
        catch (TrailException)
        {
            return new PollingWatcher(s_pollInterval);
        }
    }

    void Start(long sinceUnixMilliseconds)
    {
        _segment = _trail.Segments.Count - 1;
        while (_segment > 0 && !(Current.TryReadFirstStamp(out EventStamp first) && first.UnixMilliseconds <= sinceUnixMilliseconds))
            _segment--;
        bool isNewest = _segment == _trail.Segments.Count - 1;
        bool isCurrent = sinceUnixMilliseconds >= _clock.GetUtcNow().ToUnixTimeMilliseconds();
        _offset = isNewest && isCurrent ? Math.Max(Current.Identity.LengthWhenOpened - BacktrackBytesMax, 0) : 0;
        _skipsLine = _offset > 0;
        CloseBefore(_segment);
    }

    bool IsSilent() => _hasOpenEvents && _clock.GetElapsedTime(_lastReadAt) >= s_silence;

    bool ReadLines()
    {
        int read = Current.Read(_buffer.AsSpan(_length), _offset + _length);
        if (read == 0)
            return false;
        _length += read;
        _lastReadAt = _clock.GetTimestamp();
        int end = _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n') + 1;
        if (end > 0)
            TakeLines(end);
        else if (_length == _buffer.Length)
            SkipFilledBuffer();
        return true;
    }

    void TakeLines(int end)
    {
        int start = 0;
        while (start < end)
        {
            int length = _buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            int lineLength = length < 0 ? end - start : length;
            if (_skipsLine)
                _skipsLine = false;
            else
                TakeLine(_buffer.AsSpan(start, lineLength), _offset + start);
            start += lineLength + 1;
        }

        start = Math.Min(start, _length);
        _buffer.AsSpan(start, _length - start).CopyTo(_buffer);
        _offset += start;
        _length -= start;
    }

    void TakeLine(ReadOnlySpan<byte> line, long offset)
    {
        if (!Record.TryParse(line, out Record record, out _))
        {
            BadLines++;
            return;
        }

        _lastStamp = record.Stamp;
        _hasOpenEvents = true;
        _assembler.Add(record, new RecordOrigin(_segment, offset));
    }

    // A line longer than the buffer is no record.
    void SkipFilledBuffer()
    {
        if (!_skipsLine)
            BadLines++;
        _skipsLine = true;
        _offset += _length;
        _length = 0;
    }

    // At the end of the present segment: true where there may be more to read now.
    bool MoveOn()
    {
        if (_files.Identify(Current.Handle).LengthWhenOpened < _offset + _length)
        {
            Truncations++;
            _offset = _length = 0;
            _skipsLine = false;
            return true;
        }

        if (_segment < _trail.Segments.Count - 1)
        {
            Enter(_segment + 1);
            return true;
        }

        return TryFollowRotation();
    }

    bool TryFollowRotation()
    {
        if (!IsRotated())
            return false;

        // The writer may have appended between our last read and the renaming; now it can't any more.
        if (ReadLines())
            return true;
        AuditTrail trail;
        try
        {
            trail = AuditTrail.OpenRotated(_files, _path);
        }
        catch (TrailException)
        {
            // Renamed again, and the new log is not there yet.
            return false;
        }

        int next = FirstNewer(trail);
        if (next == trail.Segments.Count)
        {
            // The path leads to ours again.
            trail.Dispose();
            return false;
        }

        Rotations++;
        FinishSegment();
        _trail.Dispose();
        _trail = trail;
        Enter(next);
        return true;
    }

    bool IsRotated()
    {
        try
        {
            using Segment newest = Segment.Open(_files, _path);
            return !newest.IsSame(Current);
        }
        catch (TrailException)
        {
            // Between the two steps of a rotation there is no log.
            return false;
        }
    }

    void FinishSegment()
    {
        if (_length > 0)
            TakeLines(_length);
        _length = 0;
    }

    int FirstNewer(AuditTrail trail)
    {
        for (int index = 0; index < trail.Segments.Count; index++)
        {
            if (trail.Segments[index].IsSame(Current))
                return index + 1;
        }

        for (int index = 0; index < trail.Segments.Count; index++)
        {
            if (trail.Segments[index].TryReadFirstStamp(out EventStamp first) && first.UnixMilliseconds >= _lastStamp.UnixMilliseconds)
                return index;
        }

        return trail.Segments.Count - 1;
    }

    void Enter(int segment)
    {
        FinishSegment();
        _segment = segment;
        _offset = 0;
        _skipsLine = false;
        CloseBefore(segment);
    }

    // An open file keeps its bytes on the disk after its name is gone.
    void CloseBefore(int segment)
    {
        for (int index = 0; index < segment; index++)
            _trail.Segments[index].Dispose();
    }
}
