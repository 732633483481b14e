using System.Globalization;
using Akashi.Host;

namespace Akashi.Linux.Processes;

/// <summary>A process that asks something of us, as the kernel describes it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="ParentPid">Its parent's.</param>
/// <param name="Uid">Its real user.</param>
/// <param name="EffectiveUid">Its effective user.</param>
/// <param name="Auid">loginuid; <see cref="ProcessIdentity.Unset"/> for none.</param>
/// <param name="Ses">sessionid, likewise.</param>
/// <param name="Leader">The leader of its session, setsid(2).</param>
/// <param name="Terminal">The number of its controlling terminal; 0 for none.</param>
/// <param name="Name">comm; as the process likes.</param>
public sealed record PeerProcess(int Pid, int ParentPid, uint Uid, uint EffectiveUid, uint Auid, uint Ses, int Leader, int Terminal, string Name)
{
    // A login is few processes deep; whoever has more above is none.
    const int AncestorsMax = 16;

    /// <summary>Looks at a process.</summary>
    /// <returns>Null where it's gone, or /proc doesn't tell all of it.</returns>
    public static PeerProcess? Find(int pid)
    {
        string directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        if (ProcText.Read(directory + "/stat") is not { } stat || stat.LastIndexOf(')') is var close && close < 0)
            return null;
        string[] rest = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] uids = FindLine(directory + "/status", "Uid:").Split('\t', StringSplitOptions.RemoveEmptyEntries);
        if (rest.Length < 5 || uids.Length < 2
            || !int.TryParse(rest[1], CultureInfo.InvariantCulture, out int parent)
            || !int.TryParse(rest[3], CultureInfo.InvariantCulture, out int leader)
            || !int.TryParse(rest[4], CultureInfo.InvariantCulture, out int terminal)
            || !uint.TryParse(uids[0], CultureInfo.InvariantCulture, out uint uid)
            || !uint.TryParse(uids[1], CultureInfo.InvariantCulture, out uint effective))
            return null;
        string name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..close];
        return new PeerProcess(
            pid, parent, uid, effective, ProcText.ReadNumber(directory + "/loginuid", ProcessIdentity.Unset),
            ProcText.ReadNumber(directory + "/sessionid", ProcessIdentity.Unset), leader, terminal, name);
    }

    /// <summary>The process of its login server: the nearest ancestor of its ses that runs as root, has no controlling terminal, and holds the other end of a pseudo terminal.</summary>
    /// <param name="terminalIndex">The 3 of /dev/pts/3.</param>
    /// <returns>Null where there is none: whoever made that terminal is no login server.</returns>
    public PeerProcess? FindLoginServer(int terminalIndex) => FindAncestor(process => OpenFiles.HoldsMaster(process.Pid, terminalIndex));

    /// <summary>The process of the login server of a login without a terminal: the nearest ancestor of its ses that runs as root and has no controlling terminal.</summary>
    /// <returns>Null where there is none.</returns>
    public PeerProcess? FindLoginServer() => FindAncestor(_ => true);

    /// <summary>Whether it has its terminal to itself, but for a login program that waits for it: root's, of the same ses, its parent and the leader of its session.</summary>
    /// <remarks>login(1) of Debian (shadow's) starts the shell in its own session; util-linux's gives it one.</remarks>
    public bool IsAwaitedByLeader() =>
        Leader == ParentPid && Find(ParentPid) is { Uid: 0, EffectiveUid: 0 } leader && leader.Leader == Leader && leader.Ses == Ses && leader.Terminal == Terminal;

    PeerProcess? FindAncestor(Func<PeerProcess, bool> isIt)
    {
        if (Ses == ProcessIdentity.Unset)
            return null;
        PeerProcess? next = this;
        for (int depth = 0; depth < AncestorsMax && next is { ParentPid: > 1 }; depth++)
        {
            next = Find(next.ParentPid);
            if (next is null || next.Ses != Ses)
                return null;
            if (next is { Uid: 0, EffectiveUid: 0, Terminal: 0 } && isIt(next))
                return next;
        }

        return null;
    }

    /// <summary>Whether it's of a group: its own, or one beside.</summary>
    public bool IsOf(uint gid)
    {
        string status = string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/status");
        string[] words = [.. FindLine(status, "Gid:").Split('\t', StringSplitOptions.RemoveEmptyEntries).Take(2), .. FindLine(status, "Groups:").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];
        return words.Contains(gid.ToString(CultureInfo.InvariantCulture));
    }

    static string FindLine(string path, string label) =>
        ProcText.Lines(path).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) is { } found ? found[label.Length..] : "";
}
