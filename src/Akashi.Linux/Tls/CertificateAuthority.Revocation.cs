using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akashi.Host;

namespace Akashi.Linux.Tls;

/// <summary>Which certificates are an authority's own, and which of them aren't believed any more.</summary>
public sealed partial class CertificateAuthority
{
    const string ListLabel = "X509 CRL";
    const string Begin = "-----BEGIN";

    /// <summary>Looks which certificates of a text this authority made.</summary>
    /// <param name="text">PEM: certificates and nothing else.</param>
    /// <param name="others">The serial numbers of those that it didn't, hexadecimal: of another authority, or with a signature that isn't its key's.</param>
    /// <returns>The serial numbers of its own, big endian.</returns>
    /// <exception cref="AuditException">There is none, or a part of the text can't be read as one.</exception>
    public IReadOnlyList<byte[]> FindOwn(string text, out IReadOnlyList<string> others)
    {
        List<byte[]> own = [];
        List<string> foreign = [];
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            if (TryRead(rest[fields.Location]) is not { } certificate)
                continue;
            using (certificate)
            {
                // Itself isn't one that it made for somebody: nobody would be believed any more.
                if (CertificateSignature.IsOf(certificate, _certificate) && certificate.Thumbprint != _certificate.Thumbprint)
                    own.Add(certificate.SerialNumberBytes.ToArray());
                else
                    foreign.Add(certificate.SerialNumber);
            }
        }

        int read = own.Count + foreign.Count, parts = text.AsSpan().Count(Begin);
        others = foreign;
        return read == 0 ? throw new AuditException("no certificate can be read in it")
            : read < parts ? throw new AuditException($"of {parts} parts that begin with {Begin} only {read} can be read as certificates")
            : own;
    }

    /// <summary>Whether it made the first certificate of a text.</summary>
    /// <returns>False too where there is none to be read.</returns>
    public bool Made(string text)
    {
        using X509Certificate2? certificate = PemEncoding.TryFind(text, out PemFields fields) ? TryRead(text.AsSpan()[fields.Location]) : null;
        return certificate is not null && CertificateSignature.IsOf(certificate, _certificate);
    }

    /// <summary>The certificates of a text that it made, in their order.</summary>
    public string KeepOwn(string text)
    {
        string kept = "";
        for (string rest = text; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            string part = rest[fields.Location] + "\n";
            if (Made(part))
                kept += part;
        }

        return kept;
    }

    /// <summary>Adds certificates to the list of those that aren't believed any more; it holds as long as the authority.</summary>
    /// <param name="lists">The lists so far, of one authority each; null for none. Only its own is looked at.</param>
    /// <param name="serials">Their serial numbers, big endian; may be none.</param>
    /// <param name="now">Now.</param>
    /// <returns>Its new list.</returns>
    /// <exception cref="AuditException">A part of the text is no list, or the authority has ended.</exception>
    public string Revoke(string? lists, IReadOnlyList<byte[]> serials, DateTimeOffset now)
    {
        if (now >= End)
            throw new AuditException($"the authority has ended, at {End:yyyy-MM-dd}");
        try
        {
            System.Numerics.BigInteger number = 0;
            CertificateRevocationListBuilder builder = lists is null || FindList(lists) is not { } list ? new() : CertificateRevocationListBuilder.Load(list, out number);
            foreach (byte[] serial in serials)
                builder.AddEntry(serial, now);
            return PemEncoding.WriteString(ListLabel, builder.Build(_certificate, number + 1, End, HashAlgorithmName.SHA256, thisUpdate: now - s_before)) + "\n";
        }
        catch (CryptographicException exception)
        {
            throw new AuditException($"that is no list of revoked certificates: {exception.Message}");
        }
    }

    // By the name of who made it, which no other authority of ours has.
    byte[]? FindList(string lists)
    {
        List<byte[]> found = [];
        for (string rest = lists; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            if (rest[fields.Label] != ListLabel)
                throw new AuditException($"it has a part that is no list of revoked certificates: {rest[fields.Label]}");
            found.Add(Convert.FromBase64String(rest[fields.Base64Data]));
        }

        int parts = lists.AsSpan().Count(Begin);
        if (found.Count == 0 || found.Count < parts)
            throw new AuditException(found.Count == 0 ? "no list of revoked certificates can be read in it" : $"of {parts} parts that begin with {Begin} only {found.Count} can be read");
        return found.Find(list => list.AsSpan().IndexOf(_certificate.SubjectName.RawData) >= 0);
    }
}
