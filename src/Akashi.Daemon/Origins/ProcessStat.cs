using System.Buffers.Text;

namespace Akashi.Daemon.Origins;

/// <summary>When a process began, from /proc/PID/stat.</summary>
static class ProcessStat
{
    // USER_HZ, fixed in the ABI of x86-64 and arm64.
    const long MillisecondsTick = 10;

    // starttime is the 22nd; the third is the first behind the name, which may hold blanks and parentheses and so ends with the last one.
    const int StartIndex = 19;

    /// <summary>Reads it.</summary>
    /// <param name="stat">Any bytes: the file's text.</param>
    /// <returns>Milliseconds since the boot; -1 where the text doesn't tell.</returns>
    public static long StartedMilliseconds(ReadOnlySpan<byte> stat)
    {
        int close = stat.LastIndexOf((byte)')');
        if (close < 0 || close + 2 > stat.Length)
            return -1;
        ReadOnlySpan<byte> rest = stat[(close + 2)..];
        for (int index = 0; index < StartIndex; index++)
        {
            int blank = rest.IndexOf((byte)' ');
            if (blank < 0)
                return -1;
            rest = rest[(blank + 1)..];
        }

        return Utf8Parser.TryParse(rest, out long ticks, out int length) && length < rest.Length && ticks >= 0 && ticks < long.MaxValue / MillisecondsTick
            ? ticks * MillisecondsTick
            : -1;
    }
}
