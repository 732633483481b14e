namespace Akashi.Remote;

/// <summary>Records of TLS that are told from messages of ours by their first bytes, RFC 8446 sections 5.1 and 6.</summary>
public static class TlsAlert
{
    /// <summary>A fatal alert: this version of the protocol isn't spoken here. A sender without TLS gets it from a port with TLS.</summary>
    public static ReadOnlySpan<byte> ProtocolVersion => [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46];

    /// <summary>Whether bytes begin an alert.</summary>
    public static bool IsAlert(ReadOnlySpan<byte> bytes) => bytes is [0x15, 0x03, ..];

    /// <summary>Whether bytes begin, or may begin, a handshake.</summary>
    public static bool IsHandshake(ReadOnlySpan<byte> bytes) => bytes is [0x16] or [0x16, 0x03, ..];
}
