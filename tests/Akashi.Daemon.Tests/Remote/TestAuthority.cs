using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akashi.Configuration;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>An authority of a test's own, made by .NET: certificates, keys and lists of what is revoked, as files.</summary>
sealed class TestAuthority : IDisposable
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    readonly TemporaryFolder _folder = new();
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly X509Certificate2 _certificate;
    readonly CertificateRevocationListBuilder _revoked = new();
    int _count;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(s_now.AddYears(-1), s_now.AddYears(1));
        File.WriteAllText(Path, _certificate.ExportCertificatePem());
    }

    /// <summary>Its certificate.</summary>
    public string Path => _folder["authority.pem"];

    /// <summary>A place for another file.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The configuration of an end with a certificate for a name.</summary>
    public TlsConfiguration Issue(string name, double fromDays = -1, double toDays = 30, bool isRevoked = false, bool isSelfSigned = false, string? uri = null, bool isCommonName = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={(isCommonName ? name : "somebody")}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (uri is not null)
            names.AddUri(new Uri(uri));
        else
            names.AddDnsName(name);
        if (!isCommonName)
            request.CertificateExtensions.Add(names.Build());
        byte[] serial = [1, (byte)_count];
        using X509Certificate2 certificate = isSelfSigned
            ? request.CreateSelfSigned(s_now.AddDays(fromDays), s_now.AddDays(toDays))
            : request.Create(_certificate, s_now.AddDays(fromDays), s_now.AddDays(toDays), serial);
        if (isRevoked)
            _revoked.AddEntry(serial, s_now.AddHours(-1));
        string stem = $"{_count++}";
        File.WriteAllText(_folder[stem + ".crt"], certificate.ExportCertificatePem());
        WriteSecret(stem + ".key", key.ExportPkcs8PrivateKeyPem());
        return new TlsConfiguration { UsesCertificates = true, CertificateFile = _folder[stem + ".crt"], PrivateKeyFile = _folder[stem + ".key"], AuthorityFile = Path };
    }

    /// <summary>Writes the list of what is revoked so far.</summary>
    public string List(double untilDays = 1)
    {
        string path = _folder[$"{_count++}.crl"];
        byte[] list = _revoked.Build(_certificate, 1, s_now.AddDays(untilDays), HashAlgorithmName.SHA256, thisUpdate: s_now.AddDays(-2));
        File.WriteAllText(path, PemEncoding.WriteString("X509 CRL", list));
        return path;
    }

    /// <summary>Writes a file that only its owner reads.</summary>
    public string WriteSecret(string name, string text)
    {
        string path = _folder[name];
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
