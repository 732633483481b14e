using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>Who may connect, and who has to go.</summary>
/// <remarks>
/// An address that has all the connections it may have isn't refused at once: a client that died uncleanly leaves a connection that only looks alive. The newcomer waits
/// while the kernel asks the other side of each of the address's connections whether it still knows it; a dead one ends within three seconds and makes room. Where all
/// of them live the newcomer is refused as the original does, <c>op=dup</c>.
/// </remarks>
public sealed partial class RemoteReceiver
{
    const int WaitingMax = 256;
    const int ConnectionsMax = 4096;
    const int SayingMax = 1024;
    const int SilentSaidMax = 16;

    // Whoever floods the port waits for the turns of those who are connected.
    const int AcceptsPerTurn = 64;

    static readonly TimeSpan s_probeMax = TimeSpan.FromSeconds(4);
    static readonly TimeSpan s_exhaustedRest = TimeSpan.FromSeconds(1);

    readonly List<(TcpConnection Connection, long Since)> _waiting = [];
    readonly RefusalTally _notLetIn;
    readonly RefusalTally _notSecured;
    long _exhaustedAt;
    bool _isExhausted;
    int _unwritten;

    // Whoever floods the port floods the trail with refusals: no faster than it takes them.
    bool MayAccept() =>
        Volatile.Read(ref _unwritten) < SayingMax && (!_isExhausted || _clock.GetElapsedTime(_exhaustedAt) >= s_exhaustedRest);

    void Accept()
    {
        for (int left = AcceptsPerTurn; left > 0 && MayAccept(); left--)
        {
            switch (_listener!.Accept(out TcpConnection? connection))
            {
                case AcceptOutcome.Accepted:
                    _isExhausted = false;
                    Look(connection!);
                    break;
                case AcceptOutcome.Exhausted:
                    if (!_isExhausted)
                        _say("no descriptor is left for another connection");
                    _isExhausted = true;
                    _exhaustedAt = _clock.GetTimestamp();
                    return;
                default:
                    return;
            }
        }
    }

    void Look(TcpConnection connection)
    {
        int port = connection.Peer.Port;
        if (_settings.Ports.First > 0 && (port < _settings.Ports.First || port > _settings.Ports.Last))
            Refuse(connection, "port");
        else if (!connection.Peer.IsThisMachine && !_settings.Collector.Addresses.Has(connection.Peer.Text))
            Refuse(connection, "from");
        else if (_settings.Wrappers is { } gate)
            Ask(gate, connection);
        else
            LetIn(connection);
    }

    void LetIn(TcpConnection connection)
    {
        if (_clients.Count >= ConnectionsMax)
            Refuse(connection, "alloc");
        else if (_settings.Tls is not null)
            BeginHandshake(connection);
        else
            Seat(connection);
    }

    // As many of an address as it may have.
    void Seat(TcpConnection connection)
    {
        if (CountOf(connection.Peer.Text) < _settings.PerAddressMax)
            Admit(connection);
        else if (_waiting.Count >= WaitingMax || _waiting.Count(one => one.Connection.Peer.Text == connection.Peer.Text) >= _settings.PerAddressMax)
            Refuse(connection, "dup");
        else
            Wait(connection);
    }

    void Admit(TcpConnection connection)
    {
        var client = new RemoteClient(connection, _clock.GetTimestamp());
        Allow(client);
        _clients.Add(client);
        Volatile.Write(ref _active, _clients.Count);
        Volatile.Write(ref _accepted, _accepted + 1);
        if (connection.Tls is not null)
            SayAccepted(client);
    }

    void Refuse(TcpConnection connection, string operation)
    {
        _notLetIn.Count(operation, connection.Peer.Text, connection.Peer.Port);
        connection.Dispose();
    }

    void Wait(TcpConnection connection)
    {
        foreach (RemoteClient client in _clients)
        {
            if (client.Connection.Peer.Text != connection.Peer.Text || client.IsProbed)
                continue;
            client.Connection.ProbeNow();
            client.IsProbed = true;
        }

        _waiting.Add((connection, _clock.GetTimestamp()));
    }

    int CountOf(string address) => _clients.Count(client => client.Connection.Peer.Text == address);

