using System.Globalization;
using Akashi.Host;

namespace Akashi.Linux.Processes;

/// <summary>The processes that run now, proc(5).</summary>
public sealed class ProcessTable
{
    // PF_KTHREAD of the kernel's linux/sched.h, in the flags of /proc/PID/stat.
    const uint KernelThreadFlag = 0x0020_0000;

    // USER_HZ, the unit of /proc/PID/stat whatever the kernel's own is: fixed in the ABI of x86-64 and arm64.
    const long TicksPerSecond = 100;

    readonly string _root;
    readonly DateTimeOffset _bootTime;

    /// <summary>Makes one.</summary>
    /// <param name="bootTime">When the machine was booted: what /proc counts starts from.</param>
    public ProcessTable(DateTimeOffset bootTime) : this("/proc", bootTime) { }

    internal ProcessTable(string root, DateTimeOffset bootTime)
    {
        _root = root;
        _bootTime = bootTime;
    }

    /// <summary>All processes that can be seen, by number; those that end during the listing may be missing.</summary>
    public IReadOnlyList<RunningProcess> List()
    {
        var all = new List<RunningProcess>();
        foreach (string directory in Directory.EnumerateDirectories(_root))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && Find(pid) is { } found)
                all.Add(found);
        }

        all.Sort(static (left, right) => left.Pid.CompareTo(right.Pid));
        return all;
    }

    /// <summary>One process; null where it's gone.</summary>
    public RunningProcess? Find(int pid)
    {
        string directory = string.Create(CultureInfo.InvariantCulture, $"{_root}/{pid}");
        if (ProcText.Read(directory + "/stat") is not { } stat || !TryParse(stat, out RunningProcess found))
            return null;
        return found with
        {
            Pid = pid,
            Uid = FindUid(directory),
            Auid = ProcText.ReadNumber(directory + "/loginuid", ProcessIdentity.Unset),
            Session = ProcText.ReadNumber(directory + "/sessionid", ProcessIdentity.Unset),
        };
    }

    // pid (comm) state ppid pgrp session tty tpgid flags … starttime, the 22nd: comm may hold blanks and
    // parentheses, so it ends with the last one.
    bool TryParse(string stat, out RunningProcess parsed)
    {
        const int ParentIndex = 1;
        const int FlagsIndex = 6;
        const int StartIndex = 19;
        parsed = default;
        int open = stat.IndexOf('(');
        int close = stat.LastIndexOf(')');
        if (open < 0 || close < open)
            return false;
        string[] rest = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (rest.Length <= StartIndex
            || !int.TryParse(rest[ParentIndex], CultureInfo.InvariantCulture, out int parent)
            || !uint.TryParse(rest[FlagsIndex], CultureInfo.InvariantCulture, out uint flags)
            || !long.TryParse(rest[StartIndex], CultureInfo.InvariantCulture, out long ticks))
            return false;
        DateTimeOffset started = _bootTime.AddTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond));
        parsed = new RunningProcess(
            0, parent, stat[(open + 1)..close], 0, 0, 0, started, (flags & KernelThreadFlag) != 0);
        return true;
    }

    static uint FindUid(string directory)
    {
        const string Label = "Uid:";
        foreach (string line in ProcText.Lines(directory + "/status"))
        {
            if (line.StartsWith(Label, StringComparison.Ordinal)
                && uint.TryParse(line[Label.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries)[0], out uint uid))
                return uid;
        }

        return ProcessIdentity.Unset;
    }
}
