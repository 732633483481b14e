using System.Diagnostics;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>The recorder service: takes claims of logins, starts a keeper for each, gives terminals back. No byte of a session passes through it.</summary>
/// <remarks>One thread, one poll(2) loop. Nobody is waited for: who connects has two seconds to say what for.</remarks>
public sealed class RecorderService : IDisposable
{
    const int CallersMax = 64;
    const int CallersOfUserMax = 8;

    static readonly TimeSpan s_claimTime = TimeSpan.FromSeconds(2);

    readonly Action<string> _log;
    readonly MessageSocket _socket;
    readonly SessionStart _start;
    readonly RecordingDirectory _directory;
    readonly WaitList _waits = new();
    readonly List<Caller> _callers = [];
    readonly List<LiveSession> _sessions = [];
    readonly List<(string Path, uint Ses)> _foreign;
    volatile bool _isStopped;

    RecorderService(IHost host, RecorderSettings settings, RecordingDirectory directory, MessageSocket socket, Action<string> log)
    {
        (_directory, _socket, _log) = (directory, socket, log);
        _start = new SessionStart(host, settings, directory);
        _foreign = [.. directory.FindLive()];
    }

    /// <summary>Sessions of a former service that are recorded still.</summary>
    public int ForeignCount => _foreign.Count;

    /// <summary>Begins to listen.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="settings">What it works with.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <exception cref="AuditException">The directory or the socket can't be had.</exception>
    public static RecorderService Open(IHost host, RecorderSettings settings, Action<string> log)
    {
        string bootId = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        RecordingDirectory directory = RecordingDirectory.Open(settings.Directory, bootId);
        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return new RecorderService(host, settings, directory, MessageSocket.Listen(settings.SocketPath, Everybody), log);
    }

    /// <summary>Serves until <see cref="Stop"/>; sessions go on after it.</summary>
    public void Run()
    {
        while (!_isStopped)
        {
            _waits.Clear();
            int socket = _waits.Watch(_socket);
            int[] callers = [.. _callers.Select(caller => _waits.Watch(caller.Connection))];
            int[] keepers = [.. _sessions.Select(session => _waits.Watch(session.Keeper))];
            _waits.TryWait(TimeLeft());
            for (int index = keepers.Length - 1; index >= 0; index--)
            {
                if (_waits.IsReady(keepers[index]))
                    End(index);
            }

            for (int index = callers.Length - 1; index >= 0; index--)
            {
                Caller caller = _callers[index];
                if (!_waits.IsReady(callers[index]) && Stopwatch.GetElapsedTime(caller.Since) < s_claimTime)
                    continue;
                _callers.RemoveAt(index);
                using (caller.Connection)
                    Hear(caller);
            }

            if (_waits.IsReady(socket))
                Accept();
        }
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _isStopped = true;
        _waits.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _waits.Dispose();
        foreach (Caller caller in _callers)
            caller.Connection.Dispose();
    }

    TimeSpan TimeLeft()
    {
        if (_callers.Count == 0)
            return Timeout.InfiniteTimeSpan;
        TimeSpan left = s_claimTime - Stopwatch.GetElapsedTime(_callers.Min(caller => caller.Since));
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    void Accept()
    {
        if (_socket.Accept() is not { } connection)
            return;
        if (!connection.TryFindPeer(out int pid, out uint uid) || _callers.Count >= CallersMax
            || (uid != 0 && _callers.Count(caller => caller.Uid == uid) >= CallersOfUserMax))
        {
            connection.Dispose();
            return;
        }

        _callers.Add(new Caller(connection, pid, uid, Stopwatch.GetTimestamp()));
    }

    void Hear(Caller caller)
    {
        Span<byte> message = stackalloc byte[SessionClaim.LengthMax];
        MessageOutcome outcome = caller.Connection.Receive(message, out int length, out SafeFileHandle? given);
        using (given)
        {
            if (outcome != MessageOutcome.Message)
                return;
            string answer = SessionClaim.TryParse(message[..length]) is not { } claim ? "refused: it is no claim"
                : given is null ? "refused: it comes without a terminal"
                : Take(caller, claim, given);
            if (answer.Length > 0)
                caller.Connection.TrySend(System.Text.Encoding.UTF8.GetBytes(answer));
        }
    }

    // Returns what is to be answered; nothing where the keeper answers.
    string Take(Caller caller, SessionClaim claim, SafeFileHandle given)
    {
        using ProcessHandle? held = ProcessHandle.Open(caller.Pid);
        if (held is null || PeerProcess.Find(caller.Pid) is not { } peer)
            return "refused: it is gone";
        OuterTerminal? outer = OuterTerminal.TryOpen(given, out string fault);
        if (outer is null)
            return Refuse(peer, fault);
        bool isKept = false;
        try
        {
            PeerProcess? server = outer.IsPseudo ? peer.FindLoginServer(outer.Index) : null;

            // What was read of a number is that of the process that we hold only while it hasn't ended.
            if (held.WaitForEnd(TimeSpan.Zero))
                return "refused: it is gone";
            var terminal = new ClaimedTerminal(outer.DeviceNumber, outer.Owner, server is not null || !outer.IsPseudo);
            ClaimVerdict verdict = ClaimJudge.Judge(peer, caller.Uid, terminal, FindLive(), out string reason);
            if (verdict != ClaimVerdict.Record)
                return verdict == ClaimVerdict.Nested ? "nested" : Refuse(peer, reason);
            LiveSession session = _start.Start(caller.Connection, peer, claim, outer, server);
            isKept = true;
            _sessions.Add(session);
            _log($"recording {session.Path}");
            return "";
        }
        catch (AuditException exception)
        {
            return Refuse(peer, exception.Message);
        }
        finally
        {
            if (!isKept)
                outer.Dispose();
        }
    }

    string Refuse(PeerProcess peer, string reason)
    {
        _log($"not recorded: pid {peer.Pid}, uid {peer.Uid}, ses {peer.Ses}: {reason}");
        return "refused: " + reason;
    }

    List<LiveTerminals> FindLive()
    {
        _foreign.RemoveAll(foreign => !AppendingFile.IsHeld(foreign.Path));
        return [.. _sessions.Select(session => session.Terminals), .. _foreign.Select(foreign => new LiveTerminals(foreign.Ses, 0, 0))];
    }

    void End(int index)
    {
        LiveSession session = _sessions[index];
        _sessions.RemoveAt(index);
        DetachedProcess.TryReap(session.Keeper.Pid, out int exitCode);
        session.Outer.GiveBack();
        session.Outer.Dispose();
        session.Keeper.Dispose();
        _log(exitCode == 0 ? $"recorded {session.Path}" : $"the keeper of {session.Path} ended with {exitCode}: its end may be missing");
    }

    sealed record Caller(MessageSocket Connection, int Pid, uint Uid, long Since);
}