    // Connections that are at their end, and whose last record is on its way, go; those that wait for one of them may come.
    void Remove()
    {
        bool isRemoved = false;
        for (int index = _clients.Count - 1; index >= 0; index--)
        {
            RemoteClient client = _clients[index];
            if (client.IsAtEnd && !client.IsClosed && client.OwedReplies == 0 && RemoteFrames.Take(client.Input, out _, out _) == 0)
            {
                if (!client.Input.IsEmpty)
                    Refuse(client, RemoteFault.Cut);
                client.Dispose();
            }

            if (!client.IsClosed)
                continue;
            _clients.RemoveAt(index);
            Disallow(client);
            isRemoved = true;
            SayEnd(client);
        }

        if (!isRemoved)
            return;
        Volatile.Write(ref _active, _clients.Count);
        AdmitWaiting();
    }

    void AdmitWaiting()
    {
        for (int index = 0; index < _waiting.Count; index++)
        {
            TcpConnection connection = _waiting[index].Connection;
            if (CountOf(connection.Peer.Text) >= _settings.PerAddressMax)
                continue;
            _waiting.RemoveAt(index--);
            EndProbe(connection.Peer.Text);
            Admit(connection);
        }
    }

    void EndProbe(string address)
    {
        if (_waiting.Any(one => one.Connection.Peer.Text == address))
            return;
        foreach (RemoteClient client in _clients)
        {
            if (!client.IsProbed || client.Connection.Peer.Text != address)
                continue;
            client.Connection.ProbeRarely();
            client.IsProbed = false;
        }
    }

    void LookAfter()
    {
        while (_waiting.Count > 0 && _clock.GetElapsedTime(_waiting[0].Since) >= s_probeMax)
        {
            TcpConnection connection = _waiting[0].Connection;
            _waiting.RemoveAt(0);
            EndProbe(connection.Peer.Text);
            Refuse(connection, "dup");
        }

        if (_clock.GetElapsedTime(_saidRefusedAt) < s_tick)
            return;
        LookAtHosts(_clock.GetElapsedTime(_saidRefusedAt));
        _notLetIn.Look();
        _notSecured.Look();
        _saidRefusedAt = _clock.GetTimestamp();
        int announced = 0;
        foreach (RemoteClient client in _clients)
        {
            if (!client.IsSaid && announced < SilentSaidMax && _clock.GetElapsedTime(client.Since) >= s_tick)
            {
                SayAccepted(client);
                announced++;
            }

            SayRefused(client);
            if (_settings.IdleMax > TimeSpan.Zero && _clock.GetElapsedTime(client.Heard) > _settings.IdleMax && !client.IsClosed && !client.IsSlowed)
            {
                _say($"client {client.Connection.Peer.Text} idle too long: the connection is closed");
                client.Dispose();
            }
        }

        Remove();
    }

    void DropWaiting()
    {
        foreach ((TcpConnection connection, _) in _waiting)
            connection.Dispose();
        _waiting.Clear();
        DropHandshakes();
        DropQuestions();
        _notLetIn.End();
        _notSecured.End();
    }

    // The new port is had before the old one goes.
    void Change(RemoteSettings wanted)
    {
        _listener?.SetQueue(wanted.Queue);
        if (wanted.Port != _settings.Port)
        {
            try
            {
                TcpListener changed = TcpListener.At(wanted.Port, wanted.Queue);
                _listener?.Dispose();
                _listener = changed;
            }
            catch (Host.AuditException exception)
            {
                _say($"{exception.Message}; the old port is kept");
                wanted = wanted with { Port = _settings.Port };
            }
        }

        TlsContext? former = _settings.Tls;
        _settings = wanted;
        _text = MakeText(wanted);
        if (wanted.Tls is { } now && !ReferenceEquals(former, now))
            SendAwayUnbelieved(former, now);
        OpenJournal();
        OpenLogs();
        AdmitWaiting();
    }

    // Who may not connect any more is not to stay connected either. With another list of revoked certificates all come anew: which one a connection was made with isn't known.
    void SendAwayUnbelieved(TlsContext? former, TlsContext now)
    {
        bool isListSame = former is not null && former.Revocations.AsSpan().SequenceEqual(now.Revocations);
        bool MayStay(TcpConnection connection) => isListSame && connection.Tls?.Peer is { } peer && now.Credentials.Admit(peer.Names) is not null;
        foreach (RemoteClient client in _clients)
        {
            if (!MayStay(client.Connection))
                client.Dispose();
        }

        _waiting.RemoveAll(one =>
        {
            if (MayStay(one.Connection))
                return false;
            one.Connection.Dispose();
            return true;
        });
        DropHandshakes();
        Remove();
    }
}
