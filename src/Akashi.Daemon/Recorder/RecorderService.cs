using System.Diagnostics;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Recorder;

/// <summary>The recorder service: takes claims of logins, starts a keeper for each, gives terminals back. No byte of a session passes through it.</summary>
/// <remarks>
/// One thread, one poll(2) loop. Nobody is waited for: who connects has two seconds to say what for; names that don't come in time are numbers. What may take long is done by
/// threads of their own: audit records, what becomes of finished recordings, bringing to the disk.
/// </remarks>
public sealed partial class RecorderService : IDisposable
{
    /// <summary>What a keeper ends with whose login side was gone before it could be told that it's recorded.</summary>
    public const int UnwaitedExitCode = 3;

    static readonly TimeSpan s_claimTime = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_tick = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    // So long a login waits for its answer.
    static readonly TimeSpan s_waitTime = TimeSpan.FromSeconds(5);

    // After that it isn't begun with: the keeper's start is to come in that time too.
    static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(4);

    readonly IHost _host;
    readonly RecorderSettings _settings;
    readonly Action<string> _log;
    readonly MessageSocket _socket;
    readonly bool _isSocketKept;
    readonly RecordingDirectory _directory;
    readonly DeadlineAccounts _accounts;
    readonly SessionNotes _notes;
    readonly SessionStart _start;
    readonly RecorderAudit _audit;
    readonly RecordingUpkeep _upkeep;
    readonly RecordingSync _sync;
    readonly RecorderMemory _memory;
    readonly RefusalThrottle _throttle;
    readonly StartThrottle _starts;
    readonly BreakGlassGroup _breakGlass;
    readonly WaitList _waits = new();
    readonly List<Caller> _callers = [];
    readonly List<LiveSession> _sessions = [];
    readonly List<(string Path, uint Ses)> _foreign;
    volatile bool _isStopped;
    volatile RecorderConfiguration _configuration;
    volatile IReadOnlyList<string> _livePaths = [];
    volatile RecorderConfiguration? _next;

    RecorderService(
        IHost host, RecorderSettings settings, RecorderConfiguration configuration, RecordingDirectory directory, MessageSocket socket, bool isSocketKept,
        Action<string> log)
    {
        (_host, _settings, _configuration, _directory, _socket, _isSocketKept, _log) = (host, settings, configuration, directory, socket, isSocketKept, log);
        uint terminalGroup = host.Accounts.TryFindGroup("tty", out uint gid) ? gid : 0;
        _notes = new SessionNotes(host.Files, settings.Places.Sessions, log);
        _accounts = new DeadlineAccounts(host.Accounts);
        _since = host.Clock.GetUtcNow();
        _start = new SessionStart(host, _accounts, settings, directory, terminalGroup, _notes);
        _audit = new RecorderAudit(host.OpenAuditKernel, host.Clock, Path.Combine(settings.Places.State, "unsaid"), log);
        _upkeep = new RecordingUpkeep(host, settings.Directory, Path.Combine(settings.Places.State, "finished"), () => _configuration, _audit, log);
        _sync = new RecordingSync(host.Files, () => _configuration.SyncSeconds, () => _livePaths, log);
        _memory = new RecorderMemory(host, settings, directory.BootId, log);
        _throttle = new RefusalThrottle(host.Clock);
        _starts = new StartThrottle(host.Clock);
        _breakGlass = new BreakGlassGroup(host.Accounts);
        _breakGlass.Ask(configuration.BreakGlassGroup);
        Adopt();
        _foreign = [.. directory.FindLive().Where(found => !_sessions.Any(session => session.Path == found.Path))];
        TellSync();
    }

    /// <summary>Sessions that are recorded now, also those that a service before began.</summary>
    public int LiveCount => _sessions.Count + _foreign.Count;

    /// <summary>Why the kernel logs what is typed (TTY auditing); empty where it doesn't.</summary>
    public string TerminalFault { get; init; } = "";

    /// <summary>Lines of the configuration that are wrong.</summary>
    public int ConfigurationFaultCount { get; set; }

