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

    /// <summary>Takes the oldest record away.</summary>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    void Drop();

    /// <summary>Has on the disk what is to be there.</summary>
    /// <exception cref="TrailException">The disk refuses it.</exception>
    void Flush()
    {
    }
}
