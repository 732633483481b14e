using System.Text;
using Akashi.Cli.Input;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Records;
using Akashi.Search;
using Akashi.Trail;

namespace Akashi.Cli.Ausearch.Checkpoints;

/// <summary>A search that goes on where the last one ended: <c>ausearch --checkpoint FILE</c>.</summary>
/// <remarks>
/// Where <c>FILE.position</c> (<see cref="ReadingState"/>) fits the checkpoint and the logs, reading begins near the end of what was read. Otherwise it
/// goes the original's way: the checkpoint's log from its beginning, dropping every event up to the checkpointed one.
/// Source: ausearch(8); runs of 3.0.9; what differs stands in docs/differences.md.
/// </remarks>
sealed class CheckpointRun
{
    /// <summary>Exit code: the checkpoint is malformed, or its log isn't there.</summary>
    public const int Unusable = 10;

    const int NotSaved = 11;
    const int Corrupted = 12;
    const int NewerSecondsMax = 2;
    const string PositionSuffix = ".position";

    readonly string _path;
    readonly IFiles _files;
    readonly uint _uid;
    readonly string? _savedText;
    readonly Checkpoint? _saved;
    readonly bool _goesByTime;
    readonly bool _hasTimes;
    readonly EventMark _last;
    ReadingState? _state;
    RecordOrigin _end;
    int _timeoutSeconds;
    bool _isPast;

    CheckpointRun(AusearchRequest request, IHost host, string? savedText, Checkpoint? saved)
    {
        _path = request.CheckpointPath!;
        _files = host.Files;
        _uid = host.Process.Uid;
        _savedText = savedText;
        _saved = saved;
        _goesByTime = request.StartsAtCheckpoint;
        _hasTimes = (request.Start is not null && !request.StartsAtCheckpoint) || request.End is not null;
        _isPast = saved is not { HasEvent: true };
        _last = new EventMark(default, [], 0);
    }

    /// <summary>Whether an event that is clearly newer came before the checkpointed one: the search is to end.</summary>
    public bool IsCorrupted { get; private set; }

    /// <summary>Reads the file; one that is missing is that of a first run.</summary>
    /// <returns>Null where it is malformed, which has been said.</returns>
    public static CheckpointRun? Load(AusearchRequest request, IHost host, Utf8Output error)
    {
        string path = request.CheckpointPath!;
        if (host.Files.KindOf(path) == FileKind.Missing)
            return new CheckpointRun(request, host, null, null);
        try
        {
            string text = SmallFile.Read(host.Files, path);
            if (Checkpoint.Read(text, path, out string? fault) is { } saved)
                return new CheckpointRun(request, host, text, saved);
            Say(error, fault!);
        }
        catch (TrailException exception)
        {
            Say(error, $"Cannot open checkpoint file - {path}: {exception.Reason}");
        }

        return null;
    }

    /// <summary>Has the reader begin where this run begins.</summary>
    /// <returns>False where the checkpoint's log isn't among the logs, which has been said.</returns>
    public bool TryPlace(LogInput input, int timeoutSeconds, string toolName, Utf8Output error)
    {
        _timeoutSeconds = timeoutSeconds;
        if (_saved is null || _goesByTime || input.Trail is not { } trail)
            return true;
        if (TryUseState(trail, input.Reader) || input.IsSingleFile)
            return true;
        for (int index = 0; index < trail.Segments.Count; index++)
        {
            if (_saved.IsIn(trail.Segments[index]))
            {
                input.Reader.Seek(index, 0);
                return true;
            }
        }

        error.Write($"{toolName}: no log has the device and the inode of checkpoint ");
        error.WriteEscaped(Encoding.UTF8.GetBytes(_path));
        error.Write("\nhint: -ts checkpoint goes by its time alone\n"u8);
        return false;
    }

    /// <summary>Whether an event is new; to be asked for every event, in the order in which they leave.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="lastLine">The line because of which it left.</param>
    /// <param name="error">For what is wrong.</param>
    public bool Admits(AuditEvent auditEvent, RecordOrigin lastLine, Utf8Output error)
    {
        if (_state is not null)
            return lastLine.Segment > _end.Segment || (lastLine.Segment == _end.Segment && lastLine.Offset >= _end.Offset);
        if (_isPast)
            return true;
        EventStamp saved = _saved!.Last.Stamp;
        if (_goesByTime && auditEvent.Stamp.UnixMilliseconds >= saved.UnixMilliseconds)
            return true;
        Pass(auditEvent);
        _isPast = !_goesByTime && _saved.Last.IsOf(auditEvent);
        if (!_isPast && !_goesByTime && auditEvent.Stamp.UnixSeconds > saved.UnixSeconds + NewerSecondsMax)
        {
            IsCorrupted = true;
            Say(error, $"Corrupted checkpoint file. Inode match, but newer complete event ({auditEvent.Stamp}) found before loaded checkpoint {saved}");
        }

        return false;
    }

