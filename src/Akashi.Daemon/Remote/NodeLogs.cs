using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>A log for each node below node_log_dir: the permissions, the rotation and the flushing are log_file's.</summary>
/// <remarks>
/// <code>
/// NODE_LOG_DIR/NODE/audit.log, .1, …     0600, and 0400 once closed; 0640, 0440 and directories of 0750 where there is a log_group
/// </code>
/// So many files are open as <see cref="OpenMax"/>; the one that was used longest ago is closed for another. Used by the write stage's thread, and by the thread that flushes.
/// </remarks>
sealed class NodeLogs : IDisposable
{
    /// <summary>Files open at once.</summary>
    public const int OpenMax = 256;

    const string LogName = "audit.log";
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly IFiles _files;
    readonly string _directory;
    readonly AuditdConfiguration _configuration;
    readonly SpaceLimit _disk;
    readonly uint? _readers;
    readonly Action<string> _say;
    readonly Dictionary<string, NodeLog> _logs = [];
    readonly LinkedList<NodeLog> _open = [];
    readonly NodeFlusher _flusher;

    /// <summary>Makes it; the directory too, where it's missing.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="directory">node_log_dir.</param>
    /// <param name="disk">node_disk_max.</param>
    /// <param name="configuration">auditd.conf.</param>
    /// <param name="readers">The group that may read; null for none.</param>
    /// <param name="say">Told of what is to be known.</param>
    /// <exception cref="TrailException">The directory can't be had.</exception>
    public NodeLogs(IFiles files, string directory, SpaceLimit disk, AuditdConfiguration configuration, uint? readers, Action<string> say)
    {
        _files = files;
        _directory = directory;
        _disk = disk;
        _configuration = configuration;
        _readers = readers;
        _say = say;
        MakeDirectory(directory);
        _flusher = new NodeFlusher(configuration.Flush, configuration.FlushFrequencyRecords);
    }

    /// <summary>Where the next record of a host goes; its directory and log are made where they're missing.</summary>
    /// <exception cref="TrailException">They can't be had.</exception>
    public TrailPosition Prepare(KnownHost host, out string path)
    {
        NodeLog log = Find(host);
        path = log.Writer.Path;
        TrailPosition position = log.Writer.Prepare();
        Use(log);
        return position;
    }

    /// <summary>Appends to the log of a host that is prepared.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void Append(KnownHost host, ReadOnlySpan<byte> lines)
    {
        NodeLog log = Find(host);
        log.Writer.Append(lines);
        log.IsDirty = true;
        Use(log);
    }

    /// <summary>What comes after the records of one group: what is wanted on the disk gets there, what is long begins anew, who has taken its share is noted.</summary>
    /// <param name="hosts">Whose logs were written.</param>
    /// <param name="records">How many records.</param>
    public void End(IEnumerable<KnownHost> hosts, int records)
    {
        foreach (KnownHost host in hosts)
            Settle(host, () =>
            {
                NodeLog log = Find(host);
                _flusher.Add(log);
                if (log.Writer.RotateWhereDue())
                    log.Measure();
            });
        Try(() => _flusher.Written(records));
    }

    /// <summary>Looks anew how much a host's logs take: somebody may have made room.</summary>
    public void Look(KnownHost host) => Settle(host, () =>
    {
        NodeLog log = Find(host);
        log.Writer.Close();
        log.Writer.Prepare();
        Use(log);
        log.Measure();
    });

    /// <summary>SIGUSR1: every log that was written since the start begins anew.</summary>
    public void Rotate()
    {
        foreach (NodeLog log in _logs.Values)
        {
            Try(() =>
            {
                if (log.Writer.Prepare().Offset > 0 && log.Writer.Rotate())
                    log.Measure();
            });
            Use(log);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flusher.Dispose();
        foreach (NodeLog log in _open)
            log.Writer.Dispose();
    }

    NodeLog Find(KnownHost host)
    {
        if (_logs.TryGetValue(host.Directory, out NodeLog? log))
            return log;
        string directory = Path.Combine(_directory, host.Directory);
        MakeDirectory(directory);
        log = new NodeLog(new TrailWriter(_files, Path.Combine(directory, LogName), _configuration.Rotation, [], _readers));
        _logs.Add(host.Directory, log);
        Use(log);
        Try(() => log.Writer.RemoveSurplus());
        Try(log.Measure);
        return log;
    }

    void Settle(KnownHost host, Action act)
    {
        Try(act);
        if (!_logs.TryGetValue(host.Directory, out NodeLog? log))
            return;
        Volatile.Write(ref host.DirectoryBytes, log.Bytes);
        host.IsFull = IsFull(log);
    }

    bool IsFull(NodeLog log)
    {
        if (_disk.Value == 0)
            return false;
        try
        {
            return log.Bytes >= (_disk.IsPercent ? _disk.Megabytes(log.Writer.Space.Bytes) : _disk.Value) << 20;
        }
        catch (TrailException)
        {
            return false;
        }
    }

    // The records are written; what goes wrong here costs none.
    void Try(Action act)
    {
        try
        {
            act();
        }
        catch (TrailException exception)
        {
            _say(exception.Message);
        }
    }

    void Use(NodeLog log)
    {
        if (log.Use is { } place)
            _open.Remove(place);
        log.Use = _open.AddLast(log);
        if (_open.Count <= OpenMax)
            return;
        NodeLog oldest = _open.First!.Value;
        _open.RemoveFirst();
        oldest.Use = null;
        if (oldest.IsDirty && _configuration.Flush != FlushTechnique.None)
            Try(oldest.Writer.Flush);
        oldest.IsDirty = false;
        oldest.Writer.Close();
    }

    void MakeDirectory(string directory)
    {
        try
        {
            if (!_files.TryLook(directory, followsLink: false, out _))
                Directory.CreateDirectory(directory, OwnersAlone);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("make", directory, exception);
        }

        RunPlace.RefuseOthers(_files, directory, out _);
        if (_readers is { } group)
            LogDirectory.OpenTo(_files, Path.Combine(directory, LogName), group);
    }
}
