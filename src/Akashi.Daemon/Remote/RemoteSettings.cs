using Akashi.Configuration;
using Akashi.Linux.Tls;

namespace Akashi.Daemon.Remote;

/// <summary>What of auditd.conf the receiver goes by.</summary>
/// <param name="Port">tcp_listen_port.</param>
/// <param name="Queue">tcp_listen_queue.</param>
/// <param name="PerAddressMax">tcp_max_per_addr.</param>
/// <param name="Ports">tcp_client_ports.</param>
/// <param name="IdleMax">tcp_client_max_idle; zero for no limit.</param>
/// <param name="Distributes">distribute_network.</param>
/// <param name="OwnNode">The name that this machine's records have; empty for none.</param>
public sealed record RemoteSettings(
    int Port, int Queue, int PerAddressMax, PortRange Ports, TimeSpan IdleMax, bool Distributes, ReadOnlyMemory<byte> OwnNode)
{
    /// <summary>Where what is received goes beside the trail; null where no log is written.</summary>
    public ReceivingPlace? Place { get; init; }

    /// <summary>How hosts are kept apart.</summary>
    public CollectorSettings Collector { get; init; } = new();

    /// <summary>transport = tls: what connections are to go through; null for plain TCP.</summary>
    public TlsContext? Tls { get; init; }

    /// <summary>use_libwrap: what tcp_wrappers' files say of who may connect; null where nobody goes by them.</summary>
    public WrapperGate? Wrappers { get; init; }

    /// <summary>Those of a configuration.</summary>
    public static RemoteSettings Of(AuditdConfiguration configuration, ReadOnlyMemory<byte> ownNode) => new(
        configuration.ListenPort, configuration.ListenQueue, configuration.ConnectionsPerAddressMax, configuration.ClientPorts,
        TimeSpan.FromSeconds(configuration.ClientIdleSecondsMax), configuration.DistributesNetwork, ownNode);
}