    /// <summary>Keeps an event as the last one: printed or not, but not one that ends the run.</summary>
    public void Pass(AuditEvent auditEvent) => _last.Take(auditEvent);

    /// <summary>Saves how far the search came, after its output has left.</summary>
    /// <param name="isAtEnd">Whether the logs were read to their end.</param>
    /// <param name="exitCode">The exit code so far.</param>
    /// <returns>The exit code.</returns>
    public int Save(LogInput input, TrailSearch search, EventAssembler assembler, bool isAtEnd, int exitCode, Utf8Output error)
    {
        if (IsCorrupted)
            return Corrupted;
        if (input.Trail is not { } trail)
        {
            Say(error, "Warning - checkpointing stdin is not supported");
            return exitCode;
        }

        // Behind a position nothing may have left: the checkpointed event is still the last.
        EventMark last = _last.Stamp == default && _state is not null ? _saved!.Last : _last;
        FileIdentity newest = trail.Segments[^1].Identity;
        string text = new Checkpoint(newest.Device, newest.Inode, last).ToString();
        try
        {
            if (text != _savedText)
                SmallFile.Replace(_files, _path, text, isKept: true);
        }
        catch (TrailException exception)
        {
            Say(error, $"Cannot open checkpoint file - {_path}: {exception.Reason}");
            return NotSaved;
        }

        SaveState(MakeState(input, search, assembler, isAtEnd, text));
        return exitCode;
    }

    static void Say(Utf8Output error, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            error.WriteEscaped(Encoding.UTF8.GetBytes(line));
            error.EndLine();
        }
    }

    bool TryUseState(AuditTrail trail, TrailReader reader)
    {
        if (_hasTimes || SmallFile.TryReadOwn(_files, _path + PositionSuffix, _uid) is not { } text
            || ReadingState.Read(text) is not { } state || state.Checkpoint != _savedText || state.TimeoutSeconds != _timeoutSeconds)
            return false;
        int start = IndexOf(trail, state.Start), end = IndexOf(trail, state.End);
        if (start < 0 || end < start || (start == end && state.End.Position.Offset < state.Start.Position.Offset))
            return false;
        _state = state;
        _end = new RecordOrigin(end, state.End.Position.Offset);
        reader.Seek(start, state.Start.Position.Offset);
        return true;
    }

    static int IndexOf(AuditTrail trail, PositionMark mark)
    {
        for (int index = 0; index < trail.Segments.Count; index++)
        {
            if (mark.Holds(trail.Segments[index]))
                return index;
        }

        return -1;
    }

    // None where the next run couldn't read on from a place and see what this one saw.
    ReadingState? MakeState(LogInput input, TrailSearch search, EventAssembler assembler, bool isAtEnd, string checkpoint)
    {
        IReadOnlyList<Segment> segments = input.Trail!.Segments;
        if (!isAtEnd || _hasTimes || input.Reader.EndsWithinLine || search.Counts.IncompleteEvents > 0 || segments.Any(segment => segment.IsPacked))
            return null;
        var end = new RecordOrigin(segments.Count - 1, input.Reader.End.Offset);
        RecordOrigin start = assembler.TryFindOldest(out RecordOrigin oldest) ? oldest : end;
        return PositionMark.TryMake(segments[start.Segment], start.Offset, out PositionMark startMark)
            && PositionMark.TryMake(segments[end.Segment], end.Offset, out PositionMark endMark)
            ? new ReadingState(_timeoutSeconds, startMark, endMark, checkpoint)
            : null;
    }

    // It can be done without: where it can't be written, the next run reads more.
    void SaveState(ReadingState? state)
    {
        string path = _path + PositionSuffix;
        if (state is null)
        {
            if (_files.TryLook(path, followsLink: false, out FileStatus there) && there.Kind == FileKind.Regular)
                SmallFile.TryRemove(path);
            return;
        }

        if (state == _state)
            return;
        try
        {
            SmallFile.Replace(_files, path, state.ToString(), isKept: false);
        }
        catch (TrailException)
        {
            SmallFile.TryRemove(path);
        }
    }
}
