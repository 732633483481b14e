using static Akashi.Configuration.KeywordGrammars;

namespace Akashi.Configuration;

/// <summary>The keywords of transport = tls that auditd.conf and audisp-remote.conf both have.</summary>
static class TlsKeywords
{
    /// <summary>How the ends know each other.</summary>
    /// <param name="change">Changes the part of a configuration.</param>
    /// <param name="identityNote">What tls_psk_identity is for.</param>
    public static Keyword<TConfiguration>[] OfKeys<TConfiguration>(Func<TConfiguration, Func<TlsConfiguration, TlsConfiguration>, TConfiguration> change, string identityNote) =>
    [
        new Keyword<TConfiguration, bool>("tls_auth", Words(("psk", false), ("x509", true)), "psk", "x509: certificates, ours", (all, value) => change(all, tls => tls with { UsesCertificates = value })),
        new Keyword<TConfiguration, TlsProfile>(
            "tls_crypto_profile", Words(("compatible", TlsProfile.Compatible), ("system", TlsProfile.System), ("pqc", TlsProfile.Pqc)), "compatible", "",
            (all, value) => change(all, tls => tls with { Profile = value })),
        new Keyword<TConfiguration, string>("tls_psk_file", AbsolutePath, null, "a key of 64 hexadecimal digits or more, 0600, root's", (all, value) => change(all, tls => tls with { SharedKeyFile = value })),
        new Keyword<TConfiguration, string>("tls_psk_identity", Text, null, identityNote, (all, value) => change(all, tls => tls with { Identity = value })),
    ];

    /// <summary>What is agreed on, and certificates.</summary>
    /// <param name="change">Changes the part of a configuration.</param>
    public static Keyword<TConfiguration>[] OfCertificates<TConfiguration>(Func<TConfiguration, Func<TlsConfiguration, TlsConfiguration>, TConfiguration> change) =>
    [
        new Keyword<TConfiguration, string>("tls_cipher_suites", Text, null, "no line: the profile's", (all, value) => change(all, tls => tls with { CipherSuites = value })),
        new Keyword<TConfiguration, string>("tls_key_exchange", Text, null, "no line: the profile's", (all, value) => change(all, tls => tls with { KeyExchange = value })),
        new Keyword<TConfiguration, bool>("tls_require_pqc", YesNo, "no", "with tls_crypto_profile = pqc alone", (all, value) => change(all, tls => tls with { RequiresPqc = value })),
        new Keyword<TConfiguration, string>("tls_cert_file", AbsolutePath, null, "ours: the certificate and those between, PEM", (all, value) => change(all, tls => tls with { CertificateFile = value })),
        new Keyword<TConfiguration, string>("tls_key_file", AbsolutePath, null, "ours: its private key, PEM, 0600, root's", (all, value) => change(all, tls => tls with { PrivateKeyFile = value })),
        new Keyword<TConfiguration, string>("tls_ca_file", AbsolutePath, null, "ours: whom the other end's certificate must come from, PEM", (all, value) => change(all, tls => tls with { AuthorityFile = value })),
        new Keyword<TConfiguration, string>("tls_crl_file", AbsolutePath, null, "ours: what they revoked, PEM; no line: not looked at", (all, value) => change(all, tls => tls with { RevocationFile = value })),
    ];
}
