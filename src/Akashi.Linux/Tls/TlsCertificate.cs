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
    public static DateTimeOffset ReadEnd(string path)
    {
        try
        {
            ERR_clear_error();
            void* file = BIO_new_file(path, "r");
            void* certificate = file == null ? null : PEM_read_bio_X509(file, null, null, null);
            if (file != null)
                _ = BIO_free(file);
            if (certificate == null)
                throw new AuditException($"cannot read a certificate of {path}: {TlsErrors.Describe()}");
            LibC.tm end = default;
            bool isRead = ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1;
            X509_free(certificate);
            return isRead
                ? new DateTimeOffset(end.tm_year + 1900, end.tm_mon + 1, end.tm_mday, end.tm_hour, end.tm_min, Math.Min(end.tm_sec, 59), TimeSpan.Zero)
                : throw new AuditException($"cannot read the end of {path}'s certificate");
        }
        catch (DllNotFoundException)
        {
            throw new AuditException($"{LibCrypto.Library} is missing (package libssl3, on Fedora and its kin openssl-libs)");
        }
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
