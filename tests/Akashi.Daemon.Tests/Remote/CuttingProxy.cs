using System.Net;
using System.Net.Sockets;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Stands between a sender and a receiver, and cuts each connection after a random number of bytes in either direction.</summary>
sealed class CuttingProxy : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly int _target;
    readonly Random _random;
    readonly int _bytesMax;
    volatile bool _isEnded;
    volatile int _cuts;
    volatile int _cutsLeft;

    public CuttingProxy(int target, Random random, int cuts, int bytesMax)
    {
        _target = target;
        _random = random;
        _cutsLeft = cuts;
        _bytesMax = bytesMax;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>Connections that were cut.</summary>
    public int Cuts => _cuts;

    public void Dispose()
    {
        _isEnded = true;
        _listener.Stop();
    }

    void Serve()
    {
        try
        {
            while (!_isEnded)
            {
                Socket near = _listener.AcceptSocket();
                var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                far.Connect(IPAddress.Loopback, _target);
                bool cuts = _cutsLeft-- > 0;
                int forth = cuts ? _random.Next(1, _bytesMax) : int.MaxValue;
                int back = cuts ? _random.Next(1, Math.Max(2, _bytesMax / 20)) : int.MaxValue;
                new Thread(() => Pump(near, far, forth)) { IsBackground = true }.Start();
                new Thread(() => Pump(far, near, back)) { IsBackground = true }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    void Pump(Socket from, Socket to, int left)
    {
        byte[] bytes = new byte[4096];
        try
        {
            while (left > 0)
            {
                int count = from.Receive(bytes, 0, Math.Min(bytes.Length, left), SocketFlags.None);
                if (count == 0)
                    break;
                to.Send(bytes, 0, count, SocketFlags.None);
                left -= count;
            }

            _cuts += left == 0 ? 1 : 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other direction was cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
