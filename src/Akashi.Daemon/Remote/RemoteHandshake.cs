using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Remote;

/// <summary>A connection whose TLS handshake isn't done.</summary>
/// <param name="connection">It; its session is made with its first byte, so that a silent one costs no more than a descriptor.</param>
/// <param name="since">When it was accepted.</param>
sealed class RemoteHandshake(TcpConnection connection, long since)
{
    /// <summary>The connection.</summary>
    public TcpConnection Connection => connection;

    /// <summary>When it was accepted, a timestamp of the clock.</summary>
    public long Since => since;

    /// <summary>Its place in the present wait.</summary>
    public int WaitIndex { get; set; }
}
