using System.Text;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>Connections of transport = tls before anybody knows whose they are.</summary>
/// <remarks>
/// They are no clients yet and take nobody's place: who is refused leaves a record and nothing else. Bounded are their number (where there are too many the oldest of the address
/// that has most goes), their time, how many an address begins in a second, and how many steps are done between two turns of those who are connected.
/// </remarks>
public sealed partial class RemoteReceiver
{
    const int HandshakesMax = 256;
    const int HandshakesPerSecond = 50;
    const int StepsPerTurn = 4;

    static readonly TimeSpan s_handshakeMax = TimeSpan.FromSeconds(5);

    readonly List<RemoteHandshake> _handshakes = [];
    HandshakeRate? _rate;
    long _saidRefusalAt;

    void BeginHandshake(TcpConnection connection)
    {
        _rate ??= new HandshakeRate(_clock, HandshakesPerSecond);
        if (!_rate.TryBegin(connection.Peer.Text))
        {
            Refuse(connection, "handshake-limit");
            return;
        }

        if (_handshakes.Count >= HandshakesMax)
            GiveUpOne();
        _handshakes.Add(new RemoteHandshake(connection, _clock.GetTimestamp()) { WaitIndex = -1 });
    }

    // Who has most of them isn't one who just came to connect; and nor is who hasn't said a word.
    void GiveUpOne()
    {
        var counts = new Dictionary<string, int>();
        foreach (RemoteHandshake one in _handshakes)
            counts[one.Connection.Peer.Text] = counts.GetValueOrDefault(one.Connection.Peer.Text) + 1;
        int most = counts.Values.Max();
        RemoteHandshake victim = _handshakes.Where(one => counts[one.Connection.Peer.Text] == most).MinBy(one => (one.Connection.Tls is not null, one.Since))!;
        _handshakes.Remove(victim);
        Refuse(victim.Connection, "handshake-limit");
    }

    void WatchHandshakes()
    {
        foreach (RemoteHandshake one in _handshakes)
            one.WaitIndex = _wait.Watch(one.Connection, reads: true, writes: false);
    }

    // Who was served goes to the end: those who send byte by byte keep nobody from their turn.
    void AdvanceHandshakes()
    {
        int steps = 0;
        for (int index = 0; index < _handshakes.Count; index++)
        {
            RemoteHandshake one = _handshakes[index];
            bool isOver = _clock.GetElapsedTime(one.Since) >= s_handshakeMax;
            if (!isOver && (steps >= StepsPerTurn || one.WaitIndex < 0 || !_wait.IsReady(one.WaitIndex)))
                continue;
            _handshakes.RemoveAt(index--);
            one.WaitIndex = -1;
            if (isOver)
                Refuse(one.Connection, RemoteFault.TlsTimeout, "the handshake took too long");
            else
                Step(one);
            steps++;
        }
    }

    void Step(RemoteHandshake one)
    {
        // Settings may have changed since it was accepted.
        if (_settings.Tls is not { } context)
        {
            Refuse(one.Connection, RemoteFault.Tls, "TLS is not served any more");
            return;
        }

        try
        {
            TlsSession session = one.Connection.Tls ?? one.Connection.Secure(context, "");
            if (!session.TryHandshake())
                Refuse(one.Connection, session.Fault, session.Reason);
            else if (session.IsReady)
                Seat(one.Connection);
            else
                _handshakes.Add(one);
        }
        catch (AuditException exception)
        {
            // No memory for one more is no reason to send away the others.
            Refuse(one.Connection, RemoteFault.TlsHandshake, exception.Message);
        }
    }

    void Refuse(TcpConnection connection, RemoteFault fault, string reason)
    {
        Volatile.Write(ref _refused, _refused + 1);
        _notSecured.Count(RemoteFaultWords.Of(fault), connection.Peer.Text, connection.Peer.Port);
        if (_saidRefusalAt == 0 || _clock.GetElapsedTime(_saidRefusalAt) >= s_tick)
        {
            _saidRefusalAt = _clock.GetTimestamp();
            _say($"{connection.Peer.Text} port {connection.Peer.Port} is not let in: {reason}");
        }

        connection.Dispose();
    }

    void DropHandshakes()
    {
        foreach (RemoteHandshake one in _handshakes)
            one.Connection.Dispose();
        _handshakes.Clear();
    }
}
