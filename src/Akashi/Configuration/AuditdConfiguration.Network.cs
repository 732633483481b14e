namespace Akashi.Configuration;

/// <summary>How records of other machines are received.</summary>
public sealed partial record AuditdConfiguration
{
    /// <summary>tcp_listen_port: 1 to 65535; 0 for none.</summary>
    public int ListenPort { get; init; }

    /// <summary>tcp_listen_queue: connections that wait to be accepted.</summary>
    public int ListenQueue { get; init; } = 5;

    /// <summary>tcp_max_per_addr: connections of one address, 1 to 1024.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 1;

    /// <summary>tcp_client_ports.</summary>
    public PortRange ClientPorts { get; init; }

    /// <summary>tcp_client_max_idle: seconds, 0 for no limit.</summary>
    public int ClientIdleSecondsMax { get; init; }

    /// <summary>use_libwrap.</summary>
    public bool UsesTcpWrappers { get; init; } = true;

    /// <summary>transport.</summary>
    public RemoteTransport Transport { get; init; }

    /// <summary>krb5_principal.</summary>
    public string Krb5Principal { get; init; } = "auditd";

    /// <summary>krb5_key_file: an absolute path.</summary>
    public string Krb5KeyFile { get; init; } = "/etc/audit/audit.key";

    /// <summary>The keys of transport = tls.</summary>
    public TlsConfiguration Tls { get; init; } = new();

    /// <summary>Whether other machines are to be received.</summary>
    public bool ListensForMachines => ListenPort != 0;

    /// <summary>Whether they are: Kerberos isn't served.</summary>
    public bool ServesMachines => ListensForMachines && Transport != RemoteTransport.Krb5;
}
