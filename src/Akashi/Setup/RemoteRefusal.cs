using System.Globalization;

namespace Akashi.Setup;

/// <summary>What mends it where a receiver doesn't take this machine's records.</summary>
public static class RemoteRefusal
{
    /// <summary>The port of the original.</summary>
    public const int PortDefault = 60;

    // What OpenSSL calls the alerts by which a receiver refuses a certificate, or that none was shown.
    static readonly string[] s_ofCertificate = ["alert certificate revoked", "alert certificate expired", "alert unknown ca", "alert certificate required", "alert bad certificate"];

    /// <summary>The command, or the place to look at.</summary>
    /// <param name="refusal">Why, as the sender says it.</param>
    /// <param name="server">The receiver.</param>
    /// <param name="port">Its port.</param>
    public static string Mend(string refusal, string server, int port)
    {
        const string CertificateHere = "akashi setup remote --to HOST --certificates FILE";
        string issued = $"on {server}: akashi setup remote --issue NAME; here: {CertificateHere.Replace("HOST", server, StringComparison.Ordinal)}";
        return Has("temporary failure in name resolution") ? $"getent hosts {server} asks again; /etc/resolv.conf says whom, /etc/hosts can have {server} itself"
            : refusal.StartsWith("cannot find ", StringComparison.Ordinal) ? $"is {server} spelled right? This machine's /etc/hosts and its name servers (getent hosts {server}) don't know it"
            : Has("certificate is refused: it is for ") ? $"--to as the certificate says it, or on {server}: akashi setup remote --receive --make-certificates --name {server}"
            : Has("tcp_max_per_addr") ? $"tcp_max_per_addr = 2 on {server}, if audisp-remote of this machine is connected already; or: akashi setup remote --receive there"
            : Has("certificate is refused: certificate has expired") ? $"on {server}: akashi setup remote --receive --make-certificates"
            : Has("takes TLS alone") || Has("certificate is refused: ") || s_ofCertificate.Any(Has) ? issued
            : refusal.StartsWith("TLS", StringComparison.Ordinal) ? "/etc/audit/audisp-remote.conf names certificates and keys; docs/remote.md says what both ends need"
            : Has("disk") ? $"on {server}: akashi status"
            : string.Create(CultureInfo.InvariantCulture, $"on {server}: akashi setup remote --receive{(port == PortDefault ? "" : $" --port {port}")}");

        bool Has(string words) => refusal.Contains(words, StringComparison.Ordinal);
    }
}
