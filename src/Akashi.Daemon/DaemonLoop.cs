using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Dispatch;
using Akashi.Daemon.Origins;
using Akashi.Diagnostics;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Daemon;

/// <summary>The audit daemon: wires the stages together, in the order in which they must begin and end.</summary>
/// <remarks>
/// <code>
/// begin   open the trail, write DAEMON_START, take the kernel's audit, switch it on, start to receive
/// end     give the kernel back, receive what it still has, write it, write DAEMON_END
/// </code>
/// Disposing ends it too. Not for several threads; what signals ask for is in DaemonLoop.Signals.cs.
/// </remarks>
public sealed partial class DaemonLoop : IDisposable
{
    const int RingBytes = 1024 * 1024;
    const int StackBytes = 256 * 1024;

    readonly IHost _host;
    readonly DaemonSurroundings _surroundings;
    readonly IReadOnlyList<ITrailObserver> _observers;
    readonly MessageRing _ring = new(RingBytes);
    readonly OwnRecords _own;
    readonly OwnBodies _bodies;
    readonly WriteStage _write;
    readonly DeadlineAccounts _accounts;
    readonly CancellationTokenSource _receiveEnd = new();
    readonly CancellationTokenSource _writeEnd = new();
    AuditdConfiguration _configuration;
    AkashiConfiguration _keys;
    IKernelEvents? _events;
    Thread? _receiver;
    Thread? _recorder;
    bool _isBegun;
    volatile bool _isEnded;

    /// <summary>Opens the trail; the kernel isn't touched yet.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="configuration">auditd.conf.</param>
    /// <param name="observers">Told of every group written.</param>
    /// <param name="surroundings">Whom it tells, and what it may do to the machine.</param>
    /// <exception cref="TrailException">The trail can't be opened for writing.</exception>
    /// <exception cref="AuditException">The node's name isn't to be had.</exception>
    public DaemonLoop(
        IHost host, AuditdConfiguration configuration, IReadOnlyList<ITrailObserver> observers, DaemonSurroundings surroundings)
    {
        _host = host;
        _surroundings = surroundings;
        _observers = observers;
        _configuration = configuration;
        _keys = surroundings.Place?.Own ?? new AkashiConfiguration();
        _accounts = new DeadlineAccounts(host.Accounts);
        _own = OwnRecords.Create(host.Clock);
        _bodies = new OwnBodies(host.Process);
        var ledger = new DiskLedger();
        RecordText text = MakeText(configuration);
        _write = new WriteStage(_ring, text, MakeEnricher(configuration), _own, MakeSink(configuration, text, ledger), ledger, host.Clock);
    }

    /// <summary>The format of the trail.</summary>
    public LogFormat Format => _configuration.LogFormat;

    /// <summary>Where new records go.</summary>
    public string TrailPath => _configuration.LogFile;

    /// <summary>The stage that reads the kernel; null before <see cref="Begin"/>, and where the kernel isn't read.</summary>
    public ReceiveStage? Receive { get; private set; }

    /// <summary>The stage that writes.</summary>
    public WriteStage Write => _write;

    /// <summary>Takes the kernel's audit and records from now on.</summary>
    /// <param name="version">What DAEMON_START says of this program.</param>
    /// <param name="enable">Whether the kernel's audit is switched on or off; immutable rules (2) leave it as it is.</param>
    /// <exception cref="KernelRequestException">The kernel's audit can't be had; DAEMON_ABORT says so in the trail.</exception>
    /// <param name="handover">What the program that this process was before left at a planned restart: the kernel's audit is ours already.</param>
    public void Begin(string version, EnableState enable, RestartHandover? handover = null)
    {
        _version = version;
        bool isContinued = handover is not null && TryContinue(handover);
        RecoverReceived();
        LookBack();
        _write.Dispatcher = MakeDispatcher(_configuration, ReadPlugins(_configuration, out _));
        if (isContinued)
            _write.WriteOwn(RecordType.DaemonConfig, _bodies.Restarted(version, Format, _host.KernelRelease));
        else
            _write.WriteOwn(RecordType.DaemonStart, _bodies.Start(version, Format, _host.KernelRelease));
        OpenRemote();
        if (_configuration.HasLocalEvents && !isContinued)
            TakeKernel(enable);
        if (_configuration.Actions.Any(pair => pair.Action.Kind == LogActionKind.Halt))
            _surroundings.Actions.Wall("the audit daemon is configured to halt this machine when it can't record");
        _isBegun = true;
        _recorder = Start("write", () => _write.Run(_writeEnd.Token));
        if (_events is not null)
        {
            Receive = new ReceiveStage(_events, _ring);
            StartReceiving();
        }

        BeginStatus();
    }

