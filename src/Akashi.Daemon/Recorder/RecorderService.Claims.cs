using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>What becomes of claims.</summary>
public sealed partial class RecorderService
{
    readonly List<HeldClaim> _held = [];
    long _unrecordedCount;

    void Add(Caller caller)
    {
        bool isRoom = TryFindRoom(caller.Uid, out int leaving);
        if (!isRoom || leaving >= 0)
        {
            // What came meanwhile is heard first: who has made a claim isn't silent.
            HearReady();
            isRoom = TryFindRoom(caller.Uid, out leaving);
        }

        if (leaving >= 0)
        {
            Caller silent = _callers[leaving];
            _callers.RemoveAt(leaving);
            TurnAway(silent, "too many connections at once, and this one had not made its claim");
        }

        if (isRoom)
            _callers.Add(caller);
        else
            TurnAway(caller, "too many connections at once");
    }

    bool TryFindRoom(uint uid, out int leaving) =>
        CallerRoom.TryFind(uid, [.. _callers.Select(caller => caller.Uid)], [.. _held.Select(claim => claim.Caller.Uid)], out leaving);

    void HearReady()
    {
        for (int index = _callers.Count - 1; index >= 0; index--)
        {
            Caller caller = _callers[index];
            if (!caller.Connection.Wait(TimeSpan.Zero))
                continue;
            _callers.RemoveAt(index);
            Hear(caller);
        }
    }

    // It may have been a login that was to be recorded: it's counted and said. One that is gone is none; nor is a number that another user's process has now.
    void TurnAway(Caller caller, string reason)
    {
        using MessageSocket connection = caller.Connection;
        if (_configuration.Policy != RecordingPolicy.Off && PeerProcess.Find(caller.Pid) is { } peer && peer.EffectiveUid == caller.Uid)
            Say(caller, Refuse(peer, isConsole: false, reason));
    }

    void Hear(Caller caller)
    {
        Span<byte> message = stackalloc byte[SessionClaim.LengthMax];
        MessageOutcome outcome = caller.Connection.Receive(message, out int length, out SafeFileHandle? given);
        SessionClaim? claim = outcome == MessageOutcome.Message ? SessionClaim.TryParse(message[..length]) : null;
        if (claim is not null && given is not null)
        {
            var held = new HeldClaim(caller, claim, given, OuterTerminal.FindDeviceNumber(given));
            if (IsStillRecorded(held))
                _held.Add(held);
            else
                Answer(held);
            return;
        }

        given?.Dispose();
        if (outcome == MessageOutcome.Message)
            Say(caller, claim is null ? "refused: it is no claim" : "refused: it comes without a terminal");
        caller.Connection.Dispose();
    }

    // The number of a terminal is given again at once, and a keeper that has said its last may not have ended: its session isn't the next one's.
    bool IsStillRecorded(HeldClaim claim) => _sessions.Exists(session => session.Terminals.Outer == claim.Terminal);

    void HearHeld()
    {
        for (int index = _held.Count - 1; index >= 0; index--)
        {
            HeldClaim claim = _held[index];
            if (IsStillRecorded(claim) && Stopwatch.GetElapsedTime(claim.Caller.Since) < s_claimTime)
                continue;
            _held.RemoveAt(index);
            Answer(claim);
        }
    }

    void Answer(HeldClaim claim)
    {
        using (claim)
            Say(claim.Caller, Take(claim.Caller, claim.Claim, claim.Given));
    }

    static void Say(Caller caller, string answer)
    {
        if (answer.Length > 0)
            caller.Connection.TrySend(System.Text.Encoding.UTF8.GetBytes(answer));
    }

