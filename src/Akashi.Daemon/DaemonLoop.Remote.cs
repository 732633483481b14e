using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Remote;
using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Records of other machines.</summary>
public sealed partial class DaemonLoop
{
    RemoteReceiver? _remote;
    WrapperGate? _gate;
    TlsContext? _tls;

    /// <summary>The stage that receives other machines; null where the configuration has none.</summary>
    public RemoteReceiver? Remote => _remote;

    // Before the kernel is taken: a port that isn't to be had ends the start.
    void OpenRemote()
    {
        if (!ServesMachines())
            return;
        try
        {
            BeginRemote(_configuration);
        }
        catch (AuditException)
        {
            _write.WriteOwn(RecordType.DaemonAbort, _bodies.Abort("network-init"));
            throw;
        }
    }

    /// <summary>Keys of the configuration that are active and not served.</summary>
    IReadOnlyList<string> UnservedKeys() =>
        !_configuration.ListensForMachines ? []
        : !_configuration.ServesMachines ? ["transport"]
        : _remote is null ? ["use_libwrap"]
        : [];

    // Nobody is to be let in by rules that can't be gone by.
    bool ServesMachines()
    {
        _gate = _configuration.UsesTcpWrappers ? new WrapperGate(_host.OpenTcpWrappers, new WrapperFiles(), _host.Clock, _surroundings.Say) : null;
        if (!_configuration.ServesMachines)
            return false;
        if (_gate?.FindRefusal() is not { } refusal)
            return true;
        _surroundings.Say($"records of other machines are not received: {refusal}");
        return false;
    }

    void BeginRemote(AuditdConfiguration configuration)
    {
        _remote = new RemoteReceiver(_write, _host.Clock, SettingsOf(configuration), _surroundings.Say);
        _remote.Begin();
    }

    RemoteSettings SettingsOf(AuditdConfiguration configuration)
    {
        _tls = configuration.Transport == RemoteTransport.Tls ? TlsOpening.Open(_host.Files, configuration.Tls, receives: true, _surroundings.Say) : null;
        return SettingsWith(configuration, _tls);
    }

    RemoteSettings SettingsWith(AuditdConfiguration configuration, TlsContext? tls)
    {
        bool hasLogs = _surroundings.Output is null && configuration.WritesLogs;
        return RemoteSettings.Of(configuration, NodeName.Find(_host, configuration)) with
        {
            Tls = tls,
            Wrappers = _gate,
            Collector = CollectorSettings.Of(_keys, hasLogs),
            Place = hasLogs ? new ReceivingPlace(_host.Files, configuration, FindReaders(configuration)) : null,
        };
    }

    // Before anything is written: what a killed service had under way is finished.
    void RecoverReceived()
    {
        if (_write.Sink is not TrailSink)
            return;
        string? fault = ReceivedJournal.Recover(_host.Files, _configuration.LogFile, _surroundings.Say);

        // The receiver opens it too, and says what follows from it.
        if (fault is not null && !_configuration.ServesMachines)
            _surroundings.Say(fault);
    }

    void KeepHosts()
    {
        try
        {
            _remote?.KeepHosts();
        }
        catch (TrailException exception)
        {
            _surroundings.Say(exception.Message);
        }
    }

    // Certificates that can't be used are no reason to stop receiving with those that can.
    RemoteSettings ChangedSettings()
    {
        TlsContext? former = _tls;
        try
        {
            return SettingsOf(_configuration);
        }
        catch (AuditException exception) when (former is not null)
        {
            _surroundings.Say($"{exception.Message}; what TLS went by before is kept");
            _tls = former;
            return SettingsWith(_configuration, former);
        }
    }

    // After a reconfiguration that was done, or a planned restart that wasn't.
    void ChangeRemote()
    {
        try
        {
            if (!ServesMachines())
                CloseRemote(saysEnding: true);
            else if (_remote is null)
                BeginRemote(_configuration);
            else
                _remote.Reconfigure(ChangedSettings());
        }
        catch (AuditException exception)
        {
            CloseRemote(saysEnding: false);
            _surroundings.Say($"{exception.Message}; records of other machines are not received");
        }
    }

    void CloseRemote(bool saysEnding)
    {
        _remote?.End(saysEnding);
        KeepHosts();
        _remote?.Dispose();
        _remote = null;
    }
}