    /// <summary>Gives the kernel back, writes what it still had, and says the end in the trail.</summary>
    /// <param name="sender">Who asked for the end; null where nobody is known.</param>
    public void End(SignalSender? sender)
    {
        if (_isEnded)
            return;
        _isEnded = true;
        CloseRemote(saysEnding: true);
        Release();
        StopReceiving();
        _writeEnd.Cancel();
        _ring.WakeConsumer();
        _recorder?.Join();
        if (!_isBegun)
            return;
        EndStatus();
        _write.WriteOwn(RecordType.DaemonEnd, _bodies.End(sender));
        LeaveMark(isEnded: true);
    }

    /// <summary>Ends it where it hasn't ended; plugins get the last record before they end.</summary>
    public void Dispose()
    {
        End(null);
        _write.Dispatcher?.Dispose();
        _write.Sink.Dispose();
        _write.Change(enricher: null);
        _events?.Dispose();
        _receiveEnd.Dispose();
        _writeEnd.Dispose();
    }

    void StartReceiving() => _receiver = Start("receive", () => Receive!.Run(_receiveEnd.Token));

    static Thread Start(string name, Action run)
    {
        var thread = new Thread(() => run(), StackBytes) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    RecordText MakeText(AuditdConfiguration configuration) => new(NodeName.Find(_host, configuration));

    RecordEnricher? MakeEnricher(AuditdConfiguration configuration) => configuration.LogFormat == LogFormat.Enriched
        ? new RecordEnricher(_accounts, _host.Clock, OriginEnricher.For(_host, _keys.EnrichesParent, _keys.EnrichesUnit))
        : null;

    // What is wrong is said, and left out.
    IReadOnlyList<PluginConfiguration> ReadPlugins(AuditdConfiguration configuration, out bool isRight)
    {
        isRight = true;
        if (_surroundings.PluginDirectory is not { } beside)
            return [];
        var diagnostics = new DiagnosticBag();
        IReadOnlyList<PluginConfiguration> plugins = PluginDirectory.Read(_host.Files, configuration.PluginDirectory ?? beside, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            _surroundings.Say(diagnostic.ToString());
        isRight = !diagnostics.HasErrors;
        return plugins;
    }

    Dispatcher? MakeDispatcher(AuditdConfiguration configuration, IReadOnlyList<PluginConfiguration> plugins) =>
        plugins.Count == 0 ? null : new Dispatcher(_host.Files, configuration, plugins, _surroundings);

    IGroupSink MakeSink(AuditdConfiguration configuration, RecordText text, DiskLedger ledger)
    {
        if (_surroundings.Output is not null || !configuration.WritesLogs)
            return new StreamSink(_surroundings.Output, ledger);
        uint? readers = FindReaders(configuration);
        if (readers is { } group)
            LogDirectory.OpenTo(_host.Files, configuration.LogFile, group);
        var writer = new TrailWriter(_host.Files, configuration.LogFile, configuration.Rotation, _observers, readers);
        var sink = new TrailSink(
            configuration, writer, new OwnLines(text, _own), ledger, _surroundings, _host.Clock, action => _write.Post(action));
        sink.Follow(MakeCalendar(configuration));
        sink.Pack(_host.Files, _keys);
        return sink;
    }

    uint? FindReaders(AuditdConfiguration configuration) =>
        configuration.LogGroup != "root" && _host.Accounts.TryFindGroup(configuration.LogGroup, out uint gid) ? gid : null;

    RotationCalendar? MakeCalendar(AuditdConfiguration configuration)
    {
        if (_keys.RotateEveryHours == 0)
            return null;
        if (configuration.Rotation.SegmentsMax < 2)
            _surroundings.Say("rotate_every does nothing while num_logs is below 2");
        return new RotationCalendar(_host.LocalTime, _keys.RotateEveryHours);
    }

    void TakeKernel(EnableState enable)
    {
        string operation = "set-pid";
        try
        {
            _events = _host.TakeAuditEvents();
            operation = "set-enable";
            Switch(enable);
        }
        catch (KernelRequestException)
        {
            _write.WriteOwn(RecordType.DaemonAbort, _bodies.Abort(operation));
            throw;
        }
    }

    void Switch(EnableState enable)
    {
        if (enable == EnableState.NoChange)
            return;
        uint wanted = enable == EnableState.Enable ? 1u : 0u;
        using IAuditKernel kernel = _host.OpenAuditKernel();
        AuditStatus status = kernel.GetStatus();
        if (status.Enabled != wanted && status.Enabled != 2)
            kernel.SetStatus(AuditStatusMask.Enabled, status with { Enabled = wanted });
    }

    void Release()
    {
        try
        {
            _events?.Release();
        }
        catch (KernelRequestException)
        {
            // Another process owns the kernel's audit by now: there is nothing left to give back.
            _receiveEnd.Cancel();
        }
    }

    // A source that has been released says Closed once it is dry; a hung one is not waited for.
    void StopReceiving()
    {
        if (_receiver is null)
            return;
        _events!.Wake();
        if (!_receiver.Join(TimeSpan.FromSeconds(5)))
        {
            _receiveEnd.Cancel();
            _events.Wake();
            _receiver.Join();
        }
    }
}
