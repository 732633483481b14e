using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Remote;
using static Akashi.Linux.Interop.LibCrypto;
using static Akashi.Linux.Interop.LibSsl;

namespace Akashi.Linux.Tls;

/// <summary>What OpenSSL asks in a handshake: whether a certificate's names will do, and for keys.</summary>
/// <remarks>Function pointers, no delegates. None of them may throw: what is said is no where something goes wrong.</remarks>
public sealed unsafe partial class TlsSession
{
    const int IdentityBytesMax = ReceivedText.NodeBytesMax;

    static ReadOnlySpan<byte> Aes128GcmSha256 => [0x13, 0x01];

    // The identity that is sent: OpenSSL keeps the pointer until it has written it.
    byte* _identity;

    /// <summary>SSL_verify_cb: OpenSSL has judged the chain; the name of the certificate at its end is ours to judge.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Verify(int isTrusted, void* verification)
    {
        if (isTrusted != 1 || X509_STORE_CTX_get_error_depth(verification) > 0)
            return isTrusted;
        try
        {
            TlsSession session = Of(X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()));
            session._names = TlsCertificate.NamesOf(X509_STORE_CTX_get_current_cert(verification));
            if (session.IsWanted())
                return 1;
        }
        catch (Exception)
        {
            // A name that can't be read is nobody's.
        }

        X509_STORE_CTX_set_error(verification, X509_V_ERR_APPLICATION_VERIFICATION);
        return 0;
    }

    /// <summary>SSL_psk_find_session_cb_func: the key of an identity that somebody says.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int FindKey(void* ssl, byte* identity, nuint length, void** found)
    {
        *found = null;
        try
        {
            TlsSession session = Of(ssl);
            string name = length <= IdentityBytesMax ? Encoding.Latin1.GetString(identity, (int)length) : "";
            session._names = [name];
            byte[]? key = TlsPeer.IsName(name) ? session._context.Credentials.KeyOf(name) : null;
            session._verdict = key is null ? RemoteFault.TlsIdentity : RemoteFault.None;
            if (key is not null)
                *found = MakeSession(ssl, key);
            return 1;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    /// <summary>SSL_psk_use_session_cb_func: this end's identity and key.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int UseKey(void* ssl, void* digest, byte** identity, nuint* length, void** used)
    {
        *used = null;
        try
        {
            TlsSession session = Of(ssl);
            string name = session._context.Credentials.Configuration.Identity;
            if (session._context.Credentials.KeyOf(name) is not { } key)
                return 0;
            if (session._identity == null)
                session._identity = (byte*)Marshal.StringToCoTaskMemUTF8(name);
            *identity = session._identity;
            *length = (nuint)Encoding.UTF8.GetByteCount(name);
            *used = MakeSession(ssl, key);
            return 1;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    /// <summary>pem_password_cb: there is nobody to ask.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int GivePassword(byte* buffer, int size, int isWriting, void* argument) => 0;

    // The hash of the key is the suite's: SHA-256, as audit-userspace 4.2 has it.
    static void* MakeSession(void* ssl, byte[] key)
    {
        void* session = SSL_SESSION_new();
        fixed (byte* suite = Aes128GcmSha256)
        fixed (byte* start = key)
        {
            void* cipher = SSL_CIPHER_find(ssl, suite);
            if (session != null && cipher != null && SSL_SESSION_set1_master_key(session, start, (nuint)key.Length) == 1
                && SSL_SESSION_set_cipher(session, cipher) == 1 && SSL_SESSION_set_protocol_version(session, TLS1_3_VERSION) == 1)
                return session;
        }

        if (session != null)
            SSL_SESSION_free(session);
        return null;
    }

    static TlsSession Of(void* ssl) => (TlsSession)GCHandle.FromIntPtr((nint)SSL_get_ex_data(ssl, 0)).Target!;

    bool IsWanted() => _context.Receives
        ? _context.Credentials.Admit(_names) is not null
        : _names.Any(name => name.Equals(_server, StringComparison.OrdinalIgnoreCase) || IsSameAddress(name));

    // One address has several spellings in IPv6.
    bool IsSameAddress(string name) =>
        System.Net.IPAddress.TryParse(_server, out System.Net.IPAddress? wanted) && System.Net.IPAddress.TryParse(name, out System.Net.IPAddress? found) && wanted.Equals(found);
}
