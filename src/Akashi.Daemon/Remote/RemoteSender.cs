using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Plugins;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Records;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>audisp-remote: sends every record it gets to another machine's auditd.</summary>
/// <remarks>
/// Two threads: whoever calls <see cref="Run"/> moves records from standard input to the queue; the other sends them (one after the other to a receiver of the original) and takes each away once it is
/// acknowledged. Where the queue is full the input isn't read: auditd's own queue fills then, which counts what it drops and says so in the trail. What is done about
/// failures is in RemoteSender.Failures.cs.
/// </remarks>
public sealed partial class RemoteSender : IDisposable
{
    const int StackBytes = 256 * 1024;

    static readonly TimeSpan s_inputWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_roomWait = TimeSpan.FromMilliseconds(100);

    readonly IRecordQueue _queue;
    readonly TimeProvider _clock;
    readonly IMachineActions _actions;
    readonly Action<string> _say;
    readonly WaitList _wait = new();
    readonly Lock _gate = new();
    readonly AutoResetEvent _room = new(false);
    readonly byte[] _line = new byte[PluginFrames.TextBytesMax + RecordText.OverheadBytes];
    readonly byte[] _text = new byte[FileRecordQueue.TextBytesMax];
    RemoteConfiguration _configuration;
    RemoteConfiguration? _wanted;
    RemoteLink? _link;
    uint _sequence = 1;
    long _retryAt;
    long _lastSent;
    long _endingSince;
    int _highestCount;
    bool _isOverflowAnswered;
    long _sent;
    long _givenUp;
    long _cut;
    long _damaged;
    volatile bool _isSuspended;
    volatile bool _isRemoteEnded;
    volatile bool _isConnected;
    volatile bool _isResumeWanted;
    volatile bool _isEnding;
    volatile bool _isStopped;

    /// <summary>Makes it, with its queue.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="configuration">audisp-remote.conf.</param>
    /// <param name="actions">What may be done to the machine.</param>
    /// <param name="say">Told of what an administrator wants to know.</param>
    /// <exception cref="TrailException">The queue's file can't be had.</exception>
    public RemoteSender(TimeProvider clock, RemoteConfiguration configuration, IMachineActions actions, Action<string> say)
    {
        _clock = clock;
        _configuration = configuration;
        _actions = actions;
        _say = say;
        _queue = configuration.QueuesInFile
            ? FileRecordQueue.Open(configuration.QueueFile, configuration.QueueRecords)
            : new MemoryRecordQueue(configuration.QueueRecords);
        _highestCount = _queue.Count;
    }

    /// <summary>Makes this end of TLS; asked before each connection of transport = tls.</summary>
    public Func<TlsConfiguration, TlsContext> OpenTls { get; init; } = _ => throw new AuditException("transport = tls is not served here");

    /// <summary>Runs until the input ends, or an action stops it.</summary>
    /// <returns>False where an action stopped it, or a failure.</returns>
    public bool Run(PluginInput input)
    {
        _lastSent = _clock.GetTimestamp();
        var sender = new Thread(SendAll, StackBytes) { Name = "send", IsBackground = true };
        sender.Start();
        while (!input.IsAtEnd && !_isStopped)
        {
            Take(input);
            FlushQueue();
            input.Wait(s_inputWait);
        }

        _isEnding = true;
        _wait.Wake();
        sender.Join();
        FlushQueue();
        SayRest();
        return !_isStopped;
    }

    /// <summary>What a receiver of ours is told that it is.</summary>
    public string Version { get; init; } = "unknown";

    /// <summary>Any thread: goes on with another configuration; where the records wait can't be changed.</summary>
    public void Reconfigure(RemoteConfiguration configuration)
    {
        RemoteConfiguration now = Volatile.Read(ref _configuration);
        if (configuration.QueuesInFile != now.QueuesInFile || configuration.QueueFile != now.QueueFile || configuration.QueueRecords != now.QueueRecords)
            _say("mode, queue_file and queue_depth hold from the next start on");
        Volatile.Write(ref _wanted, configuration with { QueuesInFile = now.QueuesInFile, QueueFile = now.QueueFile, QueueRecords = now.QueueRecords });
        _wait.Wake();
    }

    /// <summary>Any thread: sends again after a suspension, and at once.</summary>
    public void Resume()
    {
        _isResumeWanted = true;
        _wait.Wake();
    }

    /// <summary>Any thread: ends its waits, so that it sees that its input was stopped.</summary>
    public void Wake() => _wait.Wake();

    /// <inheritdoc/>
    public void Dispose()
    {
        _link?.Dispose();
        _queue.Dispose();
        _zstd?.Dispose();
        _wait.Dispose();
        _room.Dispose();
    }

    void Take(PluginInput input)
    {
        while (!_isStopped && input.TryPeek(out PluginRecord record))
        {
            int length = record.WriteLine(_line) - 1;
            if (!IsEndOfEvent(_line.AsSpan(0, length)))
                Put(Fit(_line.AsSpan(0, length)), input);
            input.Release();
        }
    }

    static bool IsEndOfEvent(ReadOnlySpan<byte> line)
    {
        int type = line.StartsWith("node="u8) ? line.IndexOf((byte)' ') + 1 : 0;
        return line[type..].StartsWith("type=EOE "u8);
    }

    // NUL ends a record in the queue's file; no record of the kernel's has one.
    ReadOnlySpan<byte> Fit(Span<byte> line)
    {
        line.Replace((byte)0, (byte)' ');
        return Cut(line, FileRecordQueue.TextBytesMax);
    }

    ReadOnlySpan<byte> FitOriginal(ReadOnlySpan<byte> text) => Cut(text, RemoteHeader.OriginalTextBytesMax);

    ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int bytesMax)
    {
        if (text.Length <= bytesMax)
            return text;
        if (Interlocked.Increment(ref _cut) == 1)
            _say($"a record is longer than the {bytesMax} bytes that are taken: it is cut, and so are those that follow");
        return text[..bytesMax];
    }

    void Put(ReadOnlySpan<byte> text, PluginInput input)
    {
        while (!TryPut(text))
        {
            if (!_isOverflowAnswered)
                Overflow();
            _isOverflowAnswered = true;
            if (_isStopped || input.IsStopped)
            {
                Interlocked.Increment(ref _givenUp);
                return;
            }

            _room.WaitOne(s_roomWait);
        }
    }

    bool TryPut(ReadOnlySpan<byte> text)
    {
        try
        {
            lock (_gate)
            {
                if (!_queue.TryAdd(text))
                    return false;
                _highestCount = Math.Max(_highestCount, _queue.Count);

                // Once, until the queue has half of its room again.
                _isOverflowAnswered &= _queue.Count > _queue.Capacity / 2;
                if (_queue.Unread == 1 || _queue.Count == 1)
                    _wait.Wake();
            }
        }
        catch (TrailException exception)
        {
            Interlocked.Increment(ref _givenUp);
            Perform(RemoteFailure.Queue, exception.Message);
        }

        return true;
    }

    void FlushQueue()
    {
        try
        {
            lock (_gate)
                _queue.Flush();
        }
        catch (TrailException exception)
        {
            Perform(RemoteFailure.Queue, exception.Message);
        }
    }

    void SayRest()
    {
        long left = _queue.Count;
        if (left > 0 && !_configuration.QueuesInFile)
            _say($"{left} records were not sent and are lost with this process");
        if (Interlocked.Read(ref _givenUp) is > 0 and long givenUp)
            _say($"{givenUp} records were given up, as audisp-remote.conf has it");
    }
}
