using Akashi.Configuration;
using Akashi.Host;
using Akashi.Trail;

namespace Akashi.Daemon;

/// <summary>Makes the flusher of a configuration.</summary>
public static class Flushers
{
    /// <summary>The flusher for flush and freq.</summary>
    public static IFlusher Create(FlushTechnique technique, int frequencyRecords, TrailWriter writer) => technique switch
    {
        FlushTechnique.None => new NoFlusher(),
        FlushTechnique.Incremental => new InlineFlusher(writer.Flush, frequencyRecords),
        FlushTechnique.IncrementalAsync => new ThreadFlusher(writer, frequencyRecords),
        FlushTechnique.Sync => new InlineFlusher(writer.FlushWhole, 1),
        _ => new InlineFlusher(writer.Flush, 1),
    };

    /// <summary>flush = none: the file system decides.</summary>
    sealed class NoFlusher : IFlusher
    {
        public void Written(int records)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>flush = incremental, data, sync: the writer waits for the disk, every so many records.</summary>
    sealed class InlineFlusher(Action flush, int frequencyRecords) : IFlusher
    {
        int _unflushedRecords;

        public void Written(int records)
        {
            _unflushedRecords += records;
            if (_unflushedRecords < frequencyRecords)
                return;
            _unflushedRecords = 0;
            flush();
        }

        public void Dispose()
        {
        }
    }

    /// <summary>flush = incremental_async: a thread of its own waits for the disk, so that the writer doesn't.</summary>
    sealed class ThreadFlusher : IFlusher
    {
        readonly TrailWriter _writer;
        readonly int _frequencyRecords;
        readonly AutoResetEvent _wanted = new(false);
        readonly Thread _thread;
        int _unflushedRecords;
        int _isWanted;
        TrailException? _fault;
        volatile bool _isEnded;

        public ThreadFlusher(TrailWriter writer, int frequencyRecords)
        {
            _writer = writer;
            _frequencyRecords = frequencyRecords;
            _thread = new Thread(Run, 128 * 1024) { IsBackground = true, Name = "flush" };
            _thread.Start();
        }

        public void Written(int records)
        {
            if (Volatile.Read(ref _fault) is not null)
                throw Interlocked.Exchange(ref _fault, null)!;
            _unflushedRecords += records;
            if (_unflushedRecords < _frequencyRecords)
                return;
            _unflushedRecords = 0;
            if (Interlocked.Exchange(ref _isWanted, 1) == 0)
                _wanted.Set();
        }

        public void Dispose()
        {
            _isEnded = true;
            _wanted.Set();
            _thread.Join();
        }

        void Run()
        {
            while (!_isEnded)
            {
                _wanted.WaitOne();
                Interlocked.Exchange(ref _isWanted, 0);
                try
                {
                    _writer.Flush();
                }
                catch (TrailException exception)
                {
                    // The kernel tells a failed flush once: whoever writes next gets to know it.
                    Volatile.Write(ref _fault, exception);
                }
                catch (ObjectDisposedException)
                {
                    // A rotation flushed and closed the segment meanwhile.
                }
            }
        }
    }
}
