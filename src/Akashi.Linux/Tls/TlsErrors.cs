using System.Runtime.InteropServices;
using Akashi.Remote;
using static Akashi.Linux.Interop.LibCrypto;
using static Akashi.Linux.Interop.LibSsl;

namespace Akashi.Linux.Tls;

/// <summary>What OpenSSL says of failures, as faults and in its words.</summary>
static unsafe class TlsErrors
{
    const uint ReasonMask = 0x7F_FFFF;
    const uint SystemFlag = 0x8000_0000;
    const int LibraryShift = 23;
    const int SslLibrary = 20;

    /// <summary>Takes this thread's errors: the first whose fault is known, else the first.</summary>
    /// <param name="text">It in words.</param>
    /// <returns>Its reason; 0 for none of the protocol's.</returns>
    public static int Take(out string text)
    {
        nuint chosen = 0;
        for (nuint error = ERR_get_error(); error != 0; error = ERR_get_error())
        {
            if (chosen == 0 || (OfHandshake(ReasonOf(chosen)) == RemoteFault.TlsHandshake && IsKnown(ReasonOf(error))))
                chosen = error;
        }

        text = Describe(chosen);
        return ReasonOf(chosen);
    }

    /// <summary>Takes this thread's errors, in words.</summary>
    public static string Describe()
    {
        _ = Take(out string text);
        return text;
    }

    static bool IsKnown(int reason) => reason == SSL_R_CERTIFICATE_VERIFY_FAILED || OfHandshake(reason) != RemoteFault.TlsHandshake;

    static int ReasonOf(nuint error) =>
        ((uint)error & SystemFlag) == 0 && (uint)error >> LibraryShift == SslLibrary ? (int)((uint)error & ReasonMask) : 0;

    static string Describe(nuint error) =>
        error == 0 ? "no reason given"
        : ((uint)error & SystemFlag) != 0 ? ErrorText.Of((int)((uint)error & ~SystemFlag))
        : Text(ERR_reason_error_string(error)) ?? $"error {error:x}";

    /// <summary>Why a certificate was refused, in words.</summary>
    public static string DescribeVerification(nint result) => Text(X509_verify_cert_error_string(result)) ?? $"error {result}";

    /// <summary>The fault of a certificate's verification.</summary>
    public static RemoteFault OfVerification(nint result) => result switch
    {
        X509_V_ERR_CERT_HAS_EXPIRED => RemoteFault.TlsExpired,
        X509_V_ERR_CERT_NOT_YET_VALID => RemoteFault.TlsNotYetValid,
        X509_V_ERR_CERT_REVOKED => RemoteFault.TlsRevoked,
        X509_V_ERR_UNABLE_TO_GET_CRL or X509_V_ERR_CRL_HAS_EXPIRED or X509_V_ERR_CRL_NOT_YET_VALID => RemoteFault.TlsNoRevocations,
        X509_V_ERR_INVALID_PURPOSE => RemoteFault.TlsPurpose,
        X509_V_ERR_APPLICATION_VERIFICATION => RemoteFault.TlsName,
        _ => RemoteFault.TlsUntrusted,
    };

    /// <summary>The fault of a failed handshake by its reason; of a verification see <see cref="OfVerification"/>.</summary>
    public static RemoteFault OfHandshake(int reason) => reason switch
    {
        SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE => RemoteFault.TlsNoCertificate,
        SSL_R_BINDER_DOES_NOT_VERIFY => RemoteFault.TlsSharedKey,
        SSL_R_UNSUPPORTED_PROTOCOL or SSL_R_VERSION_TOO_LOW or SSL_R_WRONG_VERSION_NUMBER => RemoteFault.TlsVersion,
        SSL_R_UNEXPECTED_EOF_WHILE_READING => RemoteFault.TlsCut,
        SSL_R_HTTP_REQUEST => RemoteFault.TlsPlain,
        > SSL_AD_REASON_OFFSET and < SSL_AD_REASON_OFFSET + 256 => RemoteFault.TlsRefused,
        _ => RemoteFault.TlsHandshake,
    };

    public static string? Text(byte* text) => text == null ? null : Marshal.PtrToStringUTF8((nint)text);
}
