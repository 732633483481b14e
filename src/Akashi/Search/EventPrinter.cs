using System.Runtime.ExceptionServices;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Output;

namespace Akashi.Search;

/// <summary>Prints the events of a search in their order; many of them on two processors.</summary>
/// <remarks>
/// The first megabyte is printed as it comes. Then events are copied into batches. A worker formats the oldest batch that waits; the caller fills batches, writes
/// out those at the head that are done, and where no batch is free it formats the next one itself: so both are busy whichever is slower. What is written is the
/// same as with one. Batches are used again: nothing is allocated once they are as large as the events need.
/// </remarks>
public sealed class EventPrinter : IDisposable
{
    const int BatchCount = 6;

    // Below, a thread costs more than it saves, and whoever reads only the beginning gets it at once.
    const long DirectBytes = 1024 * 1024;

    readonly Utf8Output _output;
    readonly Func<bool, IEventFormat> _makeFormat;
    readonly IEventFormat _format;
    readonly bool _mayBatch;
    readonly object _gate = new();
    readonly Queue<EventBatch> _free = new(BatchCount);
    readonly Queue<EventBatch> _waiting = new(BatchCount);
    readonly Queue<EventBatch> _inOrder = new(BatchCount);
    IEventFormat? _workerFormat;
    EventBatch? _filling;
    Thread? _worker;
    ExceptionDispatchInfo? _fault;
    long _directBytes;
    bool _isDisposed;

    /// <summary>Prints nothing yet.</summary>
    /// <param name="output">Where it goes; stays the caller's.</param>
    /// <param name="makeFormat">Makes a format; true for the first, which writes what stands above all events. Called for a second one if there is a worker.</param>
    /// <param name="mayBatch">Whether formatting is work enough for two, and an event need not go out before the next comes.</param>
    public EventPrinter(Utf8Output output, Func<bool, IEventFormat> makeFormat, bool mayBatch)
    {
        _output = output;
        _makeFormat = makeFormat;
        _format = makeFormat(true);
        _mayBatch = mayBatch && Environment.ProcessorCount > 1;
    }

    /// <summary>The formats that printed.</summary>
    public IEnumerable<IEventFormat> Formats => _workerFormat is null ? [_format] : [_format, _workerFormat];

    /// <summary>Prints an event, now or later.</summary>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Write(AuditEvent auditEvent)
    {
        if (!_mayBatch || _directBytes < DirectBytes)
        {
            WriteNow(auditEvent);
            return;
        }

        if (auditEvent.Length > EventBatch.CapacityBytes)
        {
            WriteBatches();
            WriteNow(auditEvent);
            return;
        }

        if (_worker is null)
            Start();
        _filling ??= TakeFree();
        if (_filling.TryAdd(auditEvent))
            return;
        Hand();
        _filling = TakeFree();
        _filling.TryAdd(auditEvent);
    }

    /// <summary>Prints what waits, and sends all of it.</summary>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Flush()
    {
        WriteBatches();
        _output.Flush();
    }

    /// <summary>Has the worker end; what wasn't flushed is lost.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        _worker?.Join();
    }

    void WriteNow(AuditEvent auditEvent)
    {
        _directBytes += auditEvent.Length;
        _format.Write(auditEvent, _output);
        _output.EndBlock();
    }

    void Start()
    {
        for (int count = 0; count < BatchCount; count++)
            _free.Enqueue(new EventBatch(_output.Escape));
        _workerFormat = _makeFormat(false);
        _worker = new Thread(Work) { IsBackground = true, Name = "format" };
        _worker.Start();
    }

    void WriteBatches()
    {
        if (_filling is { IsEmpty: false })
            Hand();
        while (_inOrder.Count > 0)
            Advance();
    }

    void Hand()
    {
        _inOrder.Enqueue(_filling!);
        lock (_gate)
        {
            _waiting.Enqueue(_filling!);
            Monitor.PulseAll(_gate);
        }

        _filling = null;
    }

    EventBatch TakeFree()
    {
        EventBatch? batch;
        while (!_free.TryDequeue(out batch))
            Advance();
        return batch;
    }

    // Writes the oldest batch out if it's done; else formats one that waits, or waits for the worker.
    void Advance()
    {
        EventBatch oldest = _inOrder.Peek();
        EventBatch? mine = null;
        lock (_gate)
        {
            _fault?.Throw();
            while (!oldest.IsDone && !_waiting.TryDequeue(out mine))
            {
                Monitor.Wait(_gate);
                _fault?.Throw();
            }
        }

        if (mine is not null)
        {
            mine.Print(_format);
            mine.IsDone = true;
            return;
        }

        _inOrder.Dequeue();
        _output.Write(oldest.Printed);
        oldest.Clear();
        _free.Enqueue(oldest);
    }

    // Whatever goes wrong is thrown where somebody can answer it.
    void Work()
    {
        while (TakeWaiting() is { } batch)
        {
            ExceptionDispatchInfo? fault = null;
            try
            {
                batch.Print(_workerFormat!);
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                _fault ??= fault;
                batch.IsDone = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    EventBatch? TakeWaiting()
    {
        lock (_gate)
        {
            EventBatch? batch;
            while (!_waiting.TryDequeue(out batch) && !_isDisposed)
                Monitor.Wait(_gate);
            return _isDisposed ? null : batch;
        }
    }
}
