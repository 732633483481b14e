using Akashi.Host;

namespace Akashi.Daemon.Plugins;

/// <summary>What the dispatcher gives a plugin on standard input, read by a thread of its own into a ring.</summary>
/// <remarks>
/// So the input is emptied while the plugin works, and a signal can end a plugin whose input is silent. Where the ring is full, reading stops: the dispatcher's
/// queue fills then, and says what it drops.
/// </remarks>
public sealed class PluginInput
{
    const int RingBytes = 1024 * 1024;
    const int StackBytes = 128 * 1024;

    static readonly TimeSpan s_roomWait = TimeSpan.FromMilliseconds(100);

    readonly Stream _stream;
    readonly MessageRing _ring = new(RingBytes);
    readonly byte[] _buffer = new byte[256 * 1024];
    readonly byte[] _entry = new byte[PluginFrames.TextBytesMax + 1];
    int _length;
    volatile bool _isStopped;
    volatile bool _isRead;

    /// <summary>Begins to read.</summary>
    public PluginInput(Stream stream)
    {
        _stream = stream;
        new Thread(Run, StackBytes) { IsBackground = true, Name = "input" }.Start();
    }

    /// <summary>Whether nothing more comes: the input was closed, or <see cref="Stop"/> was called, and all was taken.</summary>
    public bool IsAtEnd => (_isRead || _isStopped) && _ring.IsEmpty;

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Why reading ended before the end of the input; null for no reason.</summary>
    public string? Fault { get; private set; }

    /// <summary>The next record; give its room back with <see cref="Release"/>.</summary>
    /// <returns>False where none is there now.</returns>
    public bool TryPeek(out PluginRecord record)
    {
        if (!_ring.TryPeek(out KernelMessage message))
        {
            record = default;
            return false;
        }

        record = new PluginRecord(message.Type, message.Text[0], message.Text[1..]);
        return true;
    }

    /// <summary>The record that was looked at is done with.</summary>
    public void Release() => _ring.Release();

    /// <summary>Waits for a record, or for <see cref="Wake"/>.</summary>
    public void Wait(TimeSpan timeout)
    {
        if (!IsAtEnd)
            _ring.WaitForMessages(timeout);
    }

    /// <summary>Any thread: ends a wait.</summary>
    public void Wake() => _ring.WakeConsumer();

    /// <summary>Any thread: takes no more than was read already.</summary>
    public void Stop()
    {
        _isStopped = true;
        _ring.WakeConsumer();
    }

    void Run()
    {
        try
        {
            bool isAtEnd = false;
            while (!isAtEnd && !_isStopped)
            {
                int count = _stream.Read(_buffer.AsSpan(_length));
                isAtEnd = count == 0;
                _length += count;
                if (!TakeAll(isAtEnd))
                {
                    Fault = "what stands on standard input is neither lines nor the dispatcher's binary format";
                    break;
                }
            }
        }
        catch (IOException exception)
        {
            Fault = $"cannot read standard input: {FileFault.Describe(exception)}";
        }

        _ring.Publish();
        _isRead = true;
        _ring.WakeConsumer();
    }

    bool TakeAll(bool isAtEnd)
    {
        int start = 0;
        while (true)
        {
            int taken = PluginFrames.Take(_buffer.AsSpan(start, _length - start), isAtEnd, out PluginRecord record);
            if (taken < 0)
                return false;
            if (taken == 0)
                break;
            Add(record);
            start += taken;
        }

        _buffer.AsSpan(start, _length - start).CopyTo(_buffer);
        _length -= start;
        _ring.Publish();
        return true;
    }

    void Add(in PluginRecord record)
    {
        _entry[0] = record.Version;
        record.Text.CopyTo(_entry.AsSpan(1));
        var message = new KernelMessage(record.Type, _entry.AsSpan(0, record.Text.Length + 1));
        while (!_ring.TryAdd(message) && !_isStopped)
        {
            _ring.Publish();
            _ring.WaitForRoom(s_roomWait);
        }
    }
}
