using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Remote;
using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>Writes what was received: into the trail, or into each node's own log; used by the write stage's thread alone.</summary>
/// <remarks>
/// What is refused costs only those whose records they are: a host whose log can't be written is told, and of its stream nothing that stands behind; the others' records are written. Before records
/// of streams are written the journal has them: <see cref="ReceivedJournal"/>.
/// </remarks>
/// <param name="write">The write stage.</param>
/// <param name="say">Told of what is to be known.</param>
sealed class ReceivedWriter(WriteStage write, Action<string> say) : IDisposable
{
    const int NoSpace = 28;
    const int QuotaExceeded = 122;

    readonly List<JournalTarget> _targets = [];
    readonly Dictionary<KnownHost, int> _targetOf = [];
    readonly HashSet<KnownHost> _refused = [];
    readonly HashSet<RemoteClient> _stopped = [];
    bool _isRefusing;

    /// <summary>The nodes' logs; null for one trail.</summary>
    public NodeLogs? Logs { get; set; }

    /// <summary>What makes sure that a killed receiver takes no record twice; null where it can't be had.</summary>
    public ReceivedJournal? Journal { get; set; }

    /// <summary>Writes a batch, and puts the answers into it.</summary>
    public void Write(RemoteBatch batch)
    {
        write.WriteOut();
        _targets.Clear();
        if (Logs is null)
            WriteTrail(batch);
        else
            WriteLogs(batch);
        CountUnanswered(batch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Logs?.Dispose();
        Journal?.Dispose();
    }

    void WriteTrail(RemoteBatch batch)
    {
        var trail = write.Sink as TrailSink;
        bool isWritten = batch.Records == 0;
        bool isJournalled = false;
        if (!isWritten && trail is not null && Journal is { } journal && batch.HasStreams)
        {
            isWritten = trail.TryPrepare(out TrailPosition position);
            if (isWritten)
            {
                _targets.Add(new JournalTarget(trail.TrailPath, position));
                isWritten = isJournalled = TryJournal(journal, batch, _ => 0);
            }

            isWritten = isWritten && write.TryWritePrepared(trail, batch.Lines, batch.Records);
        }
        else if (!isWritten)
        {
            isWritten = write.TryWriteReceived(batch.Lines, batch.Records);
        }

        RemoteMessageType answer = AnswerOf(trail, isWritten);
        foreach (ref RemoteRun run in batch.Runs)
            run.Answer = run.IsRefused ? run.Answer : answer;
        if (isJournalled)
            EndJournal(batch);
    }

    // In the order in which they came; neighbours of one log go together.
    void WriteLogs(RemoteBatch batch)
    {
        _refused.Clear();
        _stopped.Clear();
        bool isJournalled = Prepare(batch);
        Span<RemoteRun> runs = batch.Runs;
        for (int first = 0; first < runs.Length;)
        {
            int next = first + 1;
            while (next < runs.Length && runs[next].Host == runs[first].Host)
                next++;
            WriteRuns(batch, runs[first..next]);
            first = next;
        }

        Logs!.End(_targetOf.Keys.Where(host => !_refused.Contains(host)), batch.Records);
        if (isJournalled)
            EndJournal(batch);
    }

    // All logs are open, and the journal has what is to go into them, before the first is written.
    bool Prepare(RemoteBatch batch)
    {
        _targetOf.Clear();
        foreach (ref RemoteRun run in batch.Runs)
        {
            if (run.Records == 0 || run.IsRefused || _targetOf.ContainsKey(run.Host!))
                continue;
            try
            {
                TrailPosition position = Logs!.Prepare(run.Host!, out string path);
                _targetOf.Add(run.Host!, _targets.Count);
                _targets.Add(new JournalTarget(path, position));
            }
            catch (TrailException exception)
            {
                RefuseHost(run.Host!, ref run, exception);
            }
        }

        StopBehindRefused(batch);
        if (Journal is not { } journal || !batch.HasStreams || _targets.Count == 0)
            return false;
        if (TryJournal(journal, batch, host => _targetOf[host!]))
            return true;
        foreach (ref RemoteRun run in batch.Runs)
        {
            if (run.Client.Stream is not null && !run.IsRefused)
                (run.IsRefused, run.Answer) = (true, RemoteMessageType.DiskFull);
        }

        return false;
    }

    // Runs of a host whose log couldn't be opened, and of a stream behind one.
    void StopBehindRefused(RemoteBatch batch)
    {
        foreach (ref RemoteRun run in batch.Runs)
            TryRefuse(ref run);
    }

    bool TryRefuse(ref RemoteRun run)
    {
        bool isRefused = run.IsRefused || (run.Host is { } host && run.Records > 0 && _refused.Contains(host)) || _stopped.Contains(run.Client);
        if (!isRefused)
            return false;
        if (!run.IsRefused)
            (run.IsRefused, run.Answer) = (true, RemoteMessageType.DiskFull);
        if (run.Client.Stream is not null)
            _stopped.Add(run.Client);
        return true;
    }

    void WriteRuns(RemoteBatch batch, Span<RemoteRun> runs)
    {
        for (int first = 0; first < runs.Length;)
        {
            if (TryRefuse(ref runs[first]))
            {
                first++;
                continue;
            }

            int next = first;
            int length = 0, records = 0;
            while (next < runs.Length && !runs[next].IsRefused && !_stopped.Contains(runs[next].Client))
            {
                length += runs[next].Length;
                records += runs[next++].Records;
            }

            Append(batch, runs[first..next], length, records);
            first = next;
        }
    }

    void Append(RemoteBatch batch, Span<RemoteRun> runs, int length, int records)
    {
        RemoteMessageType answer = AnswerOf(write.Sink as TrailSink, isWritten: true);
        try
        {
            if (records > 0)
            {
                Logs!.Append(runs[0].Host!, batch.Lines.Slice(runs[0].Start, length));
                write.NoteReceived(length, records);
                _isRefusing = false;
            }

            foreach (ref RemoteRun run in runs)
                run.Answer = answer;
        }
        catch (TrailException exception)
        {
            foreach (ref RemoteRun run in runs)
                RefuseHost(run.Host!, ref run, exception);
        }
    }

    void RefuseHost(KnownHost host, ref RemoteRun run, TrailException exception)
    {
        if (!_isRefusing)
            say($"{exception.Message}: records of {host.Node} are not taken until it does");
        _isRefusing = true;
        _refused.Add(host);
        (run.IsRefused, run.Answer) = (true, exception.Errno is NoSpace or QuotaExceeded ? RemoteMessageType.DiskFull : RemoteMessageType.DiskError);
        if (run.Client.Stream is not null)
            _stopped.Add(run.Client);
    }

    bool TryJournal(ReceivedJournal journal, RemoteBatch batch, Func<KnownHost?, int> targetOf)
    {
        try
        {
            journal.Begin(batch, _targets, targetOf);
            return true;
        }
        catch (TrailException exception)
        {
            if (!_isRefusing)
                say(exception.Message);
            _isRefusing = true;
            return false;
        }
    }

    void EndJournal(RemoteBatch batch)
    {
        try
        {
            Journal!.End(batch);
        }
        catch (TrailException exception)
        {
            say($"{exception.Message}: after a kill records may arrive twice");
        }
    }

    // What came as lines nobody sends again.
    void CountUnanswered(RemoteBatch batch)
    {
        int lost = 0;
        foreach (ref readonly RemoteRun run in batch.Runs)
            lost += run.Answer.IsFatal && !run.IsAnswered ? run.Records : 0;
        if (lost > 0)
            write.Disk.Refuse(lost);
    }

    static RemoteMessageType AnswerOf(TrailSink? trail, bool isWritten) =>
        isWritten
            ? trail?.IsSpaceAnswered == true ? RemoteMessageType.DiskLow : RemoteMessageType.Acknowledgement
            : trail?.IsFull == true ? RemoteMessageType.DiskFull : RemoteMessageType.DiskError;
}
