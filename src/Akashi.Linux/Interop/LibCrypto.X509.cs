using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Interop;

/// <summary>openssl/x509.h, x509v3.h, x509_vfy.h, asn1.h, pem.h, bio.h, err.h: of certificates and errors, looked for when first called.</summary>
static unsafe partial class LibCrypto
{
    internal const int NID_commonName = 13;
    internal const int NID_subject_alt_name = 85;
    internal const int GEN_DNS = 2;
    internal const int GEN_URI = 6;
    internal const int GEN_IPADD = 7;
    internal const uint X509_V_FLAG_CRL_CHECK = 4;
    internal const uint X509_V_FLAG_CRL_CHECK_ALL = 8;

    internal const int X509_V_OK = 0;
    internal const int X509_V_ERR_UNABLE_TO_GET_CRL = 3;
    internal const int X509_V_ERR_CERT_NOT_YET_VALID = 9;
    internal const int X509_V_ERR_CERT_HAS_EXPIRED = 10;
    internal const int X509_V_ERR_CRL_NOT_YET_VALID = 11;
    internal const int X509_V_ERR_CRL_HAS_EXPIRED = 12;
    internal const int X509_V_ERR_CERT_REVOKED = 23;
    internal const int X509_V_ERR_INVALID_PURPOSE = 26;
    internal const int X509_V_ERR_APPLICATION_VERIFICATION = 50;

    [LibraryImport(Library)]
    internal static partial void ERR_clear_error();

    [LibraryImport(Library)]
    internal static partial nuint ERR_get_error();

    [LibraryImport(Library)]
    internal static partial byte* ERR_reason_error_string(nuint error);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_set_flags(void* store, nuint flags);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_add_crl(void* store, void* list);

    [LibraryImport(Library)]
    internal static partial void* X509_STORE_CTX_get_ex_data(void* verification, int index);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_CTX_get_error_depth(void* verification);

    [LibraryImport(Library)]
    internal static partial void X509_STORE_CTX_set_error(void* verification, int error);

    [LibraryImport(Library)]
    internal static partial void* X509_STORE_CTX_get_current_cert(void* verification);

    [LibraryImport(Library)]
    internal static partial byte* X509_verify_cert_error_string(nint error);

    [LibraryImport(Library)]
    internal static partial void* X509_get_ext_d2i(void* certificate, int nid, int* critical, int* index);

    [LibraryImport(Library)]
    internal static partial void GENERAL_NAMES_free(void* names);

    [LibraryImport(Library)]
    internal static partial int OPENSSL_sk_num(void* stack);

    [LibraryImport(Library)]
    internal static partial void* OPENSSL_sk_value(void* stack, int index);

    [LibraryImport(Library)]
    internal static partial void* GENERAL_NAME_get0_value(void* name, int* type);

    [LibraryImport(Library)]
    internal static partial byte* ASN1_STRING_get0_data(void* text);

    [LibraryImport(Library)]
    internal static partial int ASN1_STRING_length(void* text);

    [LibraryImport(Library)]
    internal static partial void* X509_get_subject_name(void* certificate);

    [LibraryImport(Library)]
    internal static partial int X509_NAME_get_index_by_NID(void* name, int nid, int last);

    [LibraryImport(Library)]
    internal static partial void* X509_NAME_get_entry(void* name, int index);

    [LibraryImport(Library)]
    internal static partial void* X509_NAME_ENTRY_get_data(void* entry);

    [LibraryImport(Library)]
    internal static partial void* X509_get0_notAfter(void* certificate);

    [LibraryImport(Library)]
    internal static partial int ASN1_TIME_to_tm(void* time, tm* broken);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void* BIO_new_file(string path, string mode);

    [LibraryImport(Library)]
    internal static partial void* BIO_new_mem_buf(void* bytes, int length);

    [LibraryImport(Library)]
    internal static partial int BIO_free(void* bio);

    [LibraryImport(Library)]
    internal static partial void* PEM_read_bio_X509(void* bio, void** certificate, void* password, void* argument);

    [LibraryImport(Library)]
    internal static partial void X509_free(void* certificate);

    [LibraryImport(Library)]
    internal static partial void* d2i_X509(void** certificate, byte** bytes, nint length);

    [LibraryImport(Library)]
    internal static partial void* X509_get0_pubkey(void* certificate);

    [LibraryImport(Library)]
    internal static partial int X509_verify(void* certificate, void* key);

    [LibraryImport(Library)]
    internal static partial void* PEM_read_bio_X509_CRL(void* bio, void** list, void* password, void* argument);

    [LibraryImport(Library)]
    internal static partial void* X509_CRL_get0_nextUpdate(void* list);

    [LibraryImport(Library)]
    internal static partial void X509_CRL_free(void* list);
}
