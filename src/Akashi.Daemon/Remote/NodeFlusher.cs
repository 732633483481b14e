using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon.Remote;

/// <summary>Has the logs of nodes on the disk as flush and freq say, counted over all of them.</summary>
sealed class NodeFlusher : IDisposable
{
    readonly FlushTechnique _technique;
    readonly int _frequencyRecords;
    readonly Lock _gate = new();
    readonly AutoResetEvent _isWanted = new(false);
    readonly Thread? _thread;
    HashSet<NodeLog> _written = [];
    HashSet<NodeLog> _flushed = [];
    int _unflushedRecords;
    TrailException? _fault;
    volatile bool _isEnded;

    /// <summary>Makes it, with a thread where nobody is to wait for the disk.</summary>
    public NodeFlusher(FlushTechnique technique, int frequencyRecords)
    {
        _technique = technique;
        _frequencyRecords = technique is FlushTechnique.Incremental or FlushTechnique.IncrementalAsync ? Math.Max(1, frequencyRecords) : 1;
        if (technique != FlushTechnique.IncrementalAsync)
            return;
        _thread = new Thread(Run, 128 * 1024) { IsBackground = true, Name = "node flush" };
        _thread.Start();
    }

    /// <summary>A log was written.</summary>
    public void Add(NodeLog log)
    {
        if (_technique == FlushTechnique.None)
            return;
        lock (_gate)
            _written.Add(log);
    }

    /// <summary>A group was written.</summary>
    /// <exception cref="TrailException">The disk refused, now or when it was last flushed.</exception>
    public void Written(int records)
    {
        if (_technique == FlushTechnique.None)
            return;
        if (Interlocked.Exchange(ref _fault, null) is { } fault)
            throw fault;
        _unflushedRecords += records;
        if (_unflushedRecords < _frequencyRecords)
            return;
        _unflushedRecords = 0;
        if (_thread is null)
            FlushAll();
        else
            _isWanted.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnded = true;
        _isWanted.Set();
        _thread?.Join();
    }

    void Run()
    {
        while (!_isEnded)
        {
            _isWanted.WaitOne();
            try
            {
                FlushAll();
            }
            catch (TrailException exception)
            {
                Volatile.Write(ref _fault, exception);
            }
        }
    }

    void FlushAll()
    {
        lock (_gate)
            (_written, _flushed) = (_flushed, _written);
        TrailException? fault = null;
        foreach (NodeLog log in _flushed)
        {
            try
            {
                log.IsDirty = false;
                if (_technique == FlushTechnique.Sync)
                    log.Writer.FlushWhole();
                else
                    log.Writer.Flush();
            }
            catch (TrailException exception)
            {
                fault = exception;
            }
            catch (ObjectDisposedException)
            {
                // A rotation or a close for another one flushed it meanwhile.
            }
        }

        _flushed.Clear();
        if (fault is not null)
            throw fault;
    }
}
