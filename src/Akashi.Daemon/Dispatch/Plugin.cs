using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Dispatch;

/// <summary>One plugin: its queue, the thread that writes to it, and its process, started anew when it ends.</summary>
/// <remarks>
/// The program has one end of a pair of sockets as standard input, our output and error, and an empty environment. Records go in as lines, or in
/// binary: a header of four uint32 in host order (version, 16, record type, bytes of payload) and the payload without line feed; version 0 is the
/// kernel's text alone, version 1 the whole line. A plugin that doesn't read fills its own queue and nobody else's.
/// </remarks>
sealed class Plugin : IDisposable
{
    const int RingBytes = 1024 * 1024;
    const int HeaderBytes = 16;

    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);
    // The last records lie in its input still: on a busy machine 50 ms were not enough to read them.
    static readonly TimeSpan s_endAfterClose = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_endAfterTerminate = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_lastWritesMax = TimeSpan.FromSeconds(2);

    readonly IFiles _files;
    readonly PluginConfiguration _configuration;
    readonly int _queueRecords;
    readonly int _restartsMax;
    readonly uint _binaryVersion;
    readonly Action<string> _say;
    readonly MessageRing _ring = new(RingBytes);
    readonly byte[] _buffer = new byte[64 * 1024];
    readonly ManualResetEventSlim _isWritten = new();
    readonly Thread _thread;
    Pipe? _pipe;
    ProcessHandle? _child;
    long _taken;
    long _given;
    int _restarts;
    volatile bool _isEnding;
    volatile bool _isActive = true;

    public Plugin(IFiles files, PluginConfiguration configuration, int queueRecords, int restartsMax, uint binaryVersion, Action<string> say)
    {
        _files = files;
        _configuration = configuration;
        _queueRecords = queueRecords;
        _restartsMax = restartsMax;
        _binaryVersion = binaryVersion;
        _say = say;
        StartProgram();
        _thread = new Thread(Run, 128 * 1024) { IsBackground = true, Name = "plugin" };
        _thread.Start();
    }

    public string Name => _configuration.Name;

    /// <summary>False after it ended too often.</summary>
    public bool IsActive => _isActive;

    /// <summary>Records that wait.</summary>
    public long Depth => Volatile.Read(ref _taken) - Volatile.Read(ref _given);

    /// <summary>The most that ever waited.</summary>
    public long DepthMax { get; private set; }

    /// <summary>Records that found the queue full.</summary>
    public long Dropped { get; private set; }

    /// <summary>How often it was started anew.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Write stage: hands a record over, without its line feed; never waits.</summary>
    /// <returns>False where the queue is full: the record is counted and dropped.</returns>
    public bool TryGive(ushort type, ReadOnlySpan<byte> line)
    {
        if (!_isActive)
            return true;
        long depth = Depth;
        if (depth >= _queueRecords || !_ring.TryAdd(new KernelMessage(type, line)))
        {
            Dropped++;
            return false;
        }

        Volatile.Write(ref _taken, _taken + 1);
        DepthMax = Math.Max(DepthMax, depth + 1);
        return true;
    }

    /// <summary>Write stage: shows what was handed over.</summary>
    public void Publish() => _ring.Publish();

    /// <summary>Ends the program: what waits is written if it reads; then its input is closed, then TERM, then KILL.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _ring.WakeConsumer();

        // One that doesn't read holds up the thread; once all is written, the thread itself ends it.
        if (!_isWritten.Wait(s_lastWritesMax))
        {
            _child?.TrySend(Signal.Terminate);
            if (!_isWritten.Wait(s_endAfterTerminate))
                _child?.Kill();
        }

        _thread.Join();
    }

    void Run()
    {
        while (true)
        {
            while (_ring.TryPeek(out KernelMessage message))
            {
                bool isWritten = !_isActive || TryWrite(message);
                if (!isWritten && !_isEnding)
                {
                    Restart();
                    continue;
                }

                _ring.Release();
                Volatile.Write(ref _given, _given + 1);
            }

            if (_isEnding && _ring.IsEmpty)
                break;
            _ring.WaitForMessages(s_waitMax);
        }

        _isWritten.Set();
        StopProgram();
    }

    bool TryWrite(in KernelMessage message)
    {
        try
        {
            _files.Append(_pipe!.Writer, _buffer.AsSpan(0, Compose(message)), _configuration.Path);
            return true;
        }
        catch (Exception exception) when (exception is TrailException or ObjectDisposedException)
        {
            // EPIPE: it has ended, or closed its input.
            return false;
        }
    }

    int Compose(in KernelMessage message)
    {
        if (!_configuration.IsBinary)
        {
            message.Text.CopyTo(_buffer);
            _buffer[message.Text.Length] = (byte)'\n';
            return message.Text.Length + 1;
        }

        ReadOnlySpan<byte> payload = message.Text;
        if (_binaryVersion == 0 && payload.IndexOf(" msg="u8) is >= 0 and int index)
            payload = payload[(index + 5)..];
        Span<byte> header = _buffer;
        BitConverter.TryWriteBytes(header, _binaryVersion);
        BitConverter.TryWriteBytes(header[4..], (uint)HeaderBytes);
        BitConverter.TryWriteBytes(header[8..], (uint)message.Type);
        BitConverter.TryWriteBytes(header[12..], (uint)payload.Length);
        payload.CopyTo(_buffer.AsSpan(HeaderBytes));
        return HeaderBytes + payload.Length;
    }

    void Restart()
    {
        StopProgram();
        if (_restarts >= _restartsMax)
        {
            _isActive = false;
            _say($"plugin {Name} has ended {_restarts + 1} times: it gets nothing until the next SIGHUP");
            return;
        }

        _restarts++;
        _say($"plugin {Name} has ended and is started anew");
        try
        {
            StartProgram();
        }
        catch (AuditException exception)
        {
            _pipe?.Dispose();
            _say($"plugin {Name}: {exception.Message}");
        }
    }

    // Our copy of the reader must go, or its end would never show.
    void StartProgram()
    {
        _pipe = Pipe.OpenSockets();
        string[] arguments = [_configuration.Path, .. _configuration.Arguments];
        int pid = DetachedProcess.StartReader(_configuration.Path, arguments, [], _pipe.Reader, keepsOutput: true);
        _pipe.Reader.Dispose();
        _child = ProcessHandle.Open(pid);
    }

    void StopProgram()
    {
        _pipe?.Dispose();
        if (_child is not { } child)
            return;
        if (!child.WaitForEnd(s_endAfterClose))
        {
            child.TrySend(Signal.Terminate);
            if (!child.WaitForEnd(s_endAfterTerminate))
                child.Kill();
            child.WaitForEnd(Timeout.InfiniteTimeSpan);
        }

        DetachedProcess.TryReap(child.Pid, out _);
        child.Dispose();
        _child = null;
    }
}