    // Returns what is to be answered; nothing where the keeper answers.
    string Take(Caller caller, SessionClaim claim, SafeFileHandle given)
    {
        if (_configuration.Policy == RecordingPolicy.Off)
            return "refused: policy = off";
        if (!TryHold(caller, out ProcessHandle? found, out string answer))
            return answer;
        using ProcessHandle held = found;
        if (PeerProcess.Find(caller.Pid) is not { } peer)
            return "refused: it is gone";
        OuterTerminal? outer = OuterTerminal.TryOpen(given, out string fault);
        if (outer is null)
            return Refuse(peer, isConsole: false, fault);
        bool isKept = false;
        try
        {
            PeerProcess? server = outer.IsPseudo ? peer.FindLoginServer(outer.Index) : null;

            // What was read of a number is that of the process that we hold only while it hasn't ended.
            if (held.WaitForEnd(TimeSpan.Zero))
                return "refused: it is gone";
            var terminal = new ClaimedTerminal(outer.DeviceNumber, outer.Owner, server is not null || !outer.IsPseudo, peer.IsAwaitedByLeader());
            ClaimVerdict verdict = ClaimJudge.Judge(peer, caller.Uid, terminal, FindLive(), out string reason);
            if (verdict == ClaimVerdict.Nested)
                return "nested";
            if (verdict == ClaimVerdict.Record)
                reason = FindHindrance(caller, peer, isOwn: terminal.IsLogins);
            if (reason.Length > 0)
                return Refuse(peer, !outer.IsPseudo, reason);
            LiveSession session = _start.Start(caller.Connection, peer, claim, outer, server, _configuration);
            isKept = true;
            _sessions.Add(session);
            TellSync();
            _log($"recording {session.Path}");
            return "";
        }
        catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
        {
            return Refuse(peer, !outer.IsPseudo, exception is AuditException ? exception.Message : FileFault.Describe(exception));
        }
        finally
        {
            if (!isKept)
                outer.Dispose();
        }
    }

    // Without a descriptor left /proc doesn't tell who it is either: what the kernel said of the connection is what's known.
    bool TryHold(Caller caller, [NotNullWhen(true)] out ProcessHandle? held, out string answer)
    {
        held = null;
        answer = "refused: it is gone";
        try
        {
            return (held = ProcessHandle.Open(caller.Pid)) is not null;
        }
        catch (AuditException exception)
        {
            answer = Refuse(UnknownPeer(caller), isConsole: false, exception.Message);
            return false;
        }
    }

    static PeerProcess UnknownPeer(Caller caller) =>
        new(caller.Pid, 0, caller.Uid, caller.Uid, ProcessIdentity.Unset, ProcessIdentity.Unset, 0, 0, "");

    // Nothing where it can be recorded. The throttle is asked last: what isn't started isn't counted.
    string FindHindrance(Caller caller, PeerProcess peer, bool isOwn)
    {
        if (LookAtRoom().Fault is { Length: > 0 } fault)
            return fault;
        if (Stopwatch.GetElapsedTime(caller.Since) > s_startTime)
            return "it was heard too late";

        // Nothing comes from the login side before it has its answer, but its end.
        if (caller.Connection.Wait(TimeSpan.Zero))
            return "the login didn't wait";
        return _starts.TryStart(peer.Uid, isOwn) ? "" : "too many recordings of this user were started in this minute";
    }

    // The login side does as the policy says; the audit trail says what that is.
    string Refuse(PeerProcess peer, bool isConsole, string reason)
    {
        _unrecordedCount++;
        _isTold = false;
        if (_throttle.TrySay(peer.Uid))
        {
            bool goesOn = _configuration.LetsIn(peer.Uid, isConsole, _breakGlass.Find(_configuration.BreakGlassGroup) is { } gid && peer.IsOf(gid));
            uint account = peer.Auid == ProcessIdentity.Unset ? peer.Uid : peer.Auid;
            string user = _accounts.FindUserName(account) ?? "?";
            _audit.Say(RecorderRecords.Unrecorded(goesOn, user, peer.Auid, peer.Ses, peer.Uid, peer.Pid, reason), isSuccess: false);
        }

        return "refused: " + reason;
    }

    List<LiveTerminals> FindLive()
    {
        _foreign.RemoveAll(foreign => !AppendingFile.IsHeld(foreign.Path));
        return [.. _sessions.Select(session => session.Terminals), .. _foreign.Select(foreign => new LiveTerminals(foreign.Ses, 0, 0))];
    }

    // A directory that was moved away is made anew: better there than nowhere.
    RecorderRoom LookAtRoom()
    {
        RecorderRoom room = RecorderRoom.Look(_host.Files, _settings.Directory, _configuration.MinimumFree);
        if (room.Fault.Length == 0 || Directory.Exists(_settings.Directory))
            return room;
        try
        {
            RecordingDirectory.Open(_settings.Directory, _directory.BootId);
            _audit.Say(RecorderRecords.Failed("recordings-missing", _settings.Directory, "it was moved or removed, and made anew"), isSuccess: false);
            return RecorderRoom.Look(_host.Files, _settings.Directory, _configuration.MinimumFree);
        }
        catch (AuditException exception)
        {
            return room with { Fault = exception.Message };
        }
    }

    // Waits for the end of a keeper; its connection and its descriptor are its own.
    sealed record HeldClaim(Caller Caller, SessionClaim Claim, SafeFileHandle Given, int Terminal) : IDisposable
    {
        public void Dispose()
        {
            Given.Dispose();
            Caller.Connection.Dispose();
        }
    }
}
