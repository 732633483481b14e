using System.Security.Cryptography.X509Certificates;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Tls;

/// <summary>Who signed a certificate. By OpenSSL itself: .NET's chains look at much else too, and would be a large part of the program.</summary>
static unsafe class CertificateSignature
{
    /// <summary>Whether a certificate names an authority as its issuer and that one's key signed it; neither's time is looked at.</summary>
    internal static bool IsOf(X509Certificate2 certificate, X509Certificate2 authority) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData) && IsSigned(certificate.RawData, authority.RawData);

    static bool IsSigned(byte[] certificate, byte[] authority)
    {
        void* signed = Read(certificate), signer = Read(authority);
        try
        {
            void* key = signer is null ? null : LibCrypto.X509_get0_pubkey(signer);
            return signed is not null && key is not null && LibCrypto.X509_verify(signed, key) == 1;
        }
        finally
        {
            LibCrypto.X509_free(signed);
            LibCrypto.X509_free(signer);

            // What a wrong signature leaves there would be taken for the next call's.
            LibCrypto.ERR_clear_error();
        }
    }

    static void* Read(byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            byte* next = start;
            return LibCrypto.d2i_X509(null, &next, bytes.Length);
        }
    }
}
