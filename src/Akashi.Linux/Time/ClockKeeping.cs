using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Time;

/// <summary>Whether the kernel's clock is kept right by a time service, adjtimex(2).</summary>
public static unsafe class ClockKeeping
{
    // More than a struct timex has: 208 bytes on 64 bit machines.
    const int TimexBytes = 512;

    /// <summary>Whether it is; null where the kernel doesn't say, as in some containers.</summary>
    public static bool? IsSynchronized
    {
        get
        {
            byte* timex = stackalloc byte[TimexBytes];
            new Span<byte>(timex, TimexBytes).Clear();
            int state = adjtimex(timex);
            return state < 0 ? null : state != TIME_ERROR;
        }
    }
}
