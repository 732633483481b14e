using System.Runtime.InteropServices;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Remote;
using static Akashi.Linux.Interop.LibCrypto;
using static Akashi.Linux.Interop.LibSsl;

namespace Akashi.Linux.Tls;

/// <summary>What the connections of one end of TLS have in common: TLS 1.3 alone, its certificate or key, and whom it believes. OpenSSL's SSL_CTX.</summary>
/// <remarks>
/// OpenSSL by native call and not SslStream, which knows no external keys, and whose handshake can't be one step of a poll loop. No tickets, no resumption, no early data. A session
/// keeps its context, so that one may be replaced while connections last.
/// </remarks>
public sealed unsafe class TlsContext : IDisposable
{
    const string CompatibleGroups = "X25519MLKEM768:X25519";
    const string ClassicGroups = "X25519";
    const string PqcGroups = "X25519MLKEM768:SecP256r1MLKEM768:SecP384r1MLKEM1024";
    const string Suites = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384";

    // Of half a million certificates.
    const int RevocationBytesMax = 32 * 1024 * 1024;

    readonly TlsContextHandle _handle;

    TlsContext(TlsContextHandle handle, TlsCredentials credentials, bool receives)
    {
        _handle = handle;
        Credentials = credentials;
        Receives = receives;
    }

    /// <summary>What it goes by.</summary>
    public TlsCredentials Credentials { get; }

    /// <summary>Whether it's the end that others connect to.</summary>
    public bool Receives { get; }

    /// <summary>When this end's certificate ends; null for none.</summary>
    public DateTimeOffset? CertificateEnd { get; private set; }

    /// <summary>The bytes of tls_crl_file; none where there is none.</summary>
    public byte[] Revocations { get; private set; } = [];

    internal void* Pointer => (void*)_handle.DangerousGetHandle();

    TlsConfiguration Configuration => Credentials.Configuration;