    /// <summary>Begins to listen.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="settings">What it works with.</param>
    /// <param name="configuration">What recorder.conf says.</param>
    /// <param name="kept">A socket that the service manager listens at for us, at the settings' path; null to make one.</param>
    /// <param name="terminalFault">See <see cref="TerminalFault"/>.</param>
    /// <param name="log">Told what happens, a line each; from several threads.</param>
    /// <exception cref="AuditException">A directory or the socket can't be had.</exception>
    public static RecorderService Open(
        IHost host, RecorderSettings settings, RecorderConfiguration configuration, MessageSocket? kept, string terminalFault, Action<string> log)
    {
        string bootId = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        RecordingDirectory directory = RecordingDirectory.Open(settings.Directory, bootId);
        RecordingDirectory.Open(settings.Places.State, bootId);
        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        MessageSocket socket = kept ?? MessageSocket.Listen(settings.SocketPath, Everybody);
        return new RecorderService(host, settings, configuration, directory, socket, kept is not null, log) { TerminalFault = terminalFault };
    }

    /// <summary>Serves until <see cref="Stop"/>; sessions go on after it.</summary>
    public void Run()
    {
        Begin();
        bool isDrained = false;
        while (!_isStopped || _callers.Count + _held.Count > 0)
        {
            if (_isStopped && !isDrained)
                isDrained = Drain();
            Serve();
        }

        Finish();
    }

    /// <summary>Ends <see cref="Run"/>; from any thread. Who has connected is served before.</summary>
    public void Stop()
    {
        _isStopped = true;
        _waits.Wake();
    }

    /// <summary>Has the audit trail say what stands in a file of its own already; from any thread.</summary>
    /// <param name="fields">What is to be known: <c>op=… name=value …</c>, ASCII.</param>
    public void SayNoted(string fields) => _audit.SayNoted(fields);

    /// <summary>Has the audit trail, and the log, say that copies were not noted; from any thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="reason">Why.</param>
    public void SayUnnoted(long count, string reason) => _audit.Say(RecorderRecords.Unnoted(count, reason), isSuccess: false);

    /// <summary>Goes on by another configuration; from any thread.</summary>
    public void Change(RecorderConfiguration configuration)
    {
        _next = configuration;
        _waits.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upkeep.Dispose();
        _sync.Dispose();
        _audit.Dispose();
        _socket.Dispose();
        _waits.Dispose();
        foreach (Caller caller in _callers)
            caller.Connection.Dispose();
        foreach (HeldClaim claim in _held)
            claim.Dispose();
        foreach (LiveSession session in _sessions)
        {
            session.Keeper.Dispose();
            session.Outer?.Dispose();
        }
    }

    void Serve()
    {
        _waits.Clear();
        int? socket = _isStopped ? null : _waits.Watch(_socket);
        int[] callers = [.. _callers.Select(caller => _waits.Watch(caller.Connection))];
        int[] keepers = [.. _sessions.Select(session => _waits.Watch(session.Keeper))];
        _waits.TryWait(TimeLeft());
        if (_next is { } next)
        {
            _next = null;
            _configuration = next;
            _breakGlass.Ask(next.BreakGlassGroup, isAnew: true);
        }

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
            Hear(caller);
        }

        HearHeld();

        // Without a descriptor left, who waits can't be accepted and stays: no reason to spin.
        if (socket is { } listening && _waits.IsReady(listening) && !Accept())
            Thread.Sleep(s_rest);
        Tick();
    }

    // Nobody else serves those who wait at a socket of our own; a kept one is the next service's.
    bool Drain()
    {
        while (!_isSocketKept && Accept())
        {
        }

        return true;
    }

    TimeSpan TimeLeft()
    {
        TimeSpan left = _isTold ? s_tick : s_soon;
        foreach (Caller caller in _callers.Concat(_held.Select(claim => claim.Caller)))
        {
            TimeSpan callers = s_claimTime - Stopwatch.GetElapsedTime(caller.Since);
            left = callers < left ? callers : left;
        }

        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    bool Accept()
    {
        if (_socket.Accept() is not { } connection)
            return false;
        if (connection.TryFindPeer(out int pid, out uint uid))
            Add(new Caller(connection, pid, uid, Stopwatch.GetTimestamp()));
        else
            connection.Dispose();
        return true;
    }

    sealed record Caller(MessageSocket Connection, int Pid, uint Uid, long Since);
}
