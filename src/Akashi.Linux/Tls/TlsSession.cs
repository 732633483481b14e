using System.Net;
using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using Akashi.Linux.Sockets;
using Akashi.Remote;
using static Akashi.Linux.Interop.LibCrypto;
using static Akashi.Linux.Interop.LibSsl;

namespace Akashi.Linux.Tls;

/// <summary>TLS over one connection, OpenSSL's SSL: a handshake, then bytes; nothing of it waits.</summary>
/// <remarks>
/// Used by one thread. OpenSSL reads and writes the socket itself; SIGPIPE is ignored in every .NET process. With TLS 1.3 the end that connects has finished before it's
/// known whether the other takes its certificate: a refusal comes with the first read.
/// </remarks>
public sealed unsafe partial class TlsSession : IDisposable
{
    const byte HandshakeRecord = 0x16;
    const int PassedOverBytes = 1024;

    readonly TlsContext _context;
    readonly string _server;
    readonly int _descriptor;
    void* _ssl;
    GCHandle _self;
    IReadOnlyList<string> _names = [];
    RemoteFault _verdict;
    bool _isBegun;
    bool _isDry = true;
    bool _isUsable;

    internal TlsSession(TlsContext context, int descriptor, string server)
    {
        _context = context;
        _descriptor = descriptor;
        _server = server;
        _ssl = SSL_new(context.Pointer);
        if (_ssl == null)
            throw new Host.AuditException($"cannot begin TLS: {TlsErrors.Describe()}");
        _self = GCHandle.Alloc(this);
        _ = SSL_set_ex_data(_ssl, 0, (void*)GCHandle.ToIntPtr(_self));
        _ = SSL_set_fd(_ssl, descriptor);
        if (context.Receives)
            SSL_set_accept_state(_ssl);
        else
            BeginConnecting(server);
    }

    /// <summary>Why it failed; None where it didn't.</summary>
    public RemoteFault Fault { get; private set; }

    /// <summary>The same in words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Whether the handshake is done.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Who the other end is, to a receiver; null until the handshake is done.</summary>
    public TlsPeer? Peer { get; private set; }

    /// <summary>Whether it goes on only once there is room to write.</summary>
    public bool WantsRoom { get; private set; }

    /// <summary>Whether there may be something to read that the kernel doesn't know of any more.</summary>
    public bool MayHaveMore => !_isDry && _ssl != null;

    /// <summary>The suite that was agreed on.</summary>
    public string Suite => _ssl == null || SSL_get_current_cipher(_ssl) is var suite && suite == null ? "" : TlsErrors.Text(SSL_CIPHER_get_name(suite)) ?? "";

    /// <summary>Goes on with the handshake as far as what is there carries it.</summary>
    /// <returns>False where it failed.</returns>
    public bool TryHandshake()
    {
        if (IsReady)
            return true;
        if (_ssl == null)
            return false;
        if (_context.Receives && !_isBegun && !TryLookAtFirst())
            return Fault == RemoteFault.None;
        ERR_clear_error();
        int result = SSL_do_handshake(_ssl);
        WantsRoom = false;
        if (result == 1)
            return Finish();
        switch (SSL_get_error(_ssl, result))
        {
            case SSL_ERROR_WANT_READ:
                return true;
            case SSL_ERROR_WANT_WRITE:
                return WantsRoom = true;
            case SSL_ERROR_SYSCALL:
                return Fail(RemoteFault.TlsCut, "the other side closed the connection in the handshake");
            default:
                return FailHandshake();
        }
    }

    /// <inheritdoc cref="TcpConnection.Read"/>
    public int Read(Span<byte> buffer)
    {
        if (_ssl == null)
            return TcpConnection.Broken;
        ERR_clear_error();
        int count;
        fixed (byte* start = buffer)
            count = SSL_read(_ssl, start, buffer.Length);
        WantsRoom = false;
        _isDry = count <= 0;
        if (count > 0)
            return count;
        switch (SSL_get_error(_ssl, count))
        {
            case SSL_ERROR_WANT_READ:
                return TcpConnection.Dry;
            case SSL_ERROR_WANT_WRITE:
                WantsRoom = true;
                return TcpConnection.Dry;
            case SSL_ERROR_ZERO_RETURN:
                return 0;
            default:
                return Break();
        }
    }

