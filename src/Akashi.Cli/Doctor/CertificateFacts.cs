using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Remote;
using Akashi.Setup;

namespace Akashi.Cli.Doctor;

/// <summary>The certificates that auditd.conf and audisp-remote.conf name, where records go through TLS.</summary>
/// <param name="host">The machine.</param>
sealed class CertificateFacts(IHost host)
{
    /// <summary>Adds them to what is known.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        List<(string, DateTimeOffset)> found = [];
        List<string> refusals = [];
        if (facts.Configuration is { ListensForMachines: true, Transport: RemoteTransport.Tls } receiving)
            Look(receiving.Tls, found, refusals);
        if (ReadSending() is { Transport: RemoteTransport.Tls } sending)
            Look(sending.Tls, found, refusals);
        return facts with { Certificates = found, CertificateRefusals = refusals };
    }

    // A file that isn't there, or can't be used, is the sender's own to speak of.
    RemoteConfiguration? ReadSending()
    {
        if (host.Files.KindOf(RemoteConfiguration.DefaultPath) == FileKind.Missing)
            return null;
        var faults = new DiagnosticBag();
        RemoteConfiguration read = RemoteConfigurationFile.Read(host.Files, RemoteConfiguration.DefaultPath, faults);
        return faults.HasErrors ? null : read;
    }

    void Look(TlsConfiguration keys, List<(string, DateTimeOffset)> found, List<string> refusals)
    {
        if (!keys.UsesCertificates)
            return;
        try
        {
            // Authorities of others may be many in a file, and the first of them nobody's here.
            foreach (string path in keys.AuthorityFile switch
            {
                RemoteKeyFiles.Authority => (string[])[RemoteKeyFiles.Authority, RemoteKeyFiles.FormerAuthority],
                RemoteKeyFiles.SenderAuthority => [RemoteKeyFiles.SenderAuthority],
                _ => [],
            })
            {
                if (host.Files.KindOf(path) != FileKind.Missing)
                    found.Add((path, TlsCertificate.ReadEnd(path)));
            }

            found.Add((keys.CertificateFile, TlsCertificate.ReadEnd(keys.CertificateFile)));
            if (keys.RevocationFile.Length > 0)
                found.Add((keys.RevocationFile, TlsCertificate.ReadListEnd(keys.RevocationFile)));
        }
        catch (AuditException exception)
        {
            refusals.Add(exception.Message);
        }
    }
}
