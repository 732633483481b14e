using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>What signals ask the running daemon for.</summary>
/// <remarks>Each call returns when it is done, but for <see cref="Rotate"/> and <see cref="Resume"/>, which the write stage does when it comes to them.</remarks>
public sealed partial class DaemonLoop
{
    static readonly TimeSpan s_changeTimeout = TimeSpan.FromSeconds(30);

    string _version = "";

    /// <summary>SIGUSR1: begins a new segment.</summary>
    public void Rotate(SignalSender? sender)
    {
        _remote?.Rotate();
        RotateTrail(sender);
    }

    void RotateTrail(SignalSender? sender) => _write.Post(() =>
    {
        _write.WriteOut();
        (_write.Sink as TrailSink)?.Rotate();
        _write.WriteOwn(RecordType.DaemonRotate, _bodies.Rotate(sender));
    });

    /// <summary>SIGUSR2: writes again after a suspension.</summary>
    public void Resume(SignalSender? sender) => _write.Post(() =>
    {
        (_write.Sink as TrailSink)?.Resume();
        _write.Dispatcher?.Resume();
        _write.WriteOwn(RecordType.DaemonResume, _bodies.Resume(sender));
    });

    /// <summary>SIGHUP with a file that is right: goes on with it.</summary>
    /// <remarks>
    /// In the documented order: general values, plugins, the log file, what is done about room. Where a plugin's file is wrong the plugins stay as they were. Where the new log can't be opened everything stays as
    /// it was. Whether the kernel is read (local_events) can't be changed while it runs.
    /// </remarks>
    /// <returns>Null; or why nothing was changed.</returns>
    public string? Reconfigure(AuditdConfiguration configuration, SignalSender? sender)
    {
        if (configuration.HasLocalEvents != _configuration.HasLocalEvents)
        {
            _surroundings.Say("local_events holds from the next start on");
            configuration = configuration with { HasLocalEvents = _configuration.HasLocalEvents };
        }

        string? refusal = null;
        RecordText? text = TryMakeText(configuration, ref refusal);
        IReadOnlyList<PluginConfiguration>? plugins = ReadPlugins(configuration, out bool isRight);
        if (!isRight)
        {
            plugins = null;
            _surroundings.Say("the plugins stay as they were");
        }

        // Not disposed: a write stage that comes late still sets it.
        var done = new ManualResetEventSlim();
        _write.Post(() =>
        {
            refusal ??= Change(configuration, text!, plugins);
            _write.WriteOwn(RecordType.DaemonConfig, _bodies.Reconfigure(sender, isChanged: refusal is null));
            done.Set();
        });
        if (!done.Wait(s_changeTimeout))
            return "the disk does not answer";
        if (refusal is null)
            ChangeRemote();
        return refusal;
    }

    /// <summary>SIGHUP with a file that is wrong: says that nothing was changed.</summary>
    public void RefuseConfiguration(SignalSender? sender) =>
        _write.Post(() => _write.WriteOwn(RecordType.DaemonConfig, _bodies.Reconfigure(sender, isChanged: false)));

    /// <summary>SIGCONT: how the daemon is, as lines of <c>label = value</c>.</summary>
    public string DescribeState() => DaemonStateText.Write(_host, _version, _configuration, _write, Receive, _remote);

    RecordText? TryMakeText(AuditdConfiguration configuration, ref string? refusal)
    {
        try
        {
            return MakeText(configuration);
        }
        catch (AuditException exception)
        {
            refusal = exception.Message;
            return null;
        }
    }

    // Never two generations of a plugin at once: the old ones end before the new ones start, and records wait meanwhile.
    void Exchange(AuditdConfiguration configuration, IReadOnlyList<PluginConfiguration> plugins)
    {
        _write.Losses.Ledger.Add(LossSource.Queue, _write.Dispatcher?.TakeRest() ?? 0);
        _write.Dispatcher?.Dispose();
        _write.Dispatcher = null;
        _write.Dispatcher = MakeDispatcher(configuration, plugins);
    }

    // The new log is open before the old one goes.
    string? Change(AuditdConfiguration configuration, RecordText text, IReadOnlyList<PluginConfiguration>? plugins)
    {
        try
        {
            _write.WriteOut();
            IGroupSink sink = MakeSink(configuration, text, _write.Disk);
            if (plugins is not null)
                Exchange(configuration, plugins);
            _write.Change(text, MakeEnricher(configuration), sink).Dispose();
            _configuration = configuration;
            return null;
        }
        catch (TrailException exception)
        {
            return exception.Message;
        }
    }
}
