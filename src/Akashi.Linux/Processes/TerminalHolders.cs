using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Who had a terminal open at a moment, as far as there was time to look.</summary>
/// <param name="Named">The first of them.</param>
/// <param name="MoreCount">How many more there are.</param>
/// <param name="IsCut">Whether the time ran out before all was looked at: there may be others.</param>
public sealed record TerminalHolders(IReadOnlyList<PeerProcess> Named, int MoreCount, bool IsCut)
{
    /// <summary>Looks at all processes of a user, those of the terminal's ses first.</summary>
    /// <remarks>
    /// How many processes and descriptors there are is the user's to choose, and somebody waits meanwhile: hence the limit of time. A terminal is known by device and inode, so that a name
    /// it has elsewhere (a mount of one's own) doesn't hide it. Who opened it as /dev/tty isn't seen.
    /// </remarks>
    /// <param name="path">The terminal.</param>
    /// <param name="uid">The real or effective user of those that are looked for.</param>
    /// <param name="ses">The ses that is looked at first.</param>
    /// <param name="namedMax">How many are named at most.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="passedOver">Processes that aren't meant.</param>
    public static TerminalHolders Find(string path, uint uid, uint ses, int namedMax, TimeSpan limit, params IReadOnlyList<int> passedOver)
    {
        var found = new Search(path, namedMax, limit);
        var others = new List<int>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (found.IsLate)
                break;
            if (!int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) || passedOver.Contains(pid) || !IsOf(directory, uid))
                continue;
            if (IsOfSes(directory + "/sessionid", ses))
                found.LookAt(pid);
            else
                others.Add(pid);
        }

        foreach (int pid in others)
            found.LookAt(pid);
        return new TerminalHolders(found.Named, found.MoreCount, found.IsLate);
    }

    // The owner of /proc/PID is its effective user, or root where it isn't dumpable: only those are read.
    static unsafe bool IsOf(string directory, uint uid)
    {
        statx status;
        if (statx_of(AT_FDCWD, directory, 0, STATX_UID, &status) != 0 || (status.stx_uid != uid && status.stx_uid != 0))
            return false;
        Span<byte> text = stackalloc byte[512];
        text = text[..Read(directory + "/status", text)];
        int at = text.IndexOf("\nUid:\t"u8);
        if (at < 0)
            return false;
        text = text[(at + 6)..];
        if (!Utf8Parser.TryParse(text, out uint real, out int length))
            return false;
        return real == uid || (length < text.Length && Utf8Parser.TryParse(text[(length + 1)..], out uint effective, out _) && effective == uid);
    }

    static bool IsOfSes(string path, uint ses)
    {
        Span<byte> text = stackalloc byte[16];
        return Utf8Parser.TryParse(text[..Read(path, text)], out uint found, out _) && found == ses;
    }

    // A call each to open, read, close, and nothing made.
    static unsafe int Read(string path, Span<byte> buffer)
    {
        int descriptor = open(path, O_RDONLY | O_CLOEXEC, 0);
        if (descriptor < 0)
            return 0;
        fixed (byte* start = buffer)
        {
            nint count = read(descriptor, start, (nuint)buffer.Length);
            _ = close(descriptor);
            return (int)Math.Max(0, count);
        }
    }

    sealed class Search(string path, int namedMax, TimeSpan limit)
    {
        readonly long _began = Stopwatch.GetTimestamp();
        readonly FileIdentity? _terminal = FileIdentity.Of(path);

        public List<PeerProcess> Named { get; } = [];

        public int MoreCount { get; private set; }

        // Stays once it's so.
        public bool IsLate => field || (field = Stopwatch.GetElapsedTime(_began) >= limit);

        public void LookAt(int pid)
        {
            if (IsLate || _terminal is not { } terminal || !Holds(pid, terminal))
                return;
            if (Named.Count >= namedMax)
                MoreCount++;
            else if (PeerProcess.Find(pid) is { } process)
                Named.Add(process);
        }

        bool Holds(int pid, FileIdentity terminal)
        {
            foreach (string file in OpenFiles.Paths(pid))
            {
                if (IsLate)
                    return false;
                if (FileIdentity.Of(file) == terminal)
                    return true;
            }

            return false;
        }
    }
}
