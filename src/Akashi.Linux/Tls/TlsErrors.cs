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

    /// <summary>The reason of this thread's oldest error; 0 for none, or for one of the system's.</summary>
    public static int Reason => ERR_peek_error() is var error && ((uint)error & SystemFlag) == 0 ? (int)((uint)error & ReasonMask) : 0;

    /// <summary>This thread's oldest error in words.</summary>
    public static string Describe()
    {
        nuint error = ERR_peek_error();
        if (error == 0)
            return "no reason given";
        if (((uint)error & SystemFlag) != 0)
            return ErrorText.Of((int)((uint)error & ~SystemFlag));
        return Text(ERR_reason_error_string(error)) ?? $"error {error:x}";
    }

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
