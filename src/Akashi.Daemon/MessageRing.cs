using System.Buffers.Binary;
using System.Diagnostics;
using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>Messages on their way from the thread that reads the kernel to the one that writes: one producer, one consumer, no locks.</summary>
/// <remarks>
/// <code>
/// entry    offset 0  uint16  record type
///                 2  uint16  bytes of text
///                 4  text, filled up to a multiple of 4
/// </code>
/// An entry never wraps: where it doesn't fit before the end of the ring, the length 0xFFFF marks the rest as skipped. Positions only rise; their
/// low bits are the index. The producer publishes a batch at a time, so that the consumer is woken once a batch.
/// </remarks>
public sealed class MessageRing
{
    const int HeaderBytes = 4;
    const ushort SkipMark = ushort.MaxValue;

    readonly byte[] _bytes;
    readonly int _mask;

    // Not SemaphoreSlim: it yields the processor some hundred times before it sleeps, which at a steady load was a third of all the daemon cost.
    readonly AutoResetEvent _messages = new(false);
    readonly AutoResetEvent _room = new(false);

    // Positions: consumed <= published <= added. Each is written by one thread only.
    long _consumed;
    long _published;
    long _added;
    int _consumerWaits;
    int _isWoken;
    int _producerWaits;

    /// <summary>Makes a ring.</summary>
    /// <param name="capacityBytes">A power of two, at least 64 KB: several of the largest messages.</param>
    public MessageRing(int capacityBytes)
    {
        if (capacityBytes < 64 * 1024 || !System.Numerics.BitOperations.IsPow2(capacityBytes))
            throw new ArgumentOutOfRangeException(nameof(capacityBytes), capacityBytes, "must be a power of two, at least 65536");
        _bytes = new byte[capacityBytes];
        _mask = capacityBytes - 1;
    }

    /// <summary>Whether nothing waits to be consumed.</summary>
    public bool IsEmpty => Volatile.Read(ref _published) == Volatile.Read(ref _consumed);

    /// <summary>Producer: copies a message in; it can be seen after <see cref="Publish"/>.</summary>
    /// <returns>False where there is no room now.</returns>
    public bool TryAdd(in KernelMessage message)
    {
        int entryBytes = EntryBytes(message.Text.Length);
        int index = (int)(_added & _mask);
        int untilEnd = _bytes.Length - index;
        int skippedBytes = entryBytes > untilEnd ? untilEnd : 0;
        if (_added + skippedBytes + entryBytes - Volatile.Read(ref _consumed) > _bytes.Length)
            return false;

        if (skippedBytes > 0)
        {
            WriteHeader(index, 0, SkipMark);
            _added += skippedBytes;
            index = 0;
        }

        WriteHeader(index, message.Type, (ushort)message.Text.Length);
        message.Text.CopyTo(_bytes.AsSpan(index + HeaderBytes));
        _added += entryBytes;
        return true;
    }

    /// <summary>Producer: shows what was added, and wakes the consumer where it waits.</summary>
    /// <returns>Whether there was anything to show.</returns>
    public bool Publish()
    {
        if (_published == _added)
            return false;
        Volatile.Write(ref _published, _added);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _consumerWaits) != 0 && Interlocked.Exchange(ref _consumerWaits, 0) != 0)
            _messages.Set();
        return true;
    }

    /// <summary>Producer: waits until the consumer has released something.</summary>
    /// <returns>False where the time ran out first.</returns>
    public bool WaitForRoom(TimeSpan timeout)
    {
        long consumed = Volatile.Read(ref _consumed);
        Interlocked.Exchange(ref _producerWaits, 1);
        if (Volatile.Read(ref _consumed) == consumed)
            _room.WaitOne(timeout);
        Interlocked.Exchange(ref _producerWaits, 0);
        return Volatile.Read(ref _consumed) != consumed;
    }

    /// <summary>Consumer: the next message; valid until <see cref="Release"/>.</summary>
    public bool TryPeek(out KernelMessage message)
    {
        while (_consumed != Volatile.Read(ref _published))
        {
            int index = (int)(_consumed & _mask);
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(index));
            ushort length = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(index + 2));
            if (length == SkipMark)
            {
                Advance(_bytes.Length - index);
                continue;
            }

            message = new KernelMessage(type, _bytes.AsSpan(index + HeaderBytes, length));
            return true;
        }

        message = default;
        return false;
    }

    /// <summary>Consumer: gives the room of the peeked message back.</summary>
    public void Release()
    {
        int index = (int)(_consumed & _mask);
        ushort length = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(index + 2));
        Debug.Assert(length != SkipMark);
        Advance(EntryBytes(length));
    }

    /// <summary>Consumer: waits until something is published.</summary>
    /// <returns>Whether something is there.</returns>
    public bool WaitForMessages(TimeSpan timeout)
    {
        Interlocked.Exchange(ref _consumerWaits, 1);
        if (IsEmpty && Interlocked.Exchange(ref _isWoken, 0) == 0)
        {
            _messages.WaitOne(timeout);

            // Whoever ended this wait has done so: the next one isn't ended by it once more.
            Interlocked.Exchange(ref _isWoken, 0);
        }

        Interlocked.Exchange(ref _consumerWaits, 0);
        return !IsEmpty;
    }

    /// <summary>Any thread: ends a wait of the consumer; the next one where none is going on.</summary>
    public void WakeConsumer()
    {
        Interlocked.Exchange(ref _isWoken, 1);
        if (Interlocked.Exchange(ref _consumerWaits, 0) != 0)
            _messages.Set();
    }

    static int EntryBytes(int textBytes) => (HeaderBytes + textBytes + 3) & ~3;

    void WriteHeader(int index, ushort type, ushort length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(index), type);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(index + 2), length);
    }

    void Advance(int bytes)
    {
        Volatile.Write(ref _consumed, _consumed + bytes);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _producerWaits) != 0 && Interlocked.Exchange(ref _producerWaits, 0) != 0)
            _room.Set();
    }
}
