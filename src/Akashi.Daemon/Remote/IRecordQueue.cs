using Akashi.Host;

namespace Akashi.Daemon.Remote;

/// <summary>Records that wait to be sent, oldest first.</summary>
/// <remarks>Not for several threads: who shares one locks it.</remarks>
interface IRecordQueue : IDisposable
{
    /// <summary>How many wait.</summary>
    int Count { get; }

    /// <summary>How many may.</summary>
    int Capacity { get; }

    /// <summary>Adds a record.</summary>
    /// <param name="text">Without a line feed; at most <see cref="FileRecordQueue.TextBytesMax"/>.</param>
    /// <returns>False where there is no room.</returns>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    bool TryAdd(ReadOnlySpan<byte> text);

    /// <summary>Copies the oldest record.</summary>
    /// <param name="destination">Room for <see cref="FileRecordQueue.TextBytesMax"/>.</param>
    /// <returns>Its length without a line feed; 0 for none, or one that is damaged.</returns>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    int Peek(Span<byte> destination);

    /// <summary>Whose records they are: another number for each queue that was ever made.</summary>
    UInt128 Stream { get; }

    /// <summary>The number of the oldest record, counted from the queue's beginning.</summary>
    long Position { get; }

    /// <summary>How many are behind the cursor, which stands on records that are under way.</summary>
    int Unread { get; }

    /// <summary>As <see cref="Peek"/>, but the record at the cursor.</summary>
    int PeekNext(Span<byte> destination);

    /// <summary>Moves the cursor on by a record.</summary>
    void Advance();

    /// <summary>Moves the cursor to the oldest record.</summary>
    void Rewind();

    /// <summary>Takes the oldest record away.</summary>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    void Drop();

    /// <summary>Has on the disk what is to be there.</summary>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    void Flush()
    {
    }
}
