using System.Globalization;
using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>Starts the keeper of one session, with all it may have.</summary>
/// <remarks>
/// Nothing of the login is changed before the keeper has all it needs: it takes the terminal itself. So a service that is killed at any moment leaves either a login as it was, or a session that is recorded.
/// </remarks>
/// <param name="host">The machine.</param>
/// <param name="accounts">Its names, which come in time or not at all.</param>
/// <param name="settings">What the service works with.</param>
/// <param name="directory">Where the file goes.</param>
/// <param name="terminalGroup">The group of terminals, tty.</param>
/// <param name="notes">Where the session is noted for a later service.</param>
sealed class SessionStart(
    IHost host, IAccounts accounts, RecorderSettings settings, RecordingDirectory directory, uint terminalGroup, SessionNotes notes)
{
    /// <summary>The name of the tool that a keeper runs as.</summary>
    internal const string KeeperCommand = "recorder-keeper";

    // The service's one thread looks, and everybody who logs in waits for it.
    static readonly TimeSpan s_holdersTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts it.</summary>
    /// <param name="connection">The login's; stays the caller's.</param>
    /// <param name="peer">The login side.</param>
    /// <param name="claim">What it says.</param>
    /// <param name="outer">Its terminal, which belongs to the keeper from here on.</param>
    /// <param name="server">Its login server; null for none.</param>
    /// <param name="configuration">What it may have.</param>
    /// <exception cref="AuditException">It can't be started.</exception>
    public LiveSession Start(
        MessageSocket connection, PeerProcess peer, SessionClaim claim, OuterTerminal outer, PeerProcess? server, RecorderConfiguration configuration)
    {
        uint account = peer.Auid == ProcessIdentity.Unset ? peer.Uid : peer.Auid;
        string user = accounts.FindUserName(account) ?? account.ToString(CultureInfo.InvariantCulture);
        using PseudoTerminal inner = PseudoTerminal.OpenFor(peer.Uid, terminalGroup);
        using AppendingFile file = directory.Create(host.Clock.GetUtcNow(), user, peer.Ses, outer.Name, out string path, out bool isAppendOnly);
        using SafeFileHandle reopened = outer.TryReopen() ?? throw new AuditException($"cannot open {outer.Name} anew");
        using Pipe pipe = Pipe.Open();
        int pid = KeeperProcess.Start(
            settings.Program, ["akashi", KeeperCommand],
            [connection.Handle, reopened, inner.MasterHandle, inner.SlaveHandle, file.Handle, pipe.Reader]);
        ProcessHandle? keeper = null;
        try
        {
            keeper = ProcessHandle.Open(pid) ?? throw new AuditException("the keeper is gone");

            // While the keeper begins, and before it takes the terminal: to look at all processes takes about as long as that.
            List<(string, string)> facts = Describe(peer, claim, outer, server, user);
            facts.Add(("append_only", isAppendOnly ? "yes" : "no"));
            uint uid = configuration.KeeperUidFirst == 0 ? settings.KeeperUid : configuration.KeeperUidFirst + (uint)pid;
            facts.InsertRange(0, Order(uid, configuration));
            var terminals = new LiveTerminals(peer.Ses, outer.DeviceNumber, DeviceNumberOf(inner.Path));
            notes.Write(new SessionNote(
                ProcessMark.Find(pid) ?? new ProcessMark(pid, 0), uid, terminals, outer.Path, (outer.Owner, outer.Group, outer.Mode), user, path));
            Tell(pipe.Writer, facts);
            return new LiveSession(keeper, uid, outer, terminals, path, user);
        }
        catch
        {
            // It wasn't told what to keep, and has changed nothing.
            DetachedProcess.Kill(pid);
            keeper?.Dispose();
            notes.Remove(pid);
            throw;
        }
    }

    // What the keeper is to be, and may have.
    List<(string, string)> Order(uint uid, RecorderConfiguration configuration) =>
    [
        (":uid", uid.ToString(CultureInfo.InvariantCulture)),
        (":gid", settings.KeeperGid.ToString(CultureInfo.InvariantCulture)),
        (":rate", (configuration.FloodKilobytesSecond * 1024L).ToString(CultureInfo.InvariantCulture)),
        (":burst", (configuration.FloodBurstMegabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture)),
        (":size", (configuration.SessionMegabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture)),
    ];

    static void Tell(SafeFileHandle pipe, List<(string Name, string Value)> facts)
    {
        using var writer = new FileStream(pipe, FileAccess.Write, bufferSize: 0);
        writer.Write(Encoding.UTF8.GetBytes(string.Concat(facts.Select(fact => $"{fact.Name}\0{fact.Value}\0"))));
    }

    // As /proc/PID/stat has it: 136 is the major of /dev/pts.
    static int DeviceNumberOf(string path)
    {
        int index = int.Parse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture);
        return (index & 0xFF) | (136 << 8) | ((index & ~0xFF) << 12);
    }

    // What stands in the header.
    List<(string, string)> Describe(PeerProcess peer, SessionClaim claim, OuterTerminal outer, PeerProcess? server, string user)
    {
        // By the name that it has here: the claim's may be one of the user's own mount.
        string path = outer.IsPseudo ? $"/dev/pts/{outer.Index}" : outer.Path is var found && found.StartsWith("/dev/", StringComparison.Ordinal) ? found : outer.Name;
        TerminalHolders holders = TerminalHolders.Find(path, peer.Uid, peer.Ses, HolderText.NamedMax, s_holdersTime, peer.Pid, server?.Pid ?? 0);
        List<(string, string)> facts =
        [
            (":time", host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (":term", claim.TerminalType ?? ""),
            (":command", claim.Command ?? ""),
            ("node", host.Name),
            ("boot", directory.BootId),
            ("auid", ProcessIdentityText(peer.Auid)),
            ("ses", ProcessIdentityText(peer.Ses)),
            ("uid", peer.Uid.ToString(CultureInfo.InvariantCulture)),
            ("user", user),
            ("terminal", path),
            ("login", server is null && outer.IsPseudo ? "no" : "yes"),
        ];
        if (server is not null && OpenFiles.FindClientAddress(server.Pid) is { } address)
            facts.Add(("address", address.ToString()));
        if (server is not null && LoginTrial.Began(server, settings.Places.Trials))
            facts.Add((RecordingSummary.TrialFact, "yes"));
        facts.AddRange(HolderText.Describe(holders));
        return facts;
    }

    static string ProcessIdentityText(uint number) => number == ProcessIdentity.Unset ? "unset" : number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A session that is recorded.</summary>
/// <param name="Keeper">The keeper: our child, or one of a service before.</param>
/// <param name="KeeperUid">Its user.</param>
/// <param name="Outer">The login's terminal, to be given back; null where it's gone.</param>
/// <param name="Terminals">What is recorded.</param>
/// <param name="Path">Its file.</param>
/// <param name="User">Whose it is.</param>
sealed record LiveSession(ProcessHandle Keeper, uint KeeperUid, OuterTerminal? Outer, LiveTerminals Terminals, string Path, string User);
