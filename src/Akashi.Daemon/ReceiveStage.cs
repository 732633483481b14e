using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>The thread that reads the kernel: it drains the socket into the ring, and does nothing else.</summary>
/// <remarks>
/// No name is looked up here and nothing is written: whatever hangs, hangs behind the ring. Where the ring is full the stage waits: the
/// kernel then keeps records in the socket, which gets more room, and in its backlog, and makes their causers wait, instead of losing them.
/// <para>What comes first after a silence is passed on at once; what follows it gathers in the socket for 4 ms. Waking two threads and
/// the disk for each record costs more than all else: at 1,000 programs a second (<c>./bench daemon</c>) 123 microseconds of processor time an
/// event, 71 with the rest, 37 when the waits don't spin either (<see cref="MessageRing"/>). The socket holds 8 MB, many times what comes in 4 ms; behind it stands the kernel's backlog.</para>
/// </remarks>
public sealed class ReceiveStage(IKernelEvents events, MessageRing ring)
{
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_usualStall = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(4);

    long _received;
    long _overruns;
    long _faults;
    long _stalls;
    volatile bool _isPaused;

    /// <summary>Messages put into the ring.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>How often the socket's buffer overran; how many messages each time the kernel doesn't tell.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    /// <summary>Datagrams dropped because they were truncated, or not the kernel's.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>How often the ring was full.</summary>
    public long Stalls => Volatile.Read(ref _stalls);

    /// <summary>Any thread: has <see cref="Run"/> return once all that was taken from the kernel is in the ring; what comes later stays in the kernel.</summary>
    public void Pause()
    {
        _isPaused = true;
        events.Wake();
    }

    /// <summary>After a <see cref="Pause"/>: <see cref="Run"/> goes on, or may be run again.</summary>
    public void Unpause() => _isPaused = false;

    /// <summary>Runs until the source is closed, or paused, or the token is cancelled (and the source woken).</summary>
    public void Run(CancellationToken cancelled)
    {
        while (!cancelled.IsCancellationRequested && !(_isPaused && !events.HoldsMessages))
        {
            switch (events.Receive(out KernelMessage message))
            {
                case ReceiveOutcome.Message:
                    Put(message, cancelled);
                    break;
                case ReceiveOutcome.Dry:
                    WaitForMore();
                    break;
                case ReceiveOutcome.Overrun:
                    _overruns++;
                    break;
                case ReceiveOutcome.Closed:
                    ring.Publish();
                    return;
                default:
                    _faults++;
                    break;
            }
        }

        ring.Publish();
    }

    void WaitForMore()
    {
        if (ring.Publish())
            events.Rest(s_rest);
        else
            events.Wait(s_waitMax);
    }

    void Put(in KernelMessage message, CancellationToken cancelled)
    {
        while (!ring.TryAdd(message))
        {
            _stalls++;
            ring.Publish();

            // The disk, most of all: it may take seconds.
            if (!ring.WaitForRoom(s_usualStall))
                events.ExpectPause();
            if (cancelled.IsCancellationRequested)
                return;
        }

        // A long burst must not wait for the socket to run dry.
        if ((++_received & 63) == 0)
            ring.Publish();
    }
}
