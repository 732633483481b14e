namespace Akashi.Configuration;

/// <summary>transport of auditd.conf.</summary>
public enum RemoteTransport
{
    /// <summary>Plain.</summary>
    Tcp,

    /// <summary>TLS 1.3, with certificates or a key known to both.</summary>
    Tls,

    /// <summary>Kerberos.</summary>
    Krb5,
}

/// <summary>tls_crypto_profile of auditd.conf.</summary>
public enum TlsProfile
{
    /// <summary>Classic and hybrid key exchange.</summary>
    Compatible,

    /// <summary>What the machine's policy says.</summary>
    System,

    /// <summary>Hybrid key exchange alone.</summary>
    Pqc,
}

/// <summary>The ports a client may come from: tcp_client_ports of auditd.conf.</summary>
/// <param name="First">The first, 1 to 65535; 0 for any.</param>
/// <param name="Last">The last.</param>
public readonly record struct PortRange(int First, int Last);
