using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>Starts the keeper of one session, with all it may have.</summary>
/// <param name="host">The machine.</param>
/// <param name="settings">What the service works with.</param>
/// <param name="directory">Where the file goes.</param>
sealed class SessionStart(IHost host, RecorderSettings settings, RecordingDirectory directory)
{
    /// <summary>The name of the tool that a keeper runs as.</summary>
    internal const string KeeperCommand = "recorder-keeper";

    const string TerminalGroup = "tty";

    /// <summary>Starts it.</summary>
    /// <param name="connection">The login's; stays the caller's.</param>
    /// <param name="peer">The login side.</param>
    /// <param name="claim">What it says.</param>
    /// <param name="outer">Its terminal, which belongs to the keeper from here on.</param>
    /// <param name="server">Its login server; null for none.</param>
    /// <exception cref="AuditException">It can't be started; the terminal is given back.</exception>
    public LiveSession Start(MessageSocket connection, PeerProcess peer, SessionClaim claim, OuterTerminal outer, PeerProcess? server)
    {
        uint account = peer.Auid == ProcessIdentity.Unset ? peer.Uid : peer.Auid;
        string user = host.Accounts.FindUserName(account) ?? account.ToString(CultureInfo.InvariantCulture);
        uint group = host.Accounts.TryFindGroup(TerminalGroup, out uint gid) ? gid : 0;
        using PseudoTerminal inner = PseudoTerminal.OpenFor(peer.Uid, group);
        using AppendingFile file = directory.Create(host.Clock.GetUtcNow(), user, peer.Ses, outer.Name, out string path, out bool isAppendOnly);
        using SafeFileHandle reopened = outer.TryReopen() ?? throw new AuditException($"cannot open {outer.Name} anew");
        List<(string, string)> facts = Describe(peer, claim, outer, server, user);
        facts.Add(("append_only", isAppendOnly ? "yes" : "no"));
        if (outer.TryGiveTo(settings.KeeperUid) is { } fault)
            throw new AuditException($"cannot take {outer.Name} from its user: {fault}");
        try
        {
            using Pipe pipe = Pipe.Open();
            int pid = KeeperProcess.Start(
                settings.Program, [settings.Program, KeeperCommand],
                [connection.Handle, reopened, inner.MasterHandle, inner.SlaveHandle, file.Handle, pipe.Reader]);
            ProcessHandle keeper = ProcessHandle.Open(pid) ?? throw new AuditException("the keeper is gone");
            Tell(pipe.Writer, facts);
            return new LiveSession(keeper, outer, new LiveTerminals(peer.Ses, outer.DeviceNumber, DeviceNumberOf(inner.Path)), path, user);
        }
        catch
        {
            outer.GiveBack();
            throw;
        }
    }

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

    // What the keeper is to be, then what stands in the header.
    List<(string, string)> Describe(PeerProcess peer, SessionClaim claim, OuterTerminal outer, PeerProcess? server, string user)
    {
        string path = outer.IsPseudo ? $"/dev/pts/{outer.Index}" : outer.Name;
        string holders = string.Join(", ", OpenFiles.FindHolders(path, peer.Ses)
            .Where(holder => holder.Pid != peer.Pid && holder.Pid != server?.Pid && holder.Uid == peer.Uid)
            .Select(holder => $"{holder.Pid} {holder.Name}"));
        List<(string, string)> facts =
        [
            (":uid", settings.KeeperUid.ToString(CultureInfo.InvariantCulture)),
            (":gid", settings.KeeperGid.ToString(CultureInfo.InvariantCulture)),
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
        if (holders.Length > 0)
            facts.Add(("held_by", holders));
        return facts;
    }

    static string ProcessIdentityText(uint number) => number == ProcessIdentity.Unset ? "unset" : number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A session whose keeper we started.</summary>
/// <param name="Keeper">The keeper: our child.</param>
/// <param name="Outer">The login's terminal, to be given back.</param>
/// <param name="Terminals">What is recorded.</param>
/// <param name="Path">Its file.</param>
/// <param name="User">Whose it is.</param>
sealed record LiveSession(ProcessHandle Keeper, OuterTerminal Outer, LiveTerminals Terminals, string Path, string User);
