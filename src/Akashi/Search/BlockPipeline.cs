using System.Runtime.ExceptionServices;
using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>Reads and scans ahead on a thread of its own, while the caller joins and matches what came before.</summary>
/// <remarks>
/// A few blocks go round between the two: the worker fills a free one, the caller takes them in order. A block that the caller waits for is handed over as it was
/// read, and the caller scans it: so both are busy whichever is slower. The worker ends at the end of the input, at its first exception (which the caller gets in
/// its turn), or when the pipeline is disposed.
/// </remarks>
sealed class BlockPipeline : ICandidateBlocks
{
    const int BlockCount = 4;

    readonly TrailReader _reader;
    readonly ICandidateSource _candidates;
    readonly ICandidateSource _ownCandidates;
    readonly Queue<CandidateBlock> _free = new(BlockCount);
    readonly Queue<CandidateBlock> _filled = new(BlockCount);
    readonly object _gate = new();
    readonly Thread _worker;
    CandidateBlock? _current;
    ExceptionDispatchInfo? _fault;
    int _nextCandidate;
    bool _isAwaited;
    bool _isFinished;
    bool _isDisposed;

    /// <summary>Starts reading.</summary>
    public BlockPipeline(TrailReader reader, ICandidateSource candidates)
    {
        _reader = reader;
        _candidates = candidates;
        _ownCandidates = candidates.Twin();
        for (int count = 0; count < BlockCount; count++)
            _free.Enqueue(new CandidateBlock());
        _worker = new Thread(Run) { IsBackground = true, Name = "search" };
        _worker.Start();
    }

    public ReadOnlySpan<byte> Bytes => _current is null ? default : _current.Bytes;

    public ReadOnlySpan<LineHeader> Headers => _current is null ? default : _current.Headers;

    public int Segment => _current?.Segment ?? 0;

    public long Offset => _current?.Offset ?? 0;

    public bool MoveNext()
    {
        lock (_gate)
        {
            if (_current is not null)
            {
                _free.Enqueue(_current);
                _current = null;
                Monitor.PulseAll(_gate);
            }

            _isAwaited = true;
            while (_filled.Count == 0 && !_isFinished)
                Monitor.Wait(_gate);
            _isAwaited = false;
            _nextCandidate = 0;
            _filled.TryDequeue(out _current);
        }

        if (_current is null)
        {
            _fault?.Throw();
            return false;
        }

        if (!_current.IsScanned)
            _current.Scan(_ownCandidates);
        return true;
    }

    public int NextCandidate(int from)
    {
        CandidateBlock block = _current!;
        if (block.IsEveryLine)
            return from;
        while (_nextCandidate < block.CandidateCount && block.CandidateAt(_nextCandidate) < from)
            _nextCandidate++;
        return _nextCandidate < block.CandidateCount ? block.CandidateAt(_nextCandidate) : block.Bytes.Length;
    }

    /// <summary>Has the worker end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        _worker.Join();
    }

    // Whatever goes wrong is thrown where somebody can answer it.
    void Run()
    {
        try
        {
            while (TakeFree() is { } block && _reader.TryRead(out _))
            {
                block.Take(_reader);
                if (!Volatile.Read(ref _isAwaited))
                    block.Scan(_candidates);
                lock (_gate)
                {
                    _filled.Enqueue(block);
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception exception)
        {
            _fault = ExceptionDispatchInfo.Capture(exception);
        }

        lock (_gate)
        {
            _isFinished = true;
            Monitor.PulseAll(_gate);
        }
    }

    CandidateBlock? TakeFree()
    {
        lock (_gate)
        {
            CandidateBlock? block;
            while (!_free.TryDequeue(out block) && !_isDisposed)
                Monitor.Wait(_gate);
            return _isDisposed ? null : block;
        }
    }
}
