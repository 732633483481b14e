using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;

namespace Akashi.Daemon.Remote;

/// <summary>The connection to the receiver.</summary>
public sealed partial class RemoteSender
{
    string? Connect()
    {
        if (_link is not null)
            return null;
        string? refusal = TryConnect();
        NoteConnecting(refusal);
        return refusal;
    }

    string? TryConnect()
    {
        try
        {
            TcpConnection connection = TcpConnection.Connect(_configuration.Server, _configuration.Port, _configuration.LocalPort, TimeMax);
            _link = new RemoteLink(connection, _wait, _clock);
            if (_configuration.Transport == RemoteTransport.Tls && Secure() is { } refusal)
            {
                Disconnect();
                return refusal;
            }

            if (!_configuration.IsAscii && (Greet() ?? Introduce()) is { } reason)
            {
                Disconnect();
                return reason;
            }

            if (_link is null)
                return "remote server is going down";
            _isConnected = true;
            _isRemoteEnded = false;
            _say($"connected to {_configuration.Server}");
            return null;
        }
        catch (AuditException exception)
        {
            Disconnect();
            return exception.Message;
        }
    }

    // Its files are read anew each time: a renewed certificate holds from the next connection on.
    string? Secure()
    {
        TlsConfiguration keys = _configuration.Tls;
        using TlsContext context = OpenTls(keys);
        return _link!.Secure(context, keys.ServerName.Length > 0 ? keys.ServerName : _configuration.Server, TimeMax) is { } reason
            ? $"TLS with {_configuration.Server} port {_configuration.Port}: {reason}"
            : null;
    }

    void Disconnect()
    {
        _link?.Dispose();
        _link = null;
        _isConnected = false;
        _underWay = 0;
        lock (_gate)
            _queue.Rewind();
    }
}
