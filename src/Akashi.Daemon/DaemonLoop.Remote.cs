using Akashi.Configuration;
using Akashi.Daemon.Remote;
using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Records of other machines.</summary>
public sealed partial class DaemonLoop
{
    const string DeniedHostsFile = "/etc/hosts.deny";

    RemoteReceiver? _remote;
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

    // tcp_wrappers' rules aren't read: nobody is to be let in whom they keep out.
    bool ServesMachines()
    {
        if (!_configuration.ServesMachines)
            return false;
        if (!_configuration.UsesTcpWrappers || !HasRules(DeniedHostsFile))
            return true;
        _surroundings.Say(
            $"remote not served yet with use_libwrap = yes where {DeniedHostsFile} has rules: records of other machines are not received; " +
            "use_libwrap = no does without those rules");
        return false;
    }

    static bool HasRules(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadLines(path).Any(line => line.AsSpan().Trim() is [not '#', ..]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    void BeginRemote(AuditdConfiguration configuration)
    {
        _remote = new RemoteReceiver(_write, _host.Clock, SettingsOf(configuration), _surroundings.Say);
        _remote.Begin();
    }

    RemoteSettings SettingsOf(AuditdConfiguration configuration)
    {
        _tls = configuration.Transport == RemoteTransport.Tls ? TlsOpening.Open(_host.Files, configuration.Tls, receives: true, _surroundings.Say) : null;
        return RemoteSettings.Of(configuration, NodeName.Find(_host, configuration)) with { Tls = _tls };
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
            return RemoteSettings.Of(_configuration, NodeName.Find(_host, _configuration)) with { Tls = former };
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
        _remote?.Dispose();
        _remote = null;
    }
}
