namespace Akashi.Remote;

/// <summary>Why what another machine sent is refused.</summary>
public enum RemoteFault
{
    /// <summary>It isn't.</summary>
    None,

    /// <summary>A message begins like a header and has another magic number.</summary>
    Magic,

    /// <summary>A version that is not known.</summary>
    Version,

    /// <summary>A message or a line longer than a record can be.</summary>
    TooLong,

    /// <summary>A type that only a receiver sends, or an unknown one.</summary>
    Type,

    /// <summary>The text is no record.</summary>
    NoRecord,

    /// <summary>The name of the node is none, or has bytes that no name has.</summary>
    NodeName,

    /// <summary>The record says that it is of the receiving machine.</summary>
    OwnNode,

    /// <summary>The connection ended within a message or a line.</summary>
    Cut,

    /// <summary>A client of TLS at a port without.</summary>
    Tls,

    /// <summary>A client without TLS at a port with it.</summary>
    TlsPlain,

    /// <summary>The handshake took too long.</summary>
    TlsTimeout,

    /// <summary>The connection ended within the handshake.</summary>
    TlsCut,

    /// <summary>Another version than TLS 1.3.</summary>
    TlsVersion,

    /// <summary>No certificate was shown.</summary>
    TlsNoCertificate,

    /// <summary>The certificate comes from nobody that is known, or from itself.</summary>
    TlsUntrusted,

    /// <summary>The certificate has expired.</summary>
    TlsExpired,

    /// <summary>The certificate isn't valid yet.</summary>
    TlsNotYetValid,

    /// <summary>The certificate was revoked.</summary>
    TlsRevoked,

    /// <summary>Whether it was revoked isn't known: tls_crl_file has none of its authority's, or an old one.</summary>
    TlsNoRevocations,

    /// <summary>The certificate is for something else.</summary>
    TlsPurpose,

    /// <summary>The certificate is for nobody who may connect.</summary>
    TlsName,

    /// <summary>No identity was told.</summary>
    TlsNoSharedKey,

    /// <summary>The identity isn't one that may connect.</summary>
    TlsIdentity,

    /// <summary>The key isn't the identity's.</summary>
    TlsSharedKey,

    /// <summary>The other side refuses this one.</summary>
    TlsRefused,

    /// <summary>The handshake failed otherwise.</summary>
    TlsHandshake,

    /// <summary>The record says that it is of another machine than its sender.</summary>
    NodeForged,

    /// <summary>A pack that can't be unpacked, holds more than it may, or wasn't agreed on.</summary>
    Pack,

    /// <summary>The connection ended before anything was sent.</summary>
    Silent,
}

/// <summary>The word of a fault, as the trail has it behind <c>reason=</c>.</summary>
public static class RemoteFaultWords
{
    /// <summary>The word.</summary>
    public static string Of(RemoteFault fault) => fault switch
    {
        RemoteFault.None => "none",
        RemoteFault.Magic => "magic",
        RemoteFault.Version => "version",
        RemoteFault.TooLong => "too-long",
        RemoteFault.Type => "type",
        RemoteFault.NoRecord => "no-record",
        RemoteFault.NodeName => "node-name",
        RemoteFault.OwnNode => "own-node",
        RemoteFault.Cut => "cut",
        RemoteFault.Tls => "tls",
        RemoteFault.TlsPlain => "tls-plain",
        RemoteFault.TlsTimeout => "tls-timeout",
        RemoteFault.TlsCut => "tls-cut",
        RemoteFault.TlsVersion => "tls-version",
        RemoteFault.TlsNoCertificate => "tls-no-certificate",
        RemoteFault.TlsUntrusted => "tls-untrusted",
        RemoteFault.TlsExpired => "tls-expired",
        RemoteFault.TlsNotYetValid => "tls-not-yet-valid",
        RemoteFault.TlsRevoked => "tls-revoked",
        RemoteFault.TlsNoRevocations => "tls-no-crl",
        RemoteFault.TlsPurpose => "tls-purpose",
        RemoteFault.TlsName => "tls-name",
        RemoteFault.TlsNoSharedKey => "tls-no-psk",
        RemoteFault.TlsIdentity => "tls-identity",
        RemoteFault.TlsSharedKey => "tls-psk",
        RemoteFault.TlsRefused => "tls-refused",
        RemoteFault.TlsHandshake => "tls-handshake",
        RemoteFault.NodeForged => "node-forged",
        RemoteFault.Pack => "pack",
        RemoteFault.Silent => "silent",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault"),
    };
}