    /// <summary>Makes one.</summary>
    /// <param name="credentials">What it goes by; read without errors.</param>
    /// <param name="receives">Whether it's the end that others connect to.</param>
    /// <exception cref="AuditException">The library is missing, a file can't be used, or the library doesn't know what is wanted.</exception>
    public static TlsContext Make(TlsCredentials credentials, bool receives)
    {
        if (!NativeLibrary.TryLoad(SslLibrary, out _))
            throw new AuditException($"transport = tls needs {SslLibrary}, which is missing (package libssl3, on Fedora and its kin openssl-libs)");
        ERR_clear_error();
        var handle = new TlsContextHandle(SSL_CTX_new(TLS_method()));
        if (handle.IsInvalid)
            throw new AuditException($"cannot use {SslLibrary}: {TlsErrors.Describe()}");
        var context = new TlsContext(handle, credentials, receives);
        try
        {
            context.SetUp();
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    void SetUp()
    {
        Control(SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_3_VERSION);
        Control(SSL_CTRL_SET_MAX_PROTO_VERSION, TLS1_3_VERSION);
        Control(SSL_CTRL_MODE, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
        Control(SSL_CTRL_SET_SESS_CACHE_MODE, 0);
        Control(SSL_CTRL_SET_READ_AHEAD, 1);
        _ = SSL_CTX_set_options(Pointer, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
        _ = SSL_CTX_set_num_tickets(Pointer, 0);
        SetSuites();
        SetGroups();
        if (Configuration.UsesCertificates)
            SetCertificates();
        else if (Receives)
            SSL_CTX_set_psk_find_session_callback(Pointer, &TlsSession.FindKey);
        else
            UseSharedKey();
    }

    // Whoever shows a certificate instead of having the key is refused: no authority is believed.
    void UseSharedKey()
    {
        SSL_CTX_set_psk_use_session_callback(Pointer, &TlsSession.UseKey);
        SSL_CTX_set_verify(Pointer, SSL_VERIFY_PEER, null);
    }

    // A shared key goes with SHA-256 alone: a suite of SHA-384, which OpenSSL's own order begins with, would find no key.
    void SetSuites()
    {
        bool isSystems = Configuration.Profile == TlsProfile.System && Configuration.UsesCertificates;
        string suites = Configuration.CipherSuites.Length > 0 ? Configuration.CipherSuites : isSystems ? "" : Suites;
        if (suites.Length > 0 && SSL_CTX_set_ciphersuites(Pointer, suites) != 1)
            throw new AuditException($"tls_cipher_suites is '{suites}', which {SslLibrary} doesn't take: {TlsErrors.Describe()}");
    }

    // Without ML-KEM (before OpenSSL 3.5) the hybrid group is unknown, and the whole list is refused.
    void SetGroups()
    {
        if (Configuration.KeyExchange.Length > 0)
        {
            if (!TrySetGroups(Configuration.KeyExchange))
                throw new AuditException($"tls_key_exchange is '{Configuration.KeyExchange}', which {SslLibrary} doesn't take: {TlsErrors.Describe()}");
        }
        else if (Configuration.Profile == TlsProfile.Pqc)
        {
            if (!TrySetGroups(PqcGroups))
                throw new AuditException($"tls_crypto_profile = pqc needs {PqcGroups}, which this machine's {SslLibrary} doesn't know: OpenSSL 3.5 does");
        }
        else if (Configuration.Profile == TlsProfile.Compatible && !TrySetGroups(CompatibleGroups) && !TrySetGroups(ClassicGroups))
        {
            throw new AuditException($"cannot set the groups {ClassicGroups}: {TlsErrors.Describe()}");
        }
    }

    bool TrySetGroups(string list)
    {
        ERR_clear_error();
        nint text = Marshal.StringToCoTaskMemUTF8(list);
        try
        {
            return SSL_CTX_ctrl(Pointer, SSL_CTRL_SET_GROUPS_LIST, 0, (void*)text) == 1;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    void SetCertificates()
    {
        // A key that asks for a password would ask at the terminal.
        SSL_CTX_set_default_passwd_cb(Pointer, &TlsSession.GivePassword);
        Use("tls_cert_file", Configuration.CertificateFile, SSL_CTX_use_certificate_chain_file(Pointer, Configuration.CertificateFile));
        Use("tls_key_file", Configuration.PrivateKeyFile, SSL_CTX_use_PrivateKey_file(Pointer, Configuration.PrivateKeyFile, SSL_FILETYPE_PEM));
        Use("tls_ca_file", Configuration.AuthorityFile, SSL_CTX_load_verify_file(Pointer, Configuration.AuthorityFile));
        CertificateEnd = TlsCertificate.ReadEnd(Configuration.CertificateFile);
        if (Configuration.RevocationFile.Length > 0)
            SetRevocations();
        SSL_CTX_set_verify(Pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, &TlsSession.Verify);
    }

    // Read once: what is believed and what Revocations says are the same bytes.
    void SetRevocations()
    {
        string path = Configuration.RevocationFile;
        try
        {
            Revocations = SmallFile.Read(path, RevocationBytesMax, out _);
        }
        catch (TrailException exception)
        {
            throw new AuditException($"tls_crl_file: {exception.Message}");
        }

        void* store = SSL_CTX_get_cert_store(Pointer);
        int lists = AddLists(store, Revocations);
        if (lists == 0 || lists < Revocations.AsSpan().Count("-----BEGIN X509 CRL"u8))
            throw new AuditException($"tls_crl_file: cannot use {path}: {(lists == 0 ? "it has no list of revoked certificates" : $"its list number {lists + 1} can't be read")}: {TlsErrors.Describe()}");
        ERR_clear_error();
        _ = X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    }

    // Returns how many there are before the end, or before one that can't be read.
    static int AddLists(void* store, byte[] text)
    {
        int count = 0;
        fixed (byte* start = text)
        {
            void* source = BIO_new_mem_buf(start, text.Length);
            for (void* list = PEM_read_bio_X509_CRL(source, null, null, null); list != null; list = PEM_read_bio_X509_CRL(source, null, null, null))
            {
                count += X509_STORE_add_crl(store, list);
                X509_CRL_free(list);
            }

            _ = BIO_free(source);
        }

        return count;
    }

    static void Use(string keyword, string path, int result)
    {
        if (result <= 0)
            throw new AuditException($"{keyword}: cannot use {path}: {TlsErrors.Describe()}");
        ERR_clear_error();
    }

    void Control(int command, nint number) => _ = SSL_CTX_ctrl(Pointer, command, number, null);

    // Freed even where nobody disposed of the context.
    sealed class TlsContextHandle : SafeHandle
    {
        public TlsContextHandle(void* context) : base(0, ownsHandle: true) => SetHandle((nint)context);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            SSL_CTX_free((void*)handle);
            return true;
        }
    }
}
