using System.Net;
using System.Net.Sockets;
using Akashi.Linux.Sockets;
using Akashi.Testing;
using TcpListener = Akashi.Linux.Sockets.TcpListener;

namespace Akashi.Linux.Tests.Sockets;

/// <summary>Waiting for many connections, beside <see cref="WaitList"/>, which asks the kernel anew each time.</summary>
public sealed class ConnectionWaitTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TcpListener _listener = TcpListener.At(0, 1024);
    readonly ConnectionWait _wait = new();
    readonly List<(Socket Far, TcpConnection Near)> _all = [];

    public void Dispose()
    {
        foreach ((Socket far, TcpConnection near) in _all)
        {
            far.Dispose();
            near.Dispose();
        }

        _wait.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void What_is_ready_is_what_a_list_that_asks_anew_says() => Seeded.Repeat(20, random =>
    {
        using var list = new WaitList();
        for (int turn = 0; turn < 50; turn++)
        {
            Change(random);
            _wait.Clear();
            list.Clear();
            List<(int Ours, int Theirs)> watched = [];
            foreach ((_, TcpConnection near) in _all)
            {
                bool reads = random.Next(3) > 0, writes = random.Next(3) == 0;
                if (reads || writes)
                    watched.Add((_wait.Watch(near, reads, writes), list.Watch(near, reads, writes)));
            }

            // The kernel may still be at work on what was just sent; and one that isn't watched may take a wait's place once.
            Assert.True(SpinWait.SpinUntil(() => IsSame(list, watched), s_limit), "they don't agree");
        }
    });

    [Fact]
    public void Who_is_not_watched_ends_no_wait_and_is_ready_when_it_is_again()
    {
        (Socket far, TcpConnection near) = Connect();
        _wait.Clear();
        _wait.Watch(near, reads: true, writes: false);
        far.Send([1]);
        for (int turn = 0; turn < 3; turn++)
        {
            _wait.Clear();
            _wait.Wait(TimeSpan.Zero);
        }

        _wait.Clear();
        int index = _wait.Watch(near, reads: true, writes: false);
        _wait.Wait(s_limit);
        Assert.True(_wait.IsReadable(index));
    }

    [Fact]
    public void A_caller_and_a_wake_from_another_thread_end_a_wait()
    {
        _wait.Clear();
        int index = _wait.Watch(_listener);
        Socket far = Call();
        _wait.Wait(s_limit);
        Assert.True(_wait.IsReadable(index));
        Assert.Equal(AcceptOutcome.Accepted, _listener.Accept(out TcpConnection? near));
        _all.Add((far, near!));

        var waking = new Thread(_wait.Wake);
        waking.Start();
        _wait.Clear();
        index = _wait.Watch(_listener);
        _wait.Wait(Timeout.InfiniteTimeSpan);
        Assert.False(_wait.IsReady(index));
        waking.Join();
    }

    bool IsSame(WaitList list, List<(int Ours, int Theirs)> watched)
    {
        _wait.Wait(TimeSpan.Zero);
        list.Wait(TimeSpan.Zero);
        return watched.TrueForAll(one => _wait.IsReady(one.Ours) == list.IsReady(one.Theirs) && _wait.IsReadable(one.Ours) == list.IsReadable(one.Theirs));
    }

    // Connections come, go at either end, and send.
    void Change(Random random)
    {
        if (_all.Count < 3 || random.Next(3) == 0)
            Connect();
        (Socket far, TcpConnection near) = _all[random.Next(_all.Count)];
        switch (random.Next(4))
        {
            case 0:
                near.Dispose();
                far.Dispose();
                _all.RemoveAll(one => one.Near == near);
                break;
            case 1:
                far.Dispose();
                break;
            case 2 when far.Connected:
                far.Send([1, 2, 3]);
                break;
            default:
                near.Read(new byte[10]);
                break;
        }
    }

    (Socket Far, TcpConnection Near) Connect()
    {
        Socket far = Call();
        TcpConnection? near = null;
        Assert.True(SpinWait.SpinUntil(() => _listener.Accept(out near) == AcceptOutcome.Accepted, s_limit));
        _all.Add((far, near!));
        return _all[^1];
    }

    Socket Call()
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        far.Connect(IPAddress.Loopback, _listener.Port);
        return far;
    }
}
