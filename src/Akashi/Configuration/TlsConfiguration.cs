namespace Akashi.Configuration;

/// <summary>The keys of transport = tls, in auditd.conf and in audisp-remote.conf.</summary>
/// <remarks>
/// Those of a shared key are audit-userspace 4.2's; certificates, and what goes with them, are ours: <c>tls_auth = x509</c>, <c>tls_cert_file</c>, <c>tls_key_file</c>,
/// <c>tls_ca_file</c>, <c>tls_crl_file</c>, <c>tls_server_name</c> (who sends), <c>tls_node_check</c> (who receives).
/// </remarks>
public sealed record TlsConfiguration
{
    /// <summary>tls_auth: x509, not psk.</summary>
    public bool UsesCertificates { get; init; }

    /// <summary>tls_crypto_profile.</summary>
    public TlsProfile Profile { get; init; }

    /// <summary>tls_psk_file: an absolute path; empty for none.</summary>
    public string SharedKeyFile { get; init; } = "";

    /// <summary>tls_psk_identity: who this end says it is, or whom the receiver takes; empty for none.</summary>
    public string Identity { get; init; } = "";

    /// <summary>tls_allowed_clients: an absolute path; empty for none.</summary>
    public string ClientsFile { get; init; } = "";

    /// <summary>tls_cipher_suites; empty for the profile's.</summary>
    public string CipherSuites { get; init; } = "";

    /// <summary>tls_key_exchange; empty for the profile's.</summary>
    public string KeyExchange { get; init; } = "";

    /// <summary>tls_require_pqc.</summary>
    public bool RequiresPqc { get; init; }

    /// <summary>tls_cert_file: this end's certificate and those between it and the authority's, PEM.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>tls_key_file: the certificate's private key, PEM.</summary>
    public string PrivateKeyFile { get; init; } = "";

    /// <summary>tls_ca_file: the certificates of the authorities that the other end's must come from, PEM.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>tls_crl_file: what each of those has revoked, PEM; empty for not looking.</summary>
    public string RevocationFile { get; init; } = "";

    /// <summary>tls_server_name: what the receiver's certificate must be for; empty for remote_server.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>tls_node_check.</summary>
    public NodeCheck NodeCheck { get; init; }

    /// <summary>What of them doesn't fit together, or is missing; null where all is well.</summary>
    /// <param name="receives">Whether they are a receiver's.</param>
    /// <returns>The keyword whose line is the place, and the text.</returns>
    public (string Keyword, string Text)? WhyIncomplete(bool receives)
    {
        if (UsesCertificates)
            return CertificateFile.Length == 0 ? ("tls_auth", "tls_auth = x509 needs tls_cert_file")
                : PrivateKeyFile.Length == 0 ? ("tls_auth", "tls_auth = x509 needs tls_key_file")
                : AuthorityFile.Length == 0 ? ("tls_auth", "tls_auth = x509 needs tls_ca_file")
                : null;
        if (!receives)
            return SharedKeyFile.Length == 0 ? ("transport", "transport = tls needs tls_psk_file, or tls_auth = x509 with its files")
                : Identity.Length == 0 ? ("tls_psk_file", "tls_psk_file needs tls_psk_identity")
                : null;
        bool hasKey = SharedKeyFile.Length > 0, hasClients = ClientsFile.Length > 0;
        return !hasKey && !hasClients ? ("transport", "transport = tls needs tls_psk_file or tls_allowed_clients, or tls_auth = x509 with its files")
            : hasKey && Identity.Length == 0 && !hasClients ? ("tls_psk_file", "tls_psk_file needs tls_psk_identity or tls_allowed_clients")
            : null;
    }
}

/// <summary>tls_node_check: what becomes of a record whose node's name is not its sender's.</summary>
public enum NodeCheck
{
    /// <summary>It gets its sender's.</summary>
    Rename,

    /// <summary>It's refused.</summary>
    Refuse,

    /// <summary>It keeps its name, and its sender's is written behind it.</summary>
    No,
}
