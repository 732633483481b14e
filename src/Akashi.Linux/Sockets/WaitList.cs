using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Waits for sockets and ends of processes at once, poll(2).</summary>
/// <remarks>Not for several threads, but that <see cref="Wake"/> ends a wait from any.</remarks>
public sealed unsafe class WaitList : IDisposable
{
    readonly Waker _waker = new();
    pollfd[] _watched = new pollfd[16];
    int _count;

    /// <summary>Begins a round.</summary>
    public void Clear()
    {
        _watched[0] = new pollfd { fd = _waker.Descriptor, events = POLLIN };
        _count = 1;
    }

    /// <summary>Watches for a message, a caller, or the other side's end.</summary>
    /// <returns>For <see cref="IsReady"/>, in this round.</returns>
    public int Watch(MessageSocket socket) => Add(socket.Descriptor);

    /// <summary>Watches for the end of a process.</summary>
    /// <inheritdoc cref="Watch(MessageSocket)"/>
    public int Watch(ProcessHandle process) => Add(process.Descriptor);

    /// <summary>Whether one has something to do; as of the last wait.</summary>
    public bool IsReady(int index) => _watched[index].revents != 0;

    /// <summary>Waits until one is ready, or the list is woken.</summary>
    /// <param name="timeout">How long at most. Infinite is allowed.</param>
    public void Wait(TimeSpan timeout)
    {
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        int ready;
        fixed (pollfd* first = _watched)
            ready = poll(first, (nuint)_count, milliseconds);
        if (ready < 0)
        {
            // Interrupted: the round found nothing.
            for (int index = 0; index < _count; index++)
                _watched[index].revents = 0;
            return;
        }

        ulong count;
        if (_watched[0].revents != 0)
            _ = read(_waker.Descriptor, &count, sizeof(ulong));
    }

    /// <summary>Ends a wait; the next one where none is going on.</summary>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Dispose() => _waker.Dispose();

    int Add(int descriptor)
    {
        if (_count == _watched.Length)
            Array.Resize(ref _watched, _count * 2);
        _watched[_count] = new pollfd { fd = descriptor, events = POLLIN };
        return _count++;
    }
}
