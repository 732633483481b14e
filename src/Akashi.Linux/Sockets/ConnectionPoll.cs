using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Waits for a listening socket and its connections at once, poll(2).</summary>
/// <remarks>Not for several threads, but that <see cref="ListeningSocket.Wake"/> ends a wait from any.</remarks>
/// <param name="socket">Where others connect.</param>
/// <param name="connectionsMax">The most that are watched.</param>
public sealed unsafe class ConnectionPoll(ListeningSocket socket, int connectionsMax)
{
    // Waker and listening socket stand before the connections.
    const int Before = 2;

    readonly pollfd[] _watched = new pollfd[Before + connectionsMax];
    int _count;

    /// <summary>Whether somebody waits to be accepted; as of the last wait.</summary>
    public bool HasCaller => _watched[1].revents != 0;

    /// <summary>Begins a round: nobody is watched but the listening socket.</summary>
    public void Clear() => _count = 0;

    /// <summary>Watches a connection in this round, under the next index from 0 on.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isForSending">Whether for room to send; else for something to receive. Its end is noticed either way.</param>
    public void Watch(StreamConnection connection, bool isForSending) =>
        _watched[Before + _count++] = new pollfd { fd = connection.Descriptor, events = isForSending ? POLLOUT : POLLIN };

    /// <summary>Whether a connection has something to do; as of the last wait.</summary>
    public bool IsReady(int index) => _watched[Before + index].revents != 0;

    /// <summary>Waits until somebody connects, one that is watched is ready, or the socket is woken.</summary>
    /// <param name="timeout">How long at most; part of a millisecond counts as a whole one. Infinite is allowed.</param>
    public void Wait(TimeSpan timeout)
    {
        _watched[0] = new pollfd { fd = socket.WakerDescriptor, events = POLLIN };
        _watched[1] = new pollfd { fd = socket.Descriptor, events = POLLIN };
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        fixed (pollfd* first = _watched)
        {
            int ready = poll(first, (nuint)(Before + _count), milliseconds);
            if (ready < 0)
            {
                // Interrupted: the round found nothing.
                _watched.AsSpan().Clear();
                return;
            }
        }

        if (_watched[0].revents == 0)
            return;
        ulong count;
        _ = read(socket.WakerDescriptor, &count, sizeof(ulong));
    }
}
