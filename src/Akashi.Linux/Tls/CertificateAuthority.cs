using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akashi.Host;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Tls;

/// <summary>A small authority of certificates for the machines of remote logging: ECDSA with P-256 and SHA-256, everything as PEM text.</summary>
/// <remarks>
/// It lasts ten years and makes no other authorities; a certificate of it lasts two years, at most until its own end, and holds from an hour before, as clocks differ. Serial numbers are
/// 126 random bits. .NET's own code, which calls the machine's OpenSSL.
/// </remarks>
public sealed partial class CertificateAuthority : IDisposable
{
    const int AuthorityYears = 10;
    const int CertificateDays = 730;
    const int SerialBytes = 16;
    const string CertificateLabel = "CERTIFICATE";
    const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    readonly X509Certificate2 _certificate;

    CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Its certificate.</summary>
    public string Certificate => _certificate.ExportCertificatePem() + "\n";

    /// <summary>When it ends.</summary>
    public DateTimeOffset End => _certificate.NotAfter;

    /// <summary>A new private key.</summary>
    /// <exception cref="AuditException">The machine has no OpenSSL 3.</exception>
    public static string MakeKey()
    {
        RequireLibrary();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Makes one.</summary>
    /// <param name="name">What it's called in its certificate.</param>
    /// <param name="key">Its private key.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="AuditException">That is no private key.</exception>
    public static CertificateAuthority Make(string name, string key, DateTimeOffset now)
    {
        using ECDsa own = ReadKey(key);
        var request = new CertificateRequest(Subject(name), own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new CertificateAuthority(request.CreateSelfSigned(now - s_before, now.AddYears(AuthorityYears)));
    }

    /// <summary>Takes one that was made before.</summary>
    /// <exception cref="AuditException">These are no certificate and its key.</exception>
    public static CertificateAuthority Open(string certificate, string key)
    {
        RequireLibrary();
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPem(certificate, key));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new AuditException($"these are no certificate and its key: {exception.Message}");
        }
    }

    /// <summary>Makes a certificate.</summary>
    /// <param name="names">Whom it's for: names and addresses; the first is its subject too.</param>
    /// <param name="key">The private key that it's of.</param>
    /// <param name="isReceivers">Whether it may be a receiver's too, not a sender's alone.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="AuditException">That is no private key, or the authority has ended.</exception>
    public string Issue(IReadOnlyList<string> names, string key, bool isReceivers, DateTimeOffset now)
    {
        if (now >= End)
            throw new AuditException($"the authority has ended, at {End:yyyy-MM-dd}");
        using ECDsa own = ReadKey(key);
        var request = new CertificateRequest(Subject(names[0]), own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        OidCollection purposes = [new Oid(ClientPurpose)];
        if (isReceivers)
            purposes.Add(new Oid(ServerPurpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        DateTimeOffset begin = now - s_before, end = now.AddDays(CertificateDays);
        using X509Certificate2 made = request.Create(_certificate, begin < _certificate.NotBefore ? _certificate.NotBefore : begin, end < End ? end : End, MakeSerial());
        return made.ExportCertificatePem() + "\n";
    }

    /// <summary>The parts of a text that somebody carries from one machine to another: a certificate, its key, and the certificates of authorities, in whatever order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">Its private key.</param>
    /// <param name="authority">The authorities' certificates: two, while one follows another.</param>
    /// <returns>Null where these are there, and the certificate is of the key and of one of the authorities; else what is wrong.</returns>
    public static string? Split(string text, out string certificate, out string key, out string authority)
    {
        certificate = key = authority = "";
        List<string> authorities = [];
        RequireLibrary();
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            string part = rest[fields.Location].ToString() + "\n";
            if (rest[fields.Label] is not CertificateLabel)
                key = part;
            else if (IsAuthority(part))
                authorities.Add(part);
            else
                certificate = part;
        }

        authority = string.Concat(authorities);
        if (certificate.Length == 0 || key.Length == 0 || authority.Length == 0)
            return $"it has no {(certificate.Length == 0 ? "certificate of a machine" : key.Length == 0 ? "private key" : "certificate of an authority")}";
        try
        {
            using X509Certificate2 own = X509Certificate2.CreateFromPem(certificate, key);
            return authorities.Exists(one => IsOf(own, one)) ? null : "its certificate is of another authority than the one in it";
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return $"its certificate and its key don't belong together: {exception.Message}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    static bool IsOf(X509Certificate2 certificate, string authority)
    {
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(authority);
        return CertificateSignature.IsOf(certificate, issuer);
    }

    static bool IsAuthority(string certificate)
    {
        try
        {
            // An extension is read when it's asked, and may be none then.
            using X509Certificate2? read = TryRead(certificate);
            return read?.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority) == true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    static X509Certificate2? TryRead(ReadOnlySpan<char> certificate)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static X509Extension AlternativeNames(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name);
        }

        return builder.Build();
    }

    static X500DistinguishedName Subject(string name)
    {
        const int CommonNameLettersMax = 64;
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name.Length <= CommonNameLettersMax ? name : name[..CommonNameLettersMax]);
        return builder.Build();
    }

    // Positive, and as long in every certificate.
    static byte[] MakeSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    static ECDsa ReadKey(string key)
    {
        RequireLibrary();
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(key);
            return read;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            read.Dispose();
            throw new AuditException($"that is no private key: {exception.Message}");
        }
    }

    // .NET ends the whole process where it finds no OpenSSL.
    static void RequireLibrary()
    {
        if (!NativeLibrary.TryLoad(LibCrypto.Library, out _))
            throw new AuditException($"{LibCrypto.Library} is missing (package libssl3, on Fedora and its kin openssl-libs)");
    }
}
