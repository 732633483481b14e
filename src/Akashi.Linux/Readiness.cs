using System.Diagnostics;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux;

/// <summary>Waits for file descriptors with poll(2).</summary>
static unsafe class Readiness
{
    // poll(2) passes over negative ones.
    const int NoDescriptor = -1;

    /// <summary>Waits until a descriptor has something to read, or an error, or its other side is gone.</summary>
    /// <param name="descriptor">The one that's waited for.</param>
    /// <param name="waker">An eventfd that ends the wait; -1 for none. It is emptied.</param>
    /// <param name="timeout">Infinite, or any time; part of a millisecond counts as a whole one.</param>
    /// <returns>False where the time ran out or the waker was set.</returns>
    internal static bool Wait(int descriptor, int waker, TimeSpan timeout)
    {
        pollfd* both = stackalloc pollfd[2];
        both[0] = new pollfd { fd = descriptor, events = POLLIN };
        both[1] = new pollfd { fd = waker, events = POLLIN };
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            int ready = poll(both, waker < 0 ? 1u : 2u, Milliseconds(timeout, started));
            if (ready < 0 && Errno == EINTR)
                continue;
            if (ready < 0)
                throw new Host.AuditException("cannot wait: " + ErrorText.Of(Errno));
            if (waker >= 0 && both[1].revents != 0)
            {
                ulong count;
                _ = read(waker, &count, sizeof(ulong));
                return false;
            }

            return both[0].revents != 0;
        }
    }

    /// <summary>Waits for the waker alone.</summary>
    /// <param name="waker">An eventfd that ends the wait. It is emptied.</param>
    /// <param name="duration">As a timeout of <see cref="Wait"/>.</param>
    internal static void Rest(int waker, TimeSpan duration) => Wait(NoDescriptor, waker, duration);

    // What is left of the timeout, for poll: -1 for ever, at most as many milliseconds as an int holds.
    static int Milliseconds(TimeSpan timeout, long started)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return -1;
        double left = (timeout - Stopwatch.GetElapsedTime(started)).TotalMilliseconds;
        return left <= 0 ? 0 : (int)Math.Min(Math.Ceiling(left), int.MaxValue);
    }
}
