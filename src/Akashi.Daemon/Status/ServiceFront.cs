using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Daemon.Remote;
using Akashi.Daemon.State;
using Akashi.Host;

namespace Akashi.Daemon.Status;

/// <summary>What others see of a running service: the control socket, and the metrics where they are wanted.</summary>
/// <remarks>Whatever can't be opened is said and left out: recording goes on.</remarks>
public sealed class ServiceFront : IDisposable
{
    readonly IHost _host;
    readonly ServicePlace _place;
    readonly Func<ServiceStatus> _describe;
    readonly Func<int, string?>? _restart;
    readonly Func<RemoteReceiver?> _remote;
    readonly ControlServer? _control;
    readonly MetricsServer? _metrics;
    long _metricsWrittenAt;

    /// <summary>Opens what is wanted.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="place">Where.</param>
    /// <param name="logGroup">auditd.conf's log_group, whose members may ask where akashi.conf names no other.</param>
    /// <param name="describe">Any thread: how the service is.</param>
    /// <param name="restart">Has the service start anew in place; null where it can't.</param>
    /// <param name="remote">Any thread: what receives other machines' records; null where nothing does.</param>
    /// <param name="say">Told of what can't be opened.</param>
    public ServiceFront(
        IHost host, ServicePlace place, string logGroup, Func<ServiceStatus> describe, Func<int, string?>? restart, Func<RemoteReceiver?> remote, Action<string> say)
    {
        _host = host;
        _place = place;
        _describe = describe;
        _restart = restart;
        _remote = remote;
        _control = Open(() => OpenControl(logGroup, say), say);
        if (place.Own.MetricsPort != 0)
            _metrics = Open(() => new MetricsServer(place.Own.MetricsPort, () => MetricsText.Write(describe())), say);
    }

    /// <summary>Called each second by the status stage: writes the metrics' file where it is due.</summary>
    /// <exception cref="TrailException">It can't be written.</exception>
    public void Look()
    {
        if (_place.Own.MetricsFile.Length == 0)
            return;
        TimeSpan interval = TimeSpan.FromSeconds(_place.Own.MetricsIntervalSeconds);
        if (_metricsWrittenAt != 0 && _host.Clock.GetElapsedTime(_metricsWrittenAt) < interval)
            return;
        _metricsWrittenAt = _host.Clock.GetTimestamp();
        MetricsFile.Write(_place.Own.MetricsFile, MetricsText.Write(_describe()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _control?.Dispose();
        _metrics?.Dispose();
    }

    static T? Open<T>(Func<T> open, Action<string> say)
        where T : class
    {
        try
        {
            return open();
        }
        catch (AuditException exception)
        {
            say(exception.Message);
            return null;
        }
    }

    ControlServer OpenControl(string logGroup, Action<string> say)
    {
        RunPlace.Make(_host.Files, _place.Directory, isFoundByAll: true);
        string group = _place.Own.ControlGroup.Length > 0 ? _place.Own.ControlGroup : logGroup;
        if (!_host.Accounts.TryFindGroup(group, out uint gid))
        {
            say($"no group '{group}': root alone may ask at {_place.SocketPath}");
            gid = 0;
        }

        return new ControlServer(_place.SocketPath, _host.Process.Uid, gid, Answer, Restart, MakeDesk(say), Forget);
    }

    RecordingDesk MakeDesk(Action<string> say)
    {
        uint gid = 0;
        if (_place.Own.RecordingsGroup is { Length: > 0 } group && !_host.Accounts.TryFindGroup(group, out gid))
            say($"no group '{group}': root alone may look at recordings");
        return new RecordingDesk(_host, new RecordingCatalog(_host), gid, _place.Own.NeedsLookRecord);
    }

    byte[] Restart(int asker)
    {
        if (_restart is null)
            throw new AuditException($"{_place.Program} can't start anew in place");
        return _restart(asker) is { } refusal ? throw new AuditException(refusal) : [];
    }

    RemoteReceiver Receiver => _remote() ?? throw new AuditException($"{_place.Program} receives no other machines' records: tcp_listen_port of auditd.conf has it listen");

    byte[] Forget(string node) => Receiver.TryForget(node) ? [] : throw new AuditException($"no host {node} is known");

    byte[] Answer(ControlQuestion question)
    {
        if (question == ControlQuestion.Status)
            return ServiceStatusText.Write(_describe());
        if (question == ControlQuestion.Hosts)
            return HostListText.Write(Receiver.Hosts);
        using IAuditKernel kernel = _host.OpenAuditKernel();
        return RuleListText.Write(kernel.ListRules());
    }
}
