using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>openssl/ssl.h, version 3: libssl.so.3, looked for when it's first called, so that machines without it have the rest.</summary>
static unsafe partial class LibSsl
{
    internal const string SslLibrary = "libssl.so.3";

    internal const int SSL_ERROR_SSL = 1;
    internal const int SSL_ERROR_WANT_READ = 2;
    internal const int SSL_ERROR_WANT_WRITE = 3;
    internal const int SSL_ERROR_SYSCALL = 5;
    internal const int SSL_ERROR_ZERO_RETURN = 6;

    internal const int SSL_VERIFY_PEER = 1;
    internal const int SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 2;
    internal const int SSL_FILETYPE_PEM = 1;
    internal const int TLS1_3_VERSION = 0x304;

    internal const int SSL_CTRL_MODE = 33;
    internal const int SSL_CTRL_SET_READ_AHEAD = 41;
    internal const int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    internal const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    internal const int SSL_CTRL_SET_GROUPS_LIST = 92;
    internal const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    internal const int SSL_CTRL_SET_MAX_PROTO_VERSION = 124;
    internal const int SSL_MODE_ENABLE_PARTIAL_WRITE = 1;
    internal const int SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 2;
    internal const int SSL_MODE_RELEASE_BUFFERS = 0x10;
    internal const ulong SSL_OP_NO_TICKET = 1 << 14;
    internal const ulong SSL_OP_CIPHER_SERVER_PREFERENCE = 1 << 22;
    internal const ulong SSL_OP_NO_COMPRESSION = 1 << 17;

    internal const int SSL_R_CERTIFICATE_VERIFY_FAILED = 134;
    internal const int SSL_R_HTTP_REQUEST = 156;
    internal const int SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE = 199;
    internal const int SSL_R_BINDER_DOES_NOT_VERIFY = 253;
    internal const int SSL_R_UNSUPPORTED_PROTOCOL = 258;
    internal const int SSL_R_WRONG_VERSION_NUMBER = 267;
    internal const int SSL_R_UNEXPECTED_EOF_WHILE_READING = 294;
    internal const int SSL_R_VERSION_TOO_LOW = 396;

    /// <summary>What the other side's alert N is told by: this and N.</summary>
    internal const int SSL_AD_REASON_OFFSET = 1000;

    [LibraryImport(SslLibrary)]
    internal static partial void* TLS_method();

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_CTX_new(void* method);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_CTX_free(void* context);

    [LibraryImport(SslLibrary)]
    internal static partial nint SSL_CTX_ctrl(void* context, int command, nint number, void* pointer);

    [LibraryImport(SslLibrary)]
    internal static partial ulong SSL_CTX_set_options(void* context, ulong options);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_CTX_set_num_tickets(void* context, nuint count);

    [LibraryImport(SslLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SSL_CTX_set_ciphersuites(void* context, string suites);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_CTX_set_verify(void* context, int mode, delegate* unmanaged[Cdecl]<int, void*, int> verify);

    [LibraryImport(SslLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SSL_CTX_load_verify_file(void* context, string file);

    [LibraryImport(SslLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SSL_CTX_use_certificate_chain_file(void* context, string file);

    [LibraryImport(SslLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SSL_CTX_use_PrivateKey_file(void* context, string file, int type);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_CTX_set_default_passwd_cb(void* context, delegate* unmanaged[Cdecl]<byte*, int, int, void*, int> password);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_CTX_get_cert_store(void* context);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_CTX_set_psk_find_session_callback(void* context, delegate* unmanaged[Cdecl]<void*, byte*, nuint, void**, int> find);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_CTX_set_psk_use_session_callback(void* context, delegate* unmanaged[Cdecl]<void*, void*, byte**, nuint*, void**, int> use);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_new(void* context);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_free(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_set_fd(void* ssl, int descriptor);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_set_ex_data(void* ssl, int index, void* data);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_get_ex_data(void* ssl, int index);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_get_ex_data_X509_STORE_CTX_idx();

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_set_accept_state(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_set_connect_state(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial nint SSL_ctrl(void* ssl, int command, nint number, void* pointer);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_do_handshake(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_read(void* ssl, void* buffer, int length);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_write(void* ssl, void* buffer, int length);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_shutdown(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_get_error(void* ssl, int result);

    [LibraryImport(SslLibrary)]
    internal static partial nint SSL_get_verify_result(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_get_current_cipher(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial byte* SSL_CIPHER_get_name(void* cipher);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_CIPHER_find(void* ssl, byte* number);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_session_reused(void* ssl);

    [LibraryImport(SslLibrary)]
    internal static partial void* SSL_SESSION_new();

    [LibraryImport(SslLibrary)]
    internal static partial void SSL_SESSION_free(void* session);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_SESSION_set1_master_key(void* session, byte* key, nuint length);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_SESSION_set_cipher(void* session, void* cipher);

    [LibraryImport(SslLibrary)]
    internal static partial int SSL_SESSION_set_protocol_version(void* session, int version);
}
