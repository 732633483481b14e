using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.Losses;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>What the daemon knows of itself: what is missing, how much comes, what it leaves for the next.</summary>
public sealed partial class DaemonLoop
{
    readonly RateSampler _rates = new();
    static readonly TimeSpan s_kernelPatience = TimeSpan.FromSeconds(1);

    readonly Lock _statusGate = new();
    readonly ManualResetEventSlim _kernelAsked = new();
    StatusStage? _status;
    ServiceFront? _front;
    RecordingMarkFile? _marks;
    TrailRoom _room = new();
    AuditStatus? _kernel;
    DateTimeOffset _since;
    long _sinceTimestamp;
    long _overrunsSeen;
    long _refusedSeen;

    /// <summary>Any thread: how the service is.</summary>
    public ServiceStatus Describe()
    {
        // The kernel may take seconds to answer when much is going on: whoever asks us gets what it said last.
        _kernelAsked.Wait(s_kernelPatience);
        lock (_statusGate)
        {
            var trail = _write.Sink as TrailSink;
            return new ServiceStatus
            {
                Program = _surroundings.Place?.Program ?? "",
                Version = _version,
                Build = _surroundings.Place?.Build ?? "",
                Pid = (int)_host.Process.Pid,
                Since = _since,
                Now = _host.Clock.GetUtcNow(),
                ReadsKernel = _events is not null,
                TrailPath = trail is null ? "" : _configuration.LogFile,
                IsSuspended = trail?.IsSuspended == true,
                HasDiskError = trail?.HasDiskError == true,
                ReceivedRecords = Receive?.Received ?? 0,
                Events = _write.Losses.Gaps.Events,
                WrittenRecords = _write.Written,
                WrittenBytes = _write.WrittenBytes,
                LastWritten = _write.LastWritten,
                Rates = _rates.Rates(),
                Stalls = Receive?.Stalls ?? 0,
                Faults = Receive?.Faults ?? 0,
                NamesLate = _accounts.Late,
                NamesHang = _accounts.IsHanging,
                RestartsRefused = Interlocked.Read(ref _restartsRefused),
                Losses = ListLosses(),
                Absence = FindAbsence(),
                Room = _room,
                Plugins = _write.Dispatcher?.Describe() ?? [],
                UnservedKeys = UnservedKeys(),
                SilentHosts = [.. _remote?.Hosts.Where(host => host.IsSilent).Select(host => host.Node).Take(ServiceStatus.SilentHostsMax) ?? []],
                CertificateEnd = _remote is null ? null : _tls?.CertificateEnd,
                Kernel = _kernel,
            };
        }
    }

    /// <summary>SIGHUP: goes on with another akashi.conf.</summary>
    public void Reconfigure(AkashiConfiguration own)
    {
        if (_surroundings.Place is null)
            return;
        _keys = own;
        SayWhatRawLeavesOut();
        _write.Post(() =>
        {
            _write.Change(MakeEnricher(_configuration));
            if (_write.Sink is not TrailSink trail)
                return;
            trail.Follow(MakeCalendar(_configuration));
            trail.Pack(_host.Files, own);
        });
        _front?.Dispose();
        OpenFront(_surroundings.Place);
        ChangeRemote();
    }

    void SayWhatRawLeavesOut()
    {
        if (_keys is not { EnrichesParent: false, EnrichesUnit: false } && Format != LogFormat.Enriched)
            _surroundings.Say("enrich_parent and enrich_unit do nothing while log_format is not ENRICHED");
    }

    void BeginStatus()
    {
        if (_absence is { IsCounted: false })
            _write.Post(() => SayAbsence(0));
        if (_surroundings.Place is { } place)
            OpenFront(place);
        SayWhatRawLeavesOut();
        StartStatus();
    }

    void StartStatus()
    {
        _status = new StatusStage(
            [TakeRates, CountSocketAndDisk, AskKernel, () => _front?.Look()],
            [LookAtOwner, LookAtLost, LookAtRoom, () => LeaveMark(isEnded: false), () => _remote?.KeepHosts()], _surroundings.Say);
        _status.Start();
    }

    void OpenFront(ServicePlace place) =>
        _front = new ServiceFront(_host, place with { Own = _keys }, _configuration.LogGroup, Describe, _surroundings.Restart, () => _remote, _surroundings.Say);

    // The write stage has ended: its part is ours.
    void EndStatus()
    {
        _front?.Dispose();
        _status?.Dispose();
        CountSocketAndDisk();
        _write.Losses.Gaps.CountAll();
        SayAbsence(0);
        _write.Losses.Ledger.Add(LossSource.Queue, _write.Dispatcher?.TakeRest() ?? 0);
        _write.SayLosses();
    }

    void TakeRates()
    {
        lock (_statusGate)
            _rates.Take(_host.Clock.GetElapsedTime(_sinceTimestamp), _write.Losses.Gaps.Events, _write.WrittenBytes);
    }

    void LookAtLost()
    {
        if (_kernel is { } kernel)
            _write.Losses.Kernel.Look(kernel.Lost);
    }

    void LookAtRoom()
    {
        TrailRoom room = _write.Sink is TrailSink ? TrailRoomLook.Take(_host.Files, _configuration) : new TrailRoom();
        lock (_statusGate)
            _room = room;
    }

    void LookAtOwner()
    {
        if (_kernel is { } now && _events is not null && !_isEnded && now.Pid != (uint)_host.Process.Pid)
            throw new AuditException(now.Pid == 0 ? "nobody owns the kernel's audit any more: nothing is recorded" : $"process {now.Pid} owns the kernel's audit now: nothing is recorded");
    }

    void CountSocketAndDisk()
    {
        long overruns = Receive?.Overruns ?? 0;
        _write.Losses.Ledger.Add(LossSource.Socket, overruns - _overrunsSeen);
        _overrunsSeen = overruns;
        long refused = _write.Disk.RefusedRecords;
        _write.Losses.Ledger.AddSaid(LossSource.Disk, refused - _refusedSeen);
        _refusedSeen = refused;
    }

    void LeaveMark(bool isEnded)
    {
        if (_marks is null)
            return;
        IReadOnlyList<LossSaying> unsaid =
            [.. ListLosses().Where(loss => loss.Unsaid > 0).Select(loss => new LossSaying(loss.Source, loss.Unsaid, IsLate: false))];
        var mark = new RecordingMark(
            ProcessMark.Self, FindBootId(), _host.Clock.GetUtcNow(), _write.Losses.Gaps.Highest, isEnded, unsaid);
        try
        {
            _marks.Write(mark);
        }
        catch (TrailException exception) when (isEnded)
        {
            _surroundings.Say(exception.Message);
        }
    }

    IReadOnlyList<LossCount> ListLosses()
    {
        var losses = Enum.GetValues<LossSource>().Select(_write.Losses.Ledger.Of).ToList();
        int disk = (int)LossSource.Disk;
        losses[disk] = losses[disk] with { Unsaid = losses[disk].Unsaid + _write.Disk.UnsaidRecords };
        long queued = _write.Dispatcher?.UnsaidRecords ?? 0;
        int queue = (int)LossSource.Queue;
        losses[queue] = losses[queue] with { Count = losses[queue].Count + queued, Unsaid = losses[queue].Unsaid + queued };
        return losses;
    }

    void AskKernel()
    {
        AuditStatus? answer = null;
        try
        {
            using IAuditKernel kernel = _host.OpenAuditKernel();
            answer = kernel.GetStatus();
        }
        catch (KernelRequestException)
        {
            // Not known, then.
        }

        lock (_statusGate)
            _kernel = answer;
        _kernelAsked.Set();
    }
}
