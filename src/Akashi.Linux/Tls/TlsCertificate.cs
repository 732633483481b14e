using System.Net;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibCrypto;

namespace Akashi.Linux.Tls;

/// <summary>What is read of certificates.</summary>
public static unsafe class TlsCertificate
{
    /// <summary>When the first certificate of a file ends.</summary>
    /// <param name="path">A file of certificates, PEM.</param>
    /// <exception cref="AuditException">There is none to be read.</exception>
    public static DateTimeOffset ReadEnd(string path) => Open(path, "certificate", file =>
    {
        void* certificate = PEM_read_bio_X509((void*)file, null, null, null);
        DateTimeOffset? end = certificate == null ? null : Read(X509_get0_notAfter(certificate));
        if (certificate != null)
            X509_free(certificate);
        return end;
    });

    /// <summary>When the first of a file's lists of revoked certificates is outdated: nobody is believed from then on.</summary>
    /// <inheritdoc cref="ReadEnd"/>
    public static DateTimeOffset ReadListEnd(string path) => Open(path, "list of revoked certificates", file =>
    {
        DateTimeOffset? first = null;
        for (void* list = PEM_read_bio_X509_CRL((void*)file, null, null, null); list != null; list = PEM_read_bio_X509_CRL((void*)file, null, null, null))
        {
            void* next = X509_CRL_get0_nextUpdate(list);
            if (next != null && Read(next) is { } end && (first is null || end < first))
                first = end;
            X509_CRL_free(list);
        }

        return first;
    });

    static DateTimeOffset Open(string path, string what, Func<nint, DateTimeOffset?> read)
    {
        try
        {
            ERR_clear_error();
            void* file = BIO_new_file(path, "r");
            DateTimeOffset? end = file == null ? null : read((nint)file);
            if (file != null)
                _ = BIO_free(file);
            if (end is not { } known)
                throw new AuditException($"cannot read the end of a {what} of {path}: {TlsErrors.Describe()}");
            ERR_clear_error();
            return known;
        }
        catch (DllNotFoundException)
        {
            throw new AuditException($"{LibCrypto.Library} is missing (package libssl3, on Fedora and its kin openssl-libs)");
        }
    }

    static DateTimeOffset? Read(void* time)
    {
        LibC.tm parts = default;
        return ASN1_TIME_to_tm(time, &parts) != 1
            ? null
            : new DateTimeOffset(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, Math.Min(parts.tm_sec, 59), TimeSpan.Zero);
    }

    /// <summary>The names of a certificate: its subjectAltName's of the kinds DNS, URI and IP; the CN of its subject where it has none of those.</summary>
    internal static List<string> NamesOf(void* certificate)
    {
        List<string> names = [];
        void* all = X509_get_ext_d2i(certificate, NID_subject_alt_name, null, null);
        if (all != null)
        {
            for (int index = 0; index < OPENSSL_sk_num(all); index++)
            {
                int type;
                void* value = GENERAL_NAME_get0_value(OPENSSL_sk_value(all, index), &type);
                if (type is GEN_DNS or GEN_URI)
                    names.Add(TextOf(value));
                else if (type == GEN_IPADD && BytesOf(value) is { Length: 4 or 16 } address)
                    names.Add(new IPAddress(address).ToString());
            }

            GENERAL_NAMES_free(all);
        }

        if (names.Count == 0)
            AddCommonName(certificate, names);
        return names;
    }

    static void AddCommonName(void* certificate, List<string> names)
    {
        void* subject = X509_get_subject_name(certificate);
        int index = subject == null ? -1 : X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
        if (index >= 0)
            names.Add(TextOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index))));
    }

    // Bytes, not letters: a name with others than printable ones of ASCII, a NUL above all, is no name to anybody.
    static string TextOf(void* value) => Encoding.Latin1.GetString(BytesOf(value));

    static ReadOnlySpan<byte> BytesOf(void* value) => new(ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
}
