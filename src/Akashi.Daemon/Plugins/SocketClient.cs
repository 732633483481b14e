using Akashi.Host;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Plugins;

/// <summary>One program that listens to the socket: its queue, and the thread that writes to it.</summary>
sealed class SocketClient : IDisposable
{
    // The largest record, and some; a queue of small ones is bounded by their number.
    const int RingBytes = 512 * 1024;
    const int StackBytes = 128 * 1024;

    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_endWait = TimeSpan.FromSeconds(1);

    readonly UnixConnection _connection;
    readonly int _queueRecords;
    readonly MessageRing _ring = new(RingBytes);
    readonly Thread _thread;
    long _taken;
    long _given;
    volatile bool _isEnding;
    volatile bool _isGone;

    public SocketClient(UnixConnection connection, int queueRecords)
    {
        _connection = connection;
        _queueRecords = queueRecords;
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "client" };
        _thread.Start();
    }

    /// <summary>Whether the program closed its side.</summary>
    public bool IsGone => _isGone;

    /// <summary>Records that wait.</summary>
    public long Depth => Volatile.Read(ref _taken) - Volatile.Read(ref _given);

    /// <summary>Hands bytes over; never waits.</summary>
    /// <returns>False where the queue is full: they are dropped.</returns>
    public bool TryGive(ReadOnlySpan<byte> bytes)
    {
        if (Depth >= _queueRecords || !_ring.TryAdd(new KernelMessage(0, bytes)))
            return false;
        Volatile.Write(ref _taken, _taken + 1);
        _ring.Publish();
        return true;
    }

    /// <summary>Writes what waits for a second, if the program reads, and ends.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _ring.WakeConsumer();
        if (!_thread.Join(s_endWait))
            _connection.Close();
        _thread.Join();
        _connection.Dispose();
    }

    void Run()
    {
        while (!_isGone)
        {
            while (_ring.TryPeek(out KernelMessage message))
            {
                _isGone = _isGone || !_connection.TryWrite(message.Text);
                _ring.Release();
                Volatile.Write(ref _given, _given + 1);
            }

            if (_isEnding && _ring.IsEmpty)
                return;
            _ring.WaitForMessages(s_waitMax);
        }
    }
}
