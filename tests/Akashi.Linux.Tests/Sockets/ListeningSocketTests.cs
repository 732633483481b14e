using System.Net;
using System.Net.Sockets;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Sockets;

/// <summary>Sockets of the file system and of the loopback address.</summary>
public sealed class ListeningSocketTests : IDisposable
{
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();

    string SocketPath => _folder["control"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_path_has_its_permissions_and_tells_who_connects()
    {
        uint gid = Environment.IsPrivilegedProcess ? 4u : new LinuxHost().Process.Uid;
        using ListeningSocket listening = ListeningSocket.AtPath(SocketPath, Mode, gid);
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? client));
        using StreamConnection asker = client;
        using StreamConnection served = listening.AcceptNow()!;

        Assert.Equal(Mode, File.GetUnixFileMode(SocketPath));
        Assert.True(served.TryFindPeer(out int pid, out uint uid, out _));
        Assert.Equal((Environment.ProcessId, new LinuxHost().Process.Uid), (pid, uid));
        Assert.False(served.HasPeerGroup(4_000_000_000));

        Assert.True(asker.TrySend("abc"u8, s_limit));
        byte[] buffer = new byte[10];
        Assert.Equal(3, served.Receive(buffer, s_limit));
        Assert.Equal(-1, served.Receive(buffer, TimeSpan.Zero));
        asker.Dispose();
        Assert.Equal(0, served.Receive(buffer, s_limit));
    }

    [Fact]
    public void A_socket_that_somebody_listens_at_is_left_alone_and_one_that_died_is_replaced()
    {
        ListeningSocket first = ListeningSocket.AtPath(SocketPath, Mode, 0);
        Assert.Contains("another process does", Assert.Throws<AuditException>(() => ListeningSocket.AtPath(SocketPath, Mode, 0)).Message);
        first.Dispose();

        using ListeningSocket second = ListeningSocket.AtPath(SocketPath, Mode, 0);
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? client));
        client.Dispose();
        Assert.Equal([SocketPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Who_never_reads_ends_a_sending_by_its_time()
    {
        using ListeningSocket listening = ListeningSocket.AtPath(SocketPath, Mode, 0);
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? client));
        using StreamConnection silent = client;
        using StreamConnection served = listening.AcceptNow()!;

        Assert.False(served.TrySend(new byte[8 * 1024 * 1024], TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public void A_wait_for_who_connects_can_be_ended()
    {
        using ListeningSocket listening = ListeningSocket.AtLoopback(0);
        using var waits = new WaitList();
        int callers = waits.Watch(listening);
        waits.Wake();

        waits.Wait(Timeout.InfiniteTimeSpan);

        Assert.False(waits.IsReady(callers));
        Assert.Null(listening.AcceptNow());
        Assert.InRange(listening.Port, 1, 65535);
    }

    [Fact]
    public void A_wait_tells_who_connects_who_speaks_who_has_room_and_who_is_gone()
    {
        using ListeningSocket listening = ListeningSocket.AtPath(SocketPath, Mode, 0);
        using var waits = new WaitList();
        int callers = waits.Watch(listening), connection;
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? client));
        waits.Wait(s_limit);
        Assert.True(waits.IsReady(callers));
        using StreamConnection served = listening.AcceptNow()!;
        byte[] buffer = new byte[10];

        Watch(isForSending: false, TimeSpan.Zero);
        Assert.False(waits.IsReady(callers) || waits.IsReady(connection));
        Assert.False(served.TryReceiveNow(buffer, out _));

        Assert.True(client.TrySend("abc"u8, s_limit));
        Watch(isForSending: false, s_limit);
        Assert.True(waits.IsReady(connection));
        Assert.True(served.TryReceiveNow(buffer, out int received));
        Assert.Equal(3, received);

        Watch(isForSending: true, s_limit);
        Assert.True(waits.IsReady(connection));
        byte[] much = new byte[8 * 1024 * 1024];
        Assert.InRange(served.SendNow(much), 1, much.Length - 1);
        while (served.SendNow(much) > 0)
        {
        }

        Watch(isForSending: true, TimeSpan.Zero);
        Assert.False(waits.IsReady(connection));

        client.Dispose();
        Watch(isForSending: true, s_limit);
        Assert.True(waits.IsReady(connection));
        Assert.Equal(-1, served.SendNow(much));

        void Watch(bool isForSending, TimeSpan timeout)
        {
            waits.Clear();
            callers = waits.Watch(listening);
            connection = waits.Watch(served, reads: !isForSending, writes: isForSending);
            waits.Wait(timeout);
        }
    }

    [Fact]
    public async Task A_burst_of_callers_finds_room()
    {
        const int CallerCount = 100;
        Assert.SkipUnless(int.Parse(File.ReadAllText("/proc/sys/net/core/somaxconn")) >= CallerCount, "net.core.somaxconn is less here");
        using ListeningSocket listening = ListeningSocket.AtLoopback(0);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        TcpClient[] callers = [.. Enumerable.Range(0, CallerCount).Select(_ => new TcpClient())];
        try
        {
            // Who finds no room is never answered.
            await Task.WhenAll(callers.Select(caller => caller.ConnectAsync(IPAddress.Loopback, listening.Port, limit.Token).AsTask()));
            Assert.All(callers, caller => Assert.True(caller.Connected));
        }
        finally
        {
            foreach (TcpClient caller in callers)
                caller.Dispose();
        }
    }

    [Fact]
    public void A_path_that_is_too_long_is_refused() =>
        Assert.Contains("too long", Assert.Throws<AuditException>(
            () => ListeningSocket.AtPath("/tmp/" + new string('x', 200), Mode, 0)).Message);
}
