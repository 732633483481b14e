using System.Buffers.Binary;
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

    /// <summary>The processes that have a file of a directory open for writing anywhere but at its end: O_APPEND missing. By whatever name: files are known by device and inode.</summary>
    /// <param name="directory">An absolute path.</param>
    public static IReadOnlyList<(string Path, PeerProcess Process)> FindWriters(string directory)
    {
        var files = new Dictionary<FileIdentity, string>();
        foreach (string path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            if (FileIdentity.Of(path) is { } identity)
                files.TryAdd(identity, path);
        }

        var found = new List<(string, PeerProcess)>();
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
                continue;
            foreach (string link in Paths(pid))
            {
                // One without a name there any more is still its file.
                string? path = FileIdentity.Of(link) is { } identity && files.TryGetValue(identity, out string? named) ? named
                    : ReadLink(link) is { } target && Path.GetDirectoryName(target) == directory ? target : null;
                if (path is not null && MayWriteAnywhere(process, Path.GetFileName(link)) && PeerProcess.Find(pid) is { } peer)
                    found.Add((path, peer));
            }
        }

        return found;
    }

    static bool MayWriteAnywhere(string process, string number)
    {
        const string FlagsLabel = "flags:";
        const int AccessMode = 3;
        string? line = ProcText.Lines($"{process}/fdinfo/{number}").FirstOrDefault(line => line.StartsWith(FlagsLabel, StringComparison.Ordinal));

        // fdinfo has them in octal digits.
        int flags = line is null ? 0 : Convert.ToInt32(line[FlagsLabel.Length..].Trim(), 8);
        return (flags & AccessMode) != 0 && (flags & Interop.LibC.O_APPEND) == 0;
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
        foreach (string file in Paths(pid))
        {
            string? target = ReadLink(file);
            if (target is not null)
                yield return (Path.GetFileName(file), target);
        }
    }

    /// <summary>The links of /proc/PID/fd, as they are read: there may be a million.</summary>
    internal static IEnumerable<string> Paths(int pid)
    {
        IEnumerator<string> files;
        try
        {
            files = Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")).GetEnumerator();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        using (files)
        {
            while (TryMove(files))
                yield return files.Current;
        }
    }

    static bool TryMove(IEnumerator<string> files)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return false;
        }
    }

    static unsafe string? ReadLink(string path)
    {
        const int Length = 256;
        byte* buffer = stackalloc byte[Length];
        nint count = Interop.LibC.readlinkat(Interop.LibC.AT_FDCWD, path, buffer, Length);
        return count > 0 ? System.Text.Encoding.UTF8.GetString(buffer, (int)count) : null;
    }
}
