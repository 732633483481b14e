using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Akashi.Linux.Tls;

/// <summary>What a certificate says that an authority of ours made.</summary>
/// <param name="Names">Whom it's for: the names and addresses of its subjectAltName.</param>
/// <param name="End">When it ends.</param>
public sealed record IssuedCertificate(IReadOnlyList<string> Names, DateTimeOffset End)
{
    /// <summary>Reads the first certificate of a text.</summary>
    /// <returns>Null where there is none to be read.</returns>
    public static IssuedCertificate? Read(string text)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(text);
            X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            return new IssuedCertificate(
                names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())], certificate.NotAfter);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether it's for a name or an address.</summary>
    public bool IsFor(string name) => Names.Any(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out IPAddress? wanted) && IPAddress.TryParse(one, out IPAddress? found) && wanted.Equals(found)));
}
