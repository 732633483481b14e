using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Sends one record to a receiver and waits for its acknowledgement: whether records get there.</summary>
public static class RemoteProbe
{
    /// <summary>What its record says that it is.</summary>
    public static ReadOnlySpan<byte> Operation => "op=akashi-setup-remote id="u8;

    /// <summary>Sends it.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="server">The receiver.</param>
    /// <param name="port">Its port.</param>
    /// <param name="localPort">From which port; 0 for any.</param>
    /// <param name="record">The record's text.</param>
    /// <param name="limit">How long each step may take.</param>
    /// <param name="tls">This end of TLS; null for plain TCP.</param>
    /// <param name="serverName">With TLS: what the receiver's certificate must be for.</param>
    /// <param name="isOurs">Whether the receiver is one of ours.</param>
    /// <returns>Null where it was acknowledged: the receiver's log has it; else why it wasn't.</returns>
    public static string? Send(
        TimeProvider clock, string server, int port, int localPort, ReadOnlySpan<byte> record, TimeSpan limit, out bool isOurs, TlsContext? tls = null, string serverName = "")
    {
        isOurs = false;
        try
        {
            using TcpConnection connection = TcpConnection.Connect(server, port, localPort, limit);
            using var wait = new WaitList();
            using var link = new RemoteLink(connection, wait, clock);
            if (tls is not null && link.Secure(tls, serverName, limit) is { } unsafely)
                return unsafely == RemoteLink.NoHandshake ? "it does not answer the handshake of TLS" : $"TLS: {unsafely}";
            Span<byte> hello = stackalloc byte[RemoteHello.TextBytesMax];
            hello = hello[..new RemoteHello(RemoteStreams.MakeNumber(), 0, 0).Write(hello)];
            if (Ask(clock, link, RemoteMessageType.Heartbeat, 1, hello, limit) is { } refusal)
                return refusal;
            isOurs = RemoteHello.TryReadReceiver(link.ReplyText, out _);
            return Ask(clock, link, RemoteMessageType.Message, 2, record, limit);
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }
    }

    static string? Ask(TimeProvider clock, RemoteLink link, RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text, TimeSpan limit)
    {
        if (link.Send(type, sequence, text, limit) is { } broken)
            return broken;
        long began = clock.GetTimestamp();
        while (limit - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            switch (link.Receive(out RemoteHeader reply, left))
            {
                case ReplyOutcome.Reply when reply.Sequence == sequence:
                    return !reply.Type.IsFatal ? null : reply.Type == RemoteMessageType.DiskFull ? "its disk is full" : "its disk refuses";
                case ReplyOutcome.Reply when reply.Type == RemoteMessageType.Ending:
                    return "it is ending";
                case ReplyOutcome.Closed when link.BreakReason is { Length: > 0 } reason:
                    return $"it closes the connection{reason}";
                case ReplyOutcome.Closed:
                    return "it closes the connection: it may not take any from this address or port, or has one of this machine already (tcp_max_per_addr)";
                case ReplyOutcome.NoReply:
                    return "what answers there speaks another protocol";
            }
        }

        return "it does not answer";
    }
}
