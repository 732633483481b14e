using Akashi.Linux.Tls;

namespace Akashi.Linux.Sockets;

/// <summary>TLS over the connection.</summary>
public sealed unsafe partial class TcpConnection
{
    /// <summary>What it is read and written through; null for plain TCP.</summary>
    public TlsSession? Tls { get; private set; }

    /// <summary>Whether there may be something to read that the kernel doesn't know of any more: a wait wouldn't end.</summary>
    public bool MayHaveMore => Tls is { MayHaveMore: true };

    /// <summary>Why it broke, with a colon before it; empty where that isn't known.</summary>
    public string BreakReason => Tls is { Reason.Length: > 0 } tls ? ": " + tls.Reason : "";

    /// <summary>Has everything from now on go through TLS; <see cref="TlsSession.TryHandshake"/> is next.</summary>
    /// <param name="context">This end.</param>
    /// <param name="server">Whom the other end has to be; empty for a receiver, which asks its context.</param>
    /// <returns>The session; it ends with the connection.</returns>
    public TlsSession Secure(TlsContext context, string server) => Tls = new TlsSession(context, Descriptor, server);
}
