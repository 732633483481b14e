using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>What a daemon asks of the kernel for itself: to go before others, not to be killed for memory, no limits.</summary>
public static unsafe class DaemonProcess
{
    const uint WrittenByOthers = 0x12; // -w--w- of group and others: 0022

    /// <summary>No limit on the size of files and on processor time, setrlimit(2); no file that others may write, umask(2).</summary>
    public static void LiftLimits()
    {
        var none = new rlimit { rlim_cur = ulong.MaxValue, rlim_max = ulong.MaxValue };

        // Refused only to those whom the kernel's audit is refused next.
        _ = setrlimit(RLIMIT_FSIZE, &none);
        _ = setrlimit(RLIMIT_CPU, &none);
        _ = umask(umask(WrittenByOthers) | WrittenByOthers);
    }

    /// <summary>Has every thread of this process go before others, setpriority(2).</summary>
    /// <param name="boost">By how much, as nice(1) counts downwards; 20 and more are the same.</param>
    /// <exception cref="AuditException">It's refused, as in many containers.</exception>
    public static void SetPriority(int boost)
    {
        int nice = -Math.Min(boost, 20);
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            uint thread = uint.Parse(Path.GetFileName(task.AsSpan()), CultureInfo.InvariantCulture);
            if (setpriority(PRIO_PROCESS, thread, nice) != 0 && Errno != ESRCH)
                throw new AuditException($"cannot change priority to {nice}: {ErrorText.Of(Errno)}");
        }
    }

    /// <summary>Has the calling thread alone go behind all others; Linux counts priorities by thread.</summary>
    public static void YieldThread() => _ = setpriority(PRIO_PROCESS, 0, 19);

    /// <summary>The priority of this process as nice(1) counts: -20 to 19.</summary>
    public static int Priority => getpriority(PRIO_PROCESS, 0);

    /// <summary>Keeps the kernel from killing this process when memory is short: /proc/self/oom_score_adj.</summary>
    /// <returns>Null, or why it doesn't.</returns>
    public static string? ProtectFromMemoryShortage()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "-1000");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileFault.Describe(exception);
        }
    }

    /// <summary>Turns standard input, output and error into /dev/null.</summary>
    public static void LeaveStandardStreams()
    {
        using SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var held = new HeldDescriptor(nothing);
        for (int descriptor = 0; descriptor < 3; descriptor++)
            _ = dup2(held.Value, descriptor);
    }
}
