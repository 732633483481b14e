using System.Globalization;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.KernelState;

/// <summary>Which process, beyond doubt: its number, and when it began, since numbers are given out again.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="BeganMilliseconds">When it began, in milliseconds since the boot, as /proc tells it to a hundredth of a second.</param>
public readonly record struct ProcessMark(int Pid, long BeganMilliseconds)
{
    /// <summary>This process.</summary>
    public static ProcessMark Self => Find(Environment.ProcessId)
        ?? throw new Host.AuditException("cannot read /proc/self/stat: is /proc mounted");

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => Find(Pid) == this;

    /// <summary>The process of a number; null where there is none, or it has ended and waits to be reaped.</summary>
    public static ProcessMark? Find(int pid)
    {
        // Counted from the epoch, "when it began" is the time since the boot, the same at every look.
        var table = new ProcessTable(DateTimeOffset.UnixEpoch);
        return table.Find(pid) is { } found && !IsZombie(pid)
            ? new ProcessMark(pid, found.Started.ToUnixTimeMilliseconds())
            : null;
    }

    static bool IsZombie(int pid)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            int state = stat.LastIndexOf(')') + 2;
            return state < stat.Length && stat[state] is 'Z' or 'X';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
