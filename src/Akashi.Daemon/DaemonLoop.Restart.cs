using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>The planned restart: this process becomes the program anew, and the kernel notices nothing.</summary>
/// <remarks>
/// <code>
/// catch up  what came during a restart before this one is read
/// flush     the disk has what was written
/// hush      whatever asks the kernel ends
/// pause     receiving stops with nothing taken and not handed on; what comes stays in the socket (256 MB now), then in the kernel's backlog
/// drain     the ring is written; plugins get all of it and end; losses are said
/// become    execve(2) with the socket's descriptor and what is known of missing numbers
/// continue  the new program reads on from the same socket
/// </code>
/// Where a step fails, the steps before it are taken back and this program goes on.
/// </remarks>
public sealed partial class DaemonLoop
{
    static readonly TimeSpan s_restartTimeout = TimeSpan.FromSeconds(30);

    long _restartsRefused;

    /// <summary>Has this process become another program; returns only where that failed, with the daemon running as before.</summary>
    /// <param name="sender">Who asked.</param>
    /// <param name="become">Given what is to be handed over (but signals and directory), becomes the program; returns why it can't.</param>
    /// <returns>Why it failed.</returns>
    public string Restart(SignalSender? sender, Func<RestartHandover, string> become)
    {
        string refusal = TryRestart(sender, become);
        Interlocked.Increment(ref _restartsRefused);
        return refusal;
    }

    string TryRestart(SignalSender? sender, Func<RestartHandover, string> become)
    {
        if (_events is { } source && !SpinWait.SpinUntil(() => !source.IsBehind, s_restartTimeout))
            return "what came while nobody read is not all read yet";
        if (!TryDo(Flush))
            return "the disk does not answer";
        string refusal = EndAsking() ? DrainAndBecome(sender, become) : "the kernel does not answer";
        ChangeRemote();
        if (_surroundings.Place is { } place)
            OpenFront(place);
        StartStatus();
        return refusal;
    }

    // The kernel has whoever asks it something sleep while its backlog is over the limit (audit_receive: backlog_wait_time, uninterruptible). Where nobody
    // reads any more, that is all of that time, and execve(2) waits for every thread: so all that asks has ended before receiving stops.
    bool EndAsking()
    {
        _front?.Dispose();
        return _status?.TryEnd(s_restartTimeout) != false;
    }

    string DrainAndBecome(SignalSender? sender, Func<RestartHandover, string> become)
    {
        int? descriptor = _events?.SetOutlivesExec(true);
        if (_events is not null && descriptor is null)
            return "this source of records can't be handed over";
        CloseRemote(saysEnding: false);
        string refusal = Drain() ? Become(sender, descriptor, become) : "records come faster than the disk takes them";
        _events?.SetOutlivesExec(false);
        return refusal;
    }

    bool Drain()
    {
        if (Receive is null)
            return true;
        Receive.Pause();
        if (_receiver!.Join(s_restartTimeout) && SpinWait.SpinUntil(() => _ring.IsEmpty, s_restartTimeout))
            return true;
        GoOnReceiving();
        return false;
    }

    string Become(SignalSender? sender, int? descriptor, Func<RestartHandover, string> become)
    {
        IReadOnlyList<PluginConfiguration> plugins = ReadPlugins(_configuration, out _);
        string refusal = "the disk does not answer";
        if (TryDo(() => WriteLast(sender)))
        {
            LeaveMark(isEnded: true);
            refusal = become(new RestartHandover
            {
                Descriptor = descriptor,
                Lost = _write.Losses.Kernel.Last,
                Highest = _write.Losses.Gaps.Highest,
                Ranges = _write.Losses.Gaps.ListAwaited(),
            });
        }

        _write.Post(() =>
        {
            _write.Dispatcher ??= MakeDispatcher(_configuration, plugins);
            _write.WriteOwn(RecordType.DaemonConfig, _bodies.Restart(sender, "no-change", isDone: false));
        });
        GoOnReceiving();
        return refusal;
    }

    // Before receiving stops: the disk may take its time.
    void Flush()
    {
        _write.WriteOut();
        (_write.Sink as TrailSink)?.Flush();
    }

    // By the write stage. The trail stays open: it ends with this program, and goes on where that fails.
    void WriteLast(SignalSender? sender)
    {
        _write.WriteOwn(RecordType.DaemonConfig, _bodies.Restart(sender, "begun", isDone: true));
        CountSocketAndDisk();
        _write.Losses.Ledger.Add(LossSource.Queue, _write.Dispatcher?.TakeRest() ?? 0);
        _write.SayLosses();
        _write.Dispatcher?.Dispose();
        _write.Dispatcher = null;
    }

    // A pause that came too late may find the thread running still.
    void GoOnReceiving()
    {
        if (Receive is null)
            return;
        Receive.Unpause();
        if (_receiver!.Join(TimeSpan.Zero))
            StartReceiving();
    }

    bool TryDo(Action action)
    {
        // Not disposed: a write stage that comes late still sets it.
        var done = new ManualResetEventSlim();
        _write.Post(() =>
        {
            action();
            done.Set();
        });
        return done.Wait(s_restartTimeout);
    }

    // Before the first message is received.
    bool TryContinue(RestartHandover handover)
    {
        try
        {
            if (handover.Descriptor is { } descriptor)
                _events = _host.AdoptAuditEvents(descriptor);
        }
        catch (KernelRequestException exception)
        {
            _surroundings.Say(exception.Message);
            return false;
        }

        if (handover.Highest is { } highest)
            _write.Losses.Gaps.Continue(highest, handover.Ranges);
        if (handover.Lost is { } lost)
            _write.Losses.Kernel.Look(lost);
        return true;
    }
}
