using System.Globalization;

namespace Akashi.Linux.Processes;

/// <summary>What a process has read and written, by the kernel's count: rchar and wchar of /proc/PID/io, proc(5).</summary>
/// <remarks>
/// Bytes of read(2), write(2) and the like, of files, pipes and sockets alike, whether or not a disk had to move; what a child read and wrote is added when its parent takes its
/// end, wait(2). Not counted: memory that is mapped, splice(2), recv(2) and send(2).
/// </remarks>
/// <param name="Read">Bytes read.</param>
/// <param name="Written">Bytes written.</param>
public readonly record struct ProcessBytes(long Read, long Written)
{
    /// <summary>Asks the kernel.</summary>
    /// <returns>Null where it doesn't tell: the process is gone, or isn't ours to look at.</returns>
    public static ProcessBytes? Find(int pid)
    {
        string[] lines = ProcText.Lines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/io"));
        return lines.Length > 1 && TryParse(lines[0], "rchar: ", out long read) && TryParse(lines[1], "wchar: ", out long written)
            ? new ProcessBytes(read, written)
            : null;
    }

    static bool TryParse(string line, string label, out long value)
    {
        value = 0;
        return line.StartsWith(label, StringComparison.Ordinal) && long.TryParse(line.AsSpan(label.Length), CultureInfo.InvariantCulture, out value);
    }
}
