using System.Diagnostics;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Linux.Processes;
using Akashi.Linux.Terminals;

namespace Akashi.Daemon.Recorder;

/// <summary>Sessions from their beginning to their end, over services that come and go; and what is told of all that.</summary>
public sealed partial class RecorderService
{
    readonly DateTimeOffset _since;
    long _lastTick;
    long _recordedCount;
    bool _isTold;
    bool _wasLow;

    // Sessions that a service before began: those that have ended since get their terminal back now.
    void Adopt()
    {
        foreach (SessionNote note in _notes.ReadAll())
        {
            OuterTerminal? outer = OuterTerminal.TryRestore(note.OuterPath, note.Terminals.Outer, note.KeeperUid, note.Before);
            ProcessHandle? keeper = ProcessHandle.Open(note.Keeper.Pid);
            if (keeper is not null && note.Keeper.IsAlive)
            {
                _sessions.Add(new LiveSession(keeper, note.KeeperUid, outer, note.Terminals, note.Path, note.User));
                continue;
            }

            keeper?.Dispose();
            outer?.GiveBack(note.KeeperUid);
            outer?.Dispose();
            _notes.Remove(note.Keeper.Pid);
        }
    }

    void End(int index)
    {
        LiveSession session = _sessions[index];
        _sessions.RemoveAt(index);
        DetachedProcess.TryReap(session.Keeper.Pid, out int exitCode);
        session.Outer?.GiveBack(session.KeeperUid);
        session.Outer?.Dispose();
        session.Keeper.Dispose();
        _notes.Remove(session.Keeper.Pid);
        if (exitCode == UnwaitedExitCode)
            SayUnwaited(session);
        else
            _recordedCount++;
        TellSync();
        _upkeep.Look();
        _log(exitCode == 0 ? $"recorded {session.Path}"
            : exitCode == UnwaitedExitCode ? $"the login of {session.Path} didn't wait: it isn't recorded"
            : $"the keeper of {session.Path} ended with {exitCode}: its end may be missing");
    }

    // It wasn't recorded: the file has a header and no end, and the upkeep says so in it.
    void SayUnwaited(LiveSession session)
    {
        _unrecordedCount++;
        _audit.Say(RecorderRecords.Failed("session-unrecorded", Path.GetFileName(session.Path), "the login didn't wait"), isSuccess: false);
    }

    void TellSync()
    {
        _livePaths = [.. _sessions.Select(session => session.Path), .. _foreign.Select(foreign => foreign.Path)];
        _isTold = false;
    }

    void Begin()
    {
        _audit.Start();
        if (_memory.FindAway(out DateTimeOffset from, out bool wasOrderly, out bool isOtherBoot) is { } until)
        {
            bool isWaiting = _isSocketKept && IsSocketOlderThan(from);
            if (!(wasOrderly && isWaiting && until - from < s_waitTime && !isOtherBoot))
                _audit.Say(RecorderRecords.Away(from, until, wasOrderly, isWaiting), isSuccess: isOtherBoot && wasOrderly);
        }

        _audit.Say(RecorderRecords.Service("recorder-start", LiveCount), isSuccess: true);
        if (TerminalFault.Length > 0)
            _audit.Say(RecorderRecords.Failed("tty-auditing-on", "akashi-recorder", TerminalFault), isSuccess: false);
        _upkeep.Start();
        _sync.Start();
        Tell(isEnded: false);
    }

    // One that systemd made anew was gone meanwhile: nobody could wait there.
    bool IsSocketOlderThan(DateTimeOffset time)
    {
        try
        {
            return File.GetLastWriteTimeUtc(_settings.SocketPath) <= time.UtcDateTime;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    void Finish()
    {
        foreach ((uint uid, long count) in _throttle.TakeCounted(isEnd: true))
            _audit.Say(RecorderRecords.MoreUnrecorded(count, uid), isSuccess: false);
        _audit.Say(RecorderRecords.Service("recorder-stop", LiveCount), isSuccess: true);
        Tell(isEnded: true);
    }

    void Tick()
    {
        TimeSpan since = Stopwatch.GetElapsedTime(_lastTick);
        if (since < s_soon || (_isTold && since < s_tick))
            return;
        foreach ((uint uid, long count) in _throttle.TakeCounted())
            _audit.Say(RecorderRecords.MoreUnrecorded(count, uid), isSuccess: false);
        FindLive();
        _breakGlass.Ask(_configuration.BreakGlassGroup);
        Tell(isEnded: false);
    }

    void Tell(bool isEnded)
    {
        RecorderRoom room = LookAtRoom();
        bool isLow = room.Fault.Length > 0;
        if (isLow != _wasLow)
            _audit.Say(RecorderRecords.Room(isLow, room.Space.FreeBytes, room.LimitBytes), isSuccess: !isLow);
        _wasLow = isLow;
        (long finished, long withGaps, long missing) = _upkeep.Counts;
        _memory.Write(isEnded, new RecorderStatus
        {
            Pid = Environment.ProcessId,
            Since = _since,
            Seen = _host.Clock.GetUtcNow(),
            IsEnded = isEnded,
            Policy = _configuration.Policy.ToString().ToLowerInvariant(),
            Live = LiveCount,
            Recorded = Math.Max(_recordedCount, finished),
            Unrecorded = _unrecordedCount,
            WithGaps = withGaps,
            MissingBytes = missing,
            Unsaid = _audit.WaitingCount,
            DiskBytes = room.Space.Bytes,
            FreeBytes = room.Space.FreeBytes,
            FreeBytesMin = room.LimitBytes,
            Fault = room.Fault,
            TerminalFault = TerminalFault,
            ConfigurationFaults = ConfigurationFaultCount,
        });
        (_isTold, _lastTick) = (true, Stopwatch.GetTimestamp());
    }
}
