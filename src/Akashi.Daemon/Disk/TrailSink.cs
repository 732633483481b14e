using System.Diagnostics;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Daemon.Disk;

/// <summary>Groups of records to a trail on a disk that may be full, slow, broken or moved.</summary>
/// <remarks>
/// A group that the disk refuses is counted and dropped, and writing is tried anew a second later; the first group that is taken again begins with a
/// DAEMON_ERR record that tells the count. What else auditd.conf wants done then, and when room gets short, is in TrailSink.Answers.cs.
/// Room and place are looked at every 64 KB, and four times a second while records come.
/// </remarks>
public sealed partial class TrailSink : IGroupSink
{
    const int LookBytes = 64 * 1024;

    static readonly TimeSpan s_lookAfter = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    readonly AuditdConfiguration _configuration;
    readonly TrailWriter _writer;
    readonly IFlusher _flusher;
    readonly OwnLines _own;
    readonly DiskLedger _ledger;
    readonly DaemonSurroundings _surroundings;
    readonly TimeProvider _clock;
    readonly Action<Action> _post;
    long _refusedAt;
    long _failedAt;
    long _lookedAt;
    int _unlookedBytes;
    bool _isRefused;
    bool _isFailed;

    /// <summary>Makes it; surplus segments are removed.</summary>
    /// <param name="configuration">auditd.conf.</param>
    /// <param name="writer">Where records go; disposed with this.</param>
    /// <param name="own">Makes what says that records are missing.</param>
    /// <param name="ledger">Counts.</param>
    /// <param name="surroundings">Who is told, and what may be done to the machine.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="post">Any thread: has an action run on the write stage's thread.</param>
    public TrailSink(
        AuditdConfiguration configuration, TrailWriter writer, OwnLines own, DiskLedger ledger, DaemonSurroundings surroundings,
        TimeProvider clock, Action<Action> post)
    {
        _configuration = configuration;
        _writer = writer;
        _flusher = Flushers.Create(configuration.Flush, configuration.FlushFrequencyRecords, writer);
        _own = own;
        _ledger = ledger;
        _surroundings = surroundings;
        _clock = clock;
        _post = post;
        _lookedAt = clock.GetTimestamp();
        RemoveSurplus();
    }

    /// <summary>The newest segment.</summary>
    public string TrailPath => _writer.Path;

    /// <summary>Bytes of the newest segment.</summary>
    public long SegmentBytes => _writer.Length;

    /// <summary>Segments when it was last rotated, or at the start.</summary>
    public int Segments { get; private set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> lines, int records)
    {
        if (!TryWrite(lines, records))
            _ledger.Refuse(records);
    }

    /// <summary>Does what comes before a group, so that the group itself, which must be the next that is written, begins at a place that is known.</summary>
    /// <returns>False where groups aren't taken now.</returns>
    public bool TryPrepare(out TrailPosition position)
    {
        position = default;
        if (_isSuspended || (_isRefused && _clock.GetElapsedTime(_refusedAt) < s_retryAfter))
            return false;
        RotateByTime();
        try
        {
            if (_ledger.UnsaidRecords > 0)
                SayLoss();
            position = _writer.Prepare();
        }
        catch (TrailException exception)
        {
            Refuse(exception);
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> lines, int records) => TryPrepare(out _) && TryWritePrepared(lines, records);

    /// <summary>Takes a group at the place that <see cref="TryPrepare"/> gave just before.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool TryWritePrepared(ReadOnlySpan<byte> lines, int records)
    {
        try
        {
            _writer.Append(lines);
        }
        catch (TrailException exception)
        {
            Refuse(exception);
            return false;
        }

        _ledger.Take(records);
        _isRefused = false;
        LookAfter(lines.Length, records);
        return true;
    }

    /// <inheritdoc/>
    public void Idle()
    {
        if (_isSuspended || _isHeld || _isRefused)
            return;
        RotateByTime();
        Look();
    }

    /// <summary>Begins a new segment, however long this one is.</summary>
    public void Rotate()
    {
        if (_isSuspended)
            return;
        try
        {
            NoteRotation(_writer.Rotate());
        }
        catch (TrailException exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Waits until the disk has what was written; a fault is answered as any other.</summary>
    public void Flush()
    {
        try
        {
            _writer.Flush();
        }
        catch (TrailException exception)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packer?.Dispose();
        _flusher.Dispose();
        _writer.Dispose();
    }

    void RemoveSurplus()
    {
        try
        {
            int removed = _writer.RemoveSurplus();
            if (removed > 0)
                _surroundings.Say($"removed {removed} segments beyond num_logs = {_configuration.SegmentsMax}");
        }
        catch (TrailException exception)
        {
            _surroundings.Say(exception.Message);
        }

        Segments = _writer.CountSegments();
    }

    void NoteRotation(bool isRotated)
    {
        if (!isRotated)
            return;
        Segments = _writer.CountSegments();
        _isLengthAnswered = false;
        _packer?.Look(_writer.ListPlain());
    }

    void SayLoss()
    {
        _writer.Append(_own.Make(RecordType.DaemonErr, OwnRecords.Loss("disk", _ledger.UnsaidRecords)));
        _ledger.Say();
    }

    void Refuse(TrailException exception)
    {
        _refusedAt = _clock.GetTimestamp();
        if (!_isRefused)
            _surroundings.OnRefused(exception);
        _isRefused = true;
        Answer(exception);
    }

    // The group is written; what goes wrong from here on costs no record.
    void LookAfter(int bytes, int records)
    {
        try
        {
            _flusher.Written(records);
            if (!_isFailed || _clock.GetElapsedTime(_failedAt) >= s_retryAfter)
            {
                NoteRotation(_writer.RotateWhereDue());
                Recover();
            }
        }
        catch (TrailException exception)
        {
            Fail(exception);
        }

        AnswerLength();
        _unlookedBytes += bytes;
        if (_unlookedBytes >= LookBytes || _clock.GetElapsedTime(_lookedAt) >= s_lookAfter)
            Look();
    }

    void Fail(TrailException exception)
    {
        _failedAt = _clock.GetTimestamp();
        if (!_isFailed)
            _surroundings.Say(exception.Message);
        _isFailed = true;
        Answer(exception);
    }

    void Look()
    {
        _unlookedBytes = 0;
        _lookedAt = _clock.GetTimestamp();
        try
        {
            if (_writer.ReopenWhereMoved())
                _surroundings.Say($"{_writer.Path} was moved away; records go to a new one");
            if (!_isSuspended && !_isHeld)
                AnswerSpace(_writer.Space);
        }
        catch (TrailException)
        {
            // Its directory is gone: the moved segment still takes records, and the next look tries again.
        }
    }
}
