using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Files;

/// <summary>Who holds a lock, for people who wonder whom to ask.</summary>
/// <remarks>Reads /proc/locks, proc(5): <c>3: FLOCK  ADVISORY  WRITE 15077 fe:00:5859029 0 EOF</c>; the number is that of the process that took it, in our own namespace.</remarks>
public static class LockHolder
{
    const int KindField = 1, ProcessField = 4, FileField = 5;

    /// <summary>The holder of the lock of flock(2) on a file, as <c>sleep (process 123)</c>; null where nobody is known.</summary>
    public static string? Find(string path) => new LinuxFiles().TryLook(path, followsLink: true, out FileStatus status) && ProcText.Read("/proc/locks") is { } table
        && FindProcess(table, status.Device, status.Inode) is { } pid ? Describe(pid) : null;

    /// <summary>The process that took the lock on a file.</summary>
    /// <param name="table">The text of /proc/locks.</param>
    /// <param name="device">st_dev of the file.</param>
    /// <param name="inode">st_ino of the file.</param>
    public static int? FindProcess(string table, ulong device, ulong inode)
    {
        // makedev(3) of glibc.
        ulong major = ((device >> 8) & 0xFFF) | ((device >> 32) & 0xFFFFF000), minor = (device & 0xFF) | ((device >> 12) & 0xFFFFFF00);
        string file = string.Create(CultureInfo.InvariantCulture, $"{major:x2}:{minor:x2}:{inode}");
        foreach (string line in table.Split('\n'))
        {
            // "3: -> FLOCK …" waits for it.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > FileField && fields[KindField] == "FLOCK" && fields[FileField] == file
                && int.TryParse(fields[ProcessField], NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
                return pid;
        }

        return null;
    }

    // What a process started has the open file, and so the lock, too.
    static string Describe(int pid)
    {
        string number = pid.ToString(CultureInfo.InvariantCulture);
        return ProcText.Read($"/proc/{number}/comm")?.TrimEnd('\n') is { } name ? $"{name} (process {number})" : $"a child of process {number}, which has ended,";
    }
}
