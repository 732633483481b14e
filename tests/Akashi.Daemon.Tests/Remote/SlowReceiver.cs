using System.Net;
using System.Net.Sockets;
using System.Text;
using Akashi.Remote;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>A receiver of ours that greets, and from then on reads a byte a tenth of a second and acknowledges nothing.</summary>
sealed class SlowReceiver : IDisposable
{
    const int BufferBytes = 4096;

    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = BufferBytes };
    readonly CancellationTokenSource _end = new();
    readonly List<Thread> _threads = [];
    int _connections;

    public SlowReceiver()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Run(AcceptAll);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Connections => Volatile.Read(ref _connections);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        Thread[] threads;
        lock (_threads)
            threads = [.. _threads];
        Array.ForEach(threads, thread => thread.Join());
        _end.Dispose();
    }

    void AcceptAll()
    {
        while (!_end.IsCancellationRequested)
        {
            Socket socket = _listener.Accept();
            Interlocked.Increment(ref _connections);
            Run(() => ReadSlowly(socket));
        }
    }

    void ReadSlowly(Socket socket)
    {
        using (socket)
        {
            Greet(socket);
            byte[] one = new byte[1];
            while (!_end.Token.WaitHandle.WaitOne(100) && socket.Receive(one) > 0)
            {
            }
        }
    }

    static void Greet(Socket socket)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes];
        socket.ReceiveTimeout = (int)ReceivingTrail.Limit.TotalMilliseconds;
        socket.Receive(bytes);
        Assert.True(RemoteHeader.TryRead(bytes, out RemoteHeader header, out _));
        byte[] text = new byte[header.TextBytes];
        socket.Receive(text);
        Assert.True(RemoteHello.TryReadSender(text, out RemoteHello hello));
        socket.Send(ReceivingTrail.Message(header.Sequence, $"akashi 1 window=1024 position={hello.Position}", RemoteMessageType.Acknowledgement));
    }

    void Run(Action action)
    {
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The other side or the test has gone.
            }
        })
        { IsBackground = true };
        lock (_threads)
            _threads.Add(thread);
        thread.Start();
    }
}
