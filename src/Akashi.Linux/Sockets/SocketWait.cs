using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Waits for several sockets at once, poll(2).</summary>
/// <remarks>One thread fills it anew before each wait; <see cref="Wake"/> may be called from any.</remarks>
public sealed unsafe class SocketWait : IDisposable
{
    readonly Waker _waker = new();
    pollfd[] _sockets = new pollfd[16];
    int _count = 1;

    /// <summary>Begins to fill it anew.</summary>
    public void Clear() => _count = 1;

    /// <summary>Adds a port.</summary>
    /// <returns>The index to ask for it by.</returns>
    public int Add(TcpListener listener) => Add(listener.Descriptor, POLLIN);

    /// <summary>Adds a connection; its break ends a wait in any case.</summary>
    /// <param name="connection">It.</param>
    /// <param name="reads">Whether a wait ends where there is something to read.</param>
    /// <param name="writes">Whether a wait ends where there is room to write.</param>
    /// <returns>The index to ask for it by.</returns>
    public int Add(TcpConnection connection, bool reads, bool writes) =>
        Add(connection.Descriptor, (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)));

    /// <summary>Waits for any of them, or <see cref="Wake"/>.</summary>
    /// <param name="timeout">Infinite, or any time; part of a millisecond counts as a whole one.</param>
    public void Wait(TimeSpan timeout)
    {
        _sockets[0] = new pollfd { fd = _waker.Descriptor, events = POLLIN };
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        int ready;
        fixed (pollfd* first = _sockets)
            ready = poll(first, (nuint)_count, milliseconds);
        if (ready < 0)
        {
            // A signal: whoever waits looks at what it has, and waits again.
            for (int index = 0; index < _count; index++)
                _sockets[index].revents = 0;
            if (Errno != EINTR)
                throw new AuditException("cannot wait: " + ErrorText.Of(Errno));
        }

        if (_sockets[0].revents != 0)
        {
            ulong count;
            _ = read(_waker.Descriptor, &count, sizeof(ulong));
        }
    }

    /// <summary>Whether a socket has something to read, or a break to be read.</summary>
    public bool IsReadable(int index) => (_sockets[index].revents & ~POLLOUT) != 0;

    /// <summary>Whether a connection has room to write.</summary>
    public bool IsWritable(int index) => (_sockets[index].revents & POLLOUT) != 0;

    /// <summary>Any thread: ends a wait; the next one where none is going on.</summary>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Dispose() => _waker.Dispose();

    int Add(int descriptor, short events)
    {
        if (_count == _sockets.Length)
            Array.Resize(ref _sockets, _count * 2);
        _sockets[_count] = new pollfd { fd = descriptor, events = events };
        return _count++;
    }
}
