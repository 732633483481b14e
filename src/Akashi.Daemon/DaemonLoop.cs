using System.Text;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Daemon;

/// <summary>The audit daemon: wires the stages together, in the order in which they must begin and end.</summary>
/// <remarks>
/// <code>
/// begin   open the trail, write DAEMON_START, take the kernel's audit, switch it on, start to receive
/// end     ask who sent the signal, give the kernel back, receive what it still has, write it, write DAEMON_END
/// </code>
/// Disposing ends it too. Not for several threads, but <see cref="Rotate"/>.
/// </remarks>
public sealed class DaemonLoop : IDisposable
{
    const int RingBytes = 1024 * 1024;
    const int StackBytes = 256 * 1024;

    readonly IHost _host;
    readonly MessageRing _ring = new(RingBytes);
    readonly TrailWriter _writer;
    readonly IFlusher _flusher;
    readonly WriteStage _write;
    readonly CancellationTokenSource _receiveEnd = new();
    readonly CancellationTokenSource _writeEnd = new();
    IKernelEvents? _events;
    Thread? _receiver;
    Thread? _recorder;
    bool _isEnded;

    /// <summary>Opens the trail; the kernel isn't touched yet.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="configuration">auditd.conf.</param>
    /// <param name="observers">Told of every group written.</param>
    /// <param name="onRefused">Told when the disk begins to refuse.</param>
    /// <exception cref="TrailException">The trail can't be opened for writing.</exception>
    public DaemonLoop(
        IHost host, AuditdConfiguration configuration, IReadOnlyList<ITrailObserver> observers, Action<TrailException> onRefused)
    {
        _host = host;
        _writer = new TrailWriter(host.Files, configuration.LogFile, configuration.Rotation, observers);
        _flusher = Flushers.Create(configuration.Flush, configuration.FlushFrequencyRecords, _writer);
        Format = configuration.LogFormat;
        _write = new WriteStage(
            _ring, _writer, new RecordText(NodeName(host, configuration)),
            Format == LogFormat.Enriched ? new RecordEnricher(new DeadlineAccounts(host.Accounts), host.Clock) : null,
            OwnRecords.Create(host.Clock), _flusher, host.Clock, onRefused);
    }

    /// <summary>The format of the trail.</summary>
    public LogFormat Format { get; }

    /// <summary>Where new records go.</summary>
    public string TrailPath => _writer.Path;

    /// <summary>The stage that reads the kernel; null before <see cref="Begin"/>.</summary>
    public ReceiveStage? Receive { get; private set; }

    /// <summary>The stage that writes.</summary>
    public WriteStage Write => _write;

    /// <summary>Takes the kernel's audit and records from now on.</summary>
    /// <param name="version">What DAEMON_START says of this program.</param>
    /// <param name="enable">Whether the kernel's audit is switched on.</param>
    /// <exception cref="KernelRequestException">The kernel's audit can't be had; DAEMON_ABORT says so in the trail.</exception>
    public void Begin(string version, bool enable)
    {
        ProcessIdentity self = _host.Process;
        _write.WriteOwn(RecordType.DaemonStart, OwnRecords.Body(
            $"op=start ver={version} format={(Format == LogFormat.Raw ? "raw" : "enriched")} kernel={_host.KernelRelease} auid={self.Auid} pid={self.Pid} uid={self.Uid} ses={self.Session}{Subject(self.Context)} res=success"));
        try
        {
            _events = _host.TakeAuditEvents();
            if (enable)
                Enable();
        }
        catch (KernelRequestException)
        {
            _write.WriteOwn(RecordType.DaemonAbort, OwnRecords.Body(
                $"op=set-pid auid={self.Auid} pid={self.Pid} uid={self.Uid} ses={self.Session}{Subject(self.Context)} res=failed"));
            throw;
        }

        Receive = new ReceiveStage(_events, _ring);
        _recorder = Start("write", () => _write.Run(_writeEnd.Token));
        _receiver = Start("receive", () => Receive.Run(_receiveEnd.Token));
    }

    /// <summary>Any thread: begins a new segment.</summary>
    public void Rotate() => _write.WantRotation();

    /// <summary>Gives the kernel back, writes what it still had, and says the end in the trail.</summary>
    /// <param name="sender">Who asked for the end; null where nobody is known.</param>
    public void End(SignalSender? sender)
    {
        if (_isEnded)
            return;
        _isEnded = true;
        Release();
        StopReceiving();
        _writeEnd.Cancel();
        _ring.WakeConsumer();
        _recorder?.Join();
        if (_events is not null)
            _write.WriteOwn(RecordType.DaemonEnd, EndBody(sender));
    }

    /// <summary>Ends it where it hasn't ended.</summary>
    public void Dispose()
    {
        End(null);
        _flusher.Dispose();
        _writer.Dispose();
        _events?.Dispose();
        _receiveEnd.Dispose();
        _writeEnd.Dispose();
    }

    static ReadOnlyMemory<byte> NodeName(IHost host, AuditdConfiguration configuration) => configuration.NameFormat switch
    {
        NameFormat.HostName => Encoding.UTF8.GetBytes(host.Name),
        NameFormat.User => Encoding.UTF8.GetBytes(configuration.Name),
        _ => default,
    };

    static string Subject(string context) => context.Length == 0 ? "" : " subj=" + context;

    static Thread Start(string name, Action run)
    {
        var thread = new Thread(() => run(), StackBytes) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    byte[] EndBody(SignalSender? sender)
    {
        ProcessIdentity self = _host.Process;
        return sender is { } known
            ? OwnRecords.Body($"op=terminate auid={known.Auid} uid={self.Uid} ses={self.Session} pid={known.Pid}{Subject(known.Context)} res=success")
            : OwnRecords.Body($"op=terminate auid=-1 uid={self.Uid} ses={self.Session} pid=-1 res=success");
    }

    void Enable()
    {
        using IAuditKernel kernel = _host.OpenAuditKernel();
        AuditStatus status = kernel.GetStatus();
        if (status.Enabled == 0)
            kernel.SetStatus(AuditStatusMask.Enabled, status with { Enabled = 1 });
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
