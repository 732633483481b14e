using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Net;

namespace Akashi.Linux.Processes;

/// <summary>What a process has open, by /proc/PID/fd.</summary>
public static class OpenFiles
{
    const string MasterLabel = "tty-index:";

    /// <summary>Whether a process holds the master of a pseudo terminal: its fdinfo says which (Linux 4.14 and later).</summary>
    public static bool HoldsMaster(int pid, int terminalIndex)
    {
        foreach ((string number, string target) in List(pid))
        {
            if (target is not ("/dev/ptmx" or "/dev/pts/ptmx"))
                continue;
            string? label = ProcText.Lines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fdinfo/{number}"))
                .FirstOrDefault(line => line.StartsWith(MasterLabel, StringComparison.Ordinal));
            if (label is not null && int.TryParse(label.AsSpan(MasterLabel.Length).Trim(), CultureInfo.InvariantCulture, out int index) && index == terminalIndex)
                return true;
        }

        return false;
    }

    /// <summary>The processes of a ses that have a file open under a name.</summary>
    /// <param name="path">As /proc/PID/fd shows it.</param>
    /// <param name="ses">The ses.</param>
    /// <param name="uid">The real user of those that are looked for.</param>
    public static IReadOnlyList<PeerProcess> FindHolders(string path, uint ses, uint uid)
    {
        var found = new List<PeerProcess>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && IsOfSes(directory + "/sessionid", ses)
                && PeerProcess.Find(pid) is { } process && process.Uid == uid && List(pid).Any(file => file.Target == path))
                found.Add(process);
        }

        return found;
    }

    /// <summary>The processes that have a file of a directory open for writing anywhere but at its end: O_APPEND missing.</summary>
    /// <param name="directory">An absolute path.</param>
    public static IReadOnlyList<(string Path, PeerProcess Process)> FindWriters(string directory)
    {
        const string FlagsLabel = "flags:";
        const int AccessMode = 3;
        var found = new List<(string, PeerProcess)>();
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
                continue;
            foreach ((string number, string target) in List(pid))
            {
                if (Path.GetDirectoryName(target) != directory)
                    continue;
                string? line = ProcText.Lines($"{process}/fdinfo/{number}").FirstOrDefault(line => line.StartsWith(FlagsLabel, StringComparison.Ordinal));

                // fdinfo has them in octal digits.
                int flags = line is null ? 0 : Convert.ToInt32(line[FlagsLabel.Length..].Trim(), 8);
                if ((flags & AccessMode) != 0 && (flags & Interop.LibC.O_APPEND) == 0 && PeerProcess.Find(pid) is { } peer)
                    found.Add((target, peer));
            }
        }

        return found;
    }

    /// <summary>The address at the other side of a process's first TCP connection that isn't our own loopback listener.</summary>
    /// <returns>Null where it has none.</returns>
    public static IPAddress? FindClientAddress(int pid)
    {
        HashSet<string> sockets = [.. List(pid).Where(file => file.Target.StartsWith("socket:[", StringComparison.Ordinal)).Select(file => file.Target[8..^1])];
        if (sockets.Count == 0)
            return null;
        foreach (string table in (string[])["tcp", "tcp6"])
        {
            // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …; 01 is ESTABLISHED.
            foreach (string line in ProcText.Lines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/net/{table}")).Skip(1))
            {
                string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length > 9 && parts[3] == "01" && sockets.Contains(parts[9]))
                    return ParseAddress(parts[2]);
            }
        }

        return null;
    }

    // Words of four bytes in the machine's order: 0100007F:1F90.
    internal static IPAddress? ParseAddress(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32))
            return null;
        Span<byte> bytes = stackalloc byte[colon / 2];
        for (int word = 0; word < colon / 8; word++)
        {
            if (!uint.TryParse(text.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value))
                return null;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(word * 4)..], value);
        }

        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    static IEnumerable<(string Number, string Target)> List(int pid)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (string file in files)
        {
            string? target = ReadLink(file);
            if (target is not null)
                yield return (Path.GetFileName(file), target);
        }
    }

    // Asked of every process while somebody waits to log in: a call each to open, read, close, and nothing made.
    static unsafe bool IsOfSes(string path, uint ses)
    {
        const int Length = 16;
        byte* buffer = stackalloc byte[Length];
        int descriptor = Interop.LibC.open(path, Interop.LibC.O_RDONLY | Interop.LibC.O_CLOEXEC, 0);
        if (descriptor < 0)
            return false;
        nint count = Interop.LibC.read(descriptor, buffer, Length);
        _ = Interop.LibC.close(descriptor);
        return count > 0 && Utf8Parser.TryParse(new ReadOnlySpan<byte>(buffer, (int)count), out uint found, out _) && found == ses;
    }

    static unsafe string? ReadLink(string path)
    {
        const int Length = 256;
        byte* buffer = stackalloc byte[Length];
        nint count = Interop.LibC.readlinkat(Interop.LibC.AT_FDCWD, path, buffer, Length);
        return count > 0 ? System.Text.Encoding.UTF8.GetString(buffer, (int)count) : null;
    }
}