    /// <inheritdoc cref="TcpConnection.Write"/>
    /// <remarks>What had no room is begun already: the next call's bytes have to begin with the same.</remarks>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || _ssl == null)
            return _ssl == null ? TcpConnection.Broken : 0;
        ERR_clear_error();
        int count;
        fixed (byte* start = bytes)
            count = SSL_write(_ssl, start, bytes.Length);
        if (count > 0)
            return count;
        return SSL_get_error(_ssl, count) is SSL_ERROR_WANT_WRITE or SSL_ERROR_WANT_READ ? 0 : BreakWriting();
    }

    /// <summary>Says its end to the other side, where that can be, and frees it. The socket stays open.</summary>
    public void Dispose()
    {
        if (_ssl == null)
            return;
        if (_isUsable)
            _ = SSL_shutdown(_ssl);
        SSL_free(_ssl);
        _ssl = null;
        Marshal.FreeCoTaskMem((nint)_identity);
        _identity = null;
        ERR_clear_error();
        _self.Free();
    }

    void BeginConnecting(string server)
    {
        SSL_set_connect_state(_ssl);
        if (IPAddress.TryParse(server, out _) || !_context.Credentials.Configuration.UsesCertificates)
            return;
        nint name = Marshal.StringToCoTaskMemUTF8(server);
        _ = SSL_ctrl(_ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, (void*)name);
        Marshal.FreeCoTaskMem(name);
    }

    // A sender without TLS is to be told apart, and told: an alert is what its kind can make sense of.
    bool TryLookAtFirst()
    {
        byte first;
        nint count = LibC.recv(_descriptor, &first, 1, LibC.MSG_PEEK);
        if (count < 0 && LibC.Errno is LibC.EAGAIN or LibC.EINTR)
            return false;
        if (count <= 0)
            return Fail(RemoteFault.TlsCut, "the other side closed the connection before the handshake");
        _isBegun = true;
        if (first == HandshakeRecord)
            return true;
        ReadOnlySpan<byte> alert = TlsAlert.ProtocolVersion;
        fixed (byte* start = alert)
            _ = LibC.sendto(_descriptor, start, (nuint)alert.Length, LibC.MSG_NOSIGNAL, null, 0);
        return Fail(RemoteFault.TlsPlain, "the other side doesn't speak TLS");
    }

    bool Finish()
    {
        // A full handshake would have nobody prove who they are.
        if (!_context.Credentials.Configuration.UsesCertificates && SSL_session_reused(_ssl) != 1)
            return Fail(RemoteFault.TlsNoSharedKey, "the key was not used");
        if (_context.Receives)
        {
            Peer = _context.Credentials.Admit(_names);
            if (Peer is null)
                return Fail(RemoteFault.TlsName, "the other side is nobody who may connect");
        }

        // OpenSSL may have read ahead.
        _isDry = false;
        return IsReady = _isUsable = true;
    }

    bool FailHandshake()
    {
        int reason = TlsErrors.Take(out string words);
        if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
        {
            nint result = SSL_get_verify_result(_ssl);
            string text = result == X509_V_ERR_APPLICATION_VERIFICATION
                ? $"it is for {(_names.Count == 0 ? "nobody" : string.Join(", ", _names))}, not for {(_context.Receives ? "anybody who may connect" : _server)}"
                : TlsErrors.DescribeVerification(result);
            return Fail(TlsErrors.OfVerification(result), $"the other side's certificate is refused: {text}");
        }

        if (_verdict != RemoteFault.None)
            return Fail(_verdict, "the other side's identity is not one that may connect");
        RemoteFault fault = TlsErrors.OfHandshake(reason);
        if (fault == RemoteFault.TlsHandshake && _context.Receives && !_context.Credentials.Configuration.UsesCertificates && _names.Count == 0)
            return Fail(RemoteFault.TlsNoSharedKey, "the other side says no identity");
        return Fail(fault, DescribeFault(fault, words));
    }

    string DescribeFault(RemoteFault fault, string words) => fault switch
    {
        RemoteFault.TlsRefused => $"the other side refuses this one: {words}",
        RemoteFault.TlsCut => "the other side closed the connection in the handshake",
        RemoteFault.TlsVersion => _context.Receives ? "the other side doesn't speak TLS 1.3" : "the other side doesn't speak TLS 1.3, or no TLS at all",
        RemoteFault.TlsSharedKey => "the other side's key is not that of its identity",
        _ => words,
    };

    bool Fail(RemoteFault fault, string reason)
    {
        (Fault, Reason) = (fault, reason);
        ERR_clear_error();
        return false;
    }

    // After the first error OpenSSL takes nothing more, not even a goodbye.
    int Break()
    {
        if (Fault != RemoteFault.None)
            return TcpConnection.Broken;
        int reason = TlsErrors.Take(out string words);
        _isUsable = false;
        _isDry = true;
        if (reason is SSL_R_UNEXPECTED_EOF_WHILE_READING or 0)
            Fault = RemoteFault.Cut;
        else
            Fail(TlsErrors.OfHandshake(reason), DescribeFault(TlsErrors.OfHandshake(reason), words));
        return TcpConnection.Broken;
    }

    // A refusal may have come before: it says more than a broken pipe. Replies that stand before it are lost with the connection, as those under way are.
    int BreakWriting()
    {
        ERR_clear_error();
        byte* passedOver = stackalloc byte[PassedOverBytes];
        while (SSL_read(_ssl, passedOver, PassedOverBytes) > 0)
        {
        }

        return Break();
    }
}
