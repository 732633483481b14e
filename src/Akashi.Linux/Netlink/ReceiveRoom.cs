namespace Akashi.Linux.Netlink;

/// <summary>How much the kernel may put into the owner's socket: more while nobody reads, and less again as it's read.</summary>
/// <remarks>
/// Where a socket stays full for 0.6 s, the kernel's thread gives up what it tries to send (kauditd_send_queue: a wait of 0.1 s, five more for what it tries
/// again). Without <c>audit=1</c> at boot it then drops all of it, up to backlog_limit records, and counts none. So there is room for seconds of the worst load
/// while a pause is to be expected. Room that was filled can't be taken at once either: with less room than lies there the kernel could send nothing until
/// it's read. It shrinks by half of what is read, so that both go on: the kernel as fast as half of it.
/// </remarks>
sealed class ReceiveRoom
{
    // What a burst may fill before the kernel's own backlog does. The kernel takes twice of what is asked for, and counts its own headers in.
    const int UsualLength = 8 << 20;
    const int WideLength = 256 << 20;
    const int UsualMemory = 2 * UsualLength;

    // A record of the kernel's takes about 2,300 bytes of the room; measured, and of no weight for what is right.
    const int MessageMemory = 2304;
    const int NarrowAfter = 1024;

    readonly NetlinkSocket _socket;
    readonly Lock _gate = new();
    volatile bool _isWide;
    volatile bool _isHeld;
    int _received;

    /// <summary>Of a socket with the usual room, or that of a program which widened it.</summary>
    internal ReceiveRoom(NetlinkSocket socket, bool isWide)
    {
        _socket = socket;
        _isWide = isWide;
    }

    /// <summary>Whether there is more room than usual: a pause is going on, or not all that came meanwhile is read.</summary>
    internal bool IsWide => _isWide;

    /// <summary>Gives a new socket its room.</summary>
    internal static void SetUsual(NetlinkSocket socket) => socket.SetReceiveBuffer(UsualLength);

    /// <summary>Any thread: makes room for a pause. Memory is taken only as far as it's used, and is at most a sixteenth of what the machine has.</summary>
    internal void Widen()
    {
        long share = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 32;
        lock (_gate)
        {
            _socket.SetReceiveBuffer((int)Math.Clamp(share, UsualLength, WideLength));
            _isWide = true;
        }
    }

    /// <summary>Any thread: as <see cref="Widen"/>, and nothing is taken back until it's let go.</summary>
    internal void Hold(bool isHeld)
    {
        _isHeld = isHeld;
        if (isHeld)
            Widen();
    }

    /// <summary>The thread that reads: so many messages came out; none where the socket is dry.</summary>
    internal void NoteReceived(int messages)
    {
        if (!_isWide || _isHeld)
            return;
        _received += messages;
        if (messages > 0 && _received < NarrowAfter)
            return;
        lock (_gate)
        {
            if (!_isHeld)
                Narrow(_socket.ReceiveMemory - (_received * (long)MessageMemory / 2));
        }

        _received = 0;
    }

    void Narrow(long room)
    {
        _isWide = room > UsualMemory;
        if (_isWide)
            _socket.SetReceiveBuffer((int)(room / 2));
        else
            SetUsual(_socket);
    }
}
