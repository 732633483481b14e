using Akashi.Host;
using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Waits for sockets and ends of processes at once, poll(2).</summary>
/// <remarks>One thread fills it anew before each wait; <see cref="Wake"/> may be called from any. What is watched is asked for by the index that watching it gave.</remarks>
public sealed unsafe class WaitList : IDisposable
{
    readonly Waker _waker = new();
    pollfd[] _watched = new pollfd[16];

    // The waker stands first.
    int _count = 1;

    /// <summary>Begins a round.</summary>
    public void Clear() => _count = 1;

    /// <summary>Watches for callers.</summary>
    /// <returns>The index to ask for it by, in this round.</returns>
    public int Watch(ListeningSocket socket) => Add(socket.Descriptor, POLLIN);

    /// <inheritdoc cref="Watch(ListeningSocket)"/>
    public int Watch(TcpListener listener) => Add(listener.Descriptor, POLLIN);

    /// <summary>Watches for a message, a caller, or the other side's end.</summary>
    /// <inheritdoc cref="Watch(ListeningSocket)"/>
    public int Watch(MessageSocket socket) => Add(socket.Descriptor, POLLIN);

    /// <summary>Watches for the end of a process.</summary>
    /// <inheritdoc cref="Watch(ListeningSocket)"/>
    public int Watch(ProcessHandle process) => Add(process.Descriptor, POLLIN);

    /// <summary>Watches a connection; its break ends a wait in any case.</summary>
    /// <param name="connection">It.</param>
    /// <param name="reads">Whether a wait ends where there is something to read.</param>
    /// <param name="writes">Whether a wait ends where there is room to write.</param>
    /// <inheritdoc cref="Watch(ListeningSocket)"/>
    public int Watch(StreamConnection connection, bool reads, bool writes) => Add(connection.Descriptor, EventsOf(reads, writes));

    /// <inheritdoc cref="Watch(StreamConnection, bool, bool)"/>
    public int Watch(TcpConnection connection, bool reads, bool writes) =>
        Add(connection.Descriptor, EventsOf(reads, writes || (reads && connection.Tls?.WantsRoom == true)));

    /// <summary>Waits until one is ready, or the list is woken.</summary>
    /// <param name="timeout">Infinite, or any time; part of a millisecond counts as a whole one.</param>
    /// <exception cref="AuditException">The kernel can't wait for them.</exception>
    public void Wait(TimeSpan timeout)
    {
        if (!TryWait(timeout))
            throw new AuditException("cannot wait: " + ErrorText.Of(Errno));
    }

    /// <summary>As <see cref="Wait"/>.</summary>
    /// <returns>False where the kernel can't wait for them, and nothing is ready.</returns>
    public bool TryWait(TimeSpan timeout)
    {
        _watched[0] = new pollfd { fd = _waker.Descriptor, events = POLLIN };
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        int ready;
        fixed (pollfd* first = _watched)
            ready = poll(first, (nuint)_count, milliseconds);
        if (ready < 0)
        {
            // A signal, as a rule: whoever waits looks at what it has, and waits again.
            for (int index = 0; index < _count; index++)
                _watched[index].revents = 0;
            return Errno == EINTR;
        }

        ulong count;
        if (_watched[0].revents != 0)
            _ = read(_waker.Descriptor, &count, sizeof(ulong));
        return true;
    }

    /// <summary>Whether one has something to do; as of the last wait.</summary>
    public bool IsReady(int index) => _watched[index].revents != 0;

    /// <summary>Whether one has something to read, or a break to be read.</summary>
    public bool IsReadable(int index) => (_watched[index].revents & ~POLLOUT) != 0;

    /// <summary>Any thread: ends a wait; the next one where none is going on.</summary>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Dispose() => _waker.Dispose();

    static short EventsOf(bool reads, bool writes) => (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));

    int Add(int descriptor, short events)
    {
        if (_count == _watched.Length)
            Array.Resize(ref _watched, _count * 2);
        _watched[_count] = new pollfd { fd = descriptor, events = events };
        return _count++;
    }
}
