using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akashi.Daemon.Status;
using Akashi.Linux.Sockets;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Status;

/// <summary>Askers that are slow, silent or too many, beside one that asks as it should.</summary>
public sealed class AskerLoopTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    // Short: a clock that stands still doesn't tell the loop, which looks again after so long.
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    // Nobody is served because another ran out of time.
    readonly ManualClock _clock = new(TestHost.Noon);
    readonly TemporaryFolder _folder = new();

    string SocketPath => _folder["asked"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Silent_askers_hold_up_nobody()
    {
        using AskerLoop loop = Serve("answer");
        using var silent = new Connections(40, SocketPath);

        for (int count = 0; count < 100; count++)
            Assert.Equal("answer", Ask("?\n"));
    }

    [Fact]
    public void An_asker_that_speaks_letter_by_letter_is_answered_while_others_are()
    {
        using AskerLoop loop = Serve("answer");
        using StreamConnection slow = Connect();

        foreach (char letter in "slowly?")
        {
            Assert.True(slow.TrySend([(byte)letter], s_limit));
            Assert.Equal("answer", Ask("?\n"));
        }

        Assert.True(slow.TrySend("\n"u8, s_limit));
        Assert.Equal("answer", ReadAll(slow));
    }

    [Fact]
    public void An_asker_that_does_not_take_its_answer_holds_up_nobody_and_gets_it_whole_later()
    {
        string large = new('x', 8 * 1024 * 1024);
        using AskerLoop loop = Serve(large);
        using StreamConnection slow = Connect();
        Assert.True(slow.TrySend("?\n"u8, s_limit));

        Assert.Equal(large.Length, Ask("?\n").Length);
        Assert.Equal(large.Length, ReadAll(slow).Length);
    }

    [Fact]
    public void Who_asks_is_answered_while_others_flood_with_silent_connections()
    {
        using AskerLoop loop = Serve("answer");
        using var end = new CancellationTokenSource();
        int made = 0;
        Thread[] flooders = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() => Interlocked.Add(ref made, Flood(end.Token))) { IsBackground = true })];
        foreach (Thread flooder in flooders)
            flooder.Start();

        int answered = 0;
        var watch = Stopwatch.StartNew();
        while (answered < 50 && watch.Elapsed < s_limit)
            answered += Ask("?\n") == "answer" ? 1 : 0;
        end.Cancel();
        foreach (Thread flooder in flooders)
            flooder.Join();

        Assert.Equal(50, answered);
        Assert.True(made > 64, $"only {made} connections were made");
    }

    [Fact]
    public void Of_too_many_the_one_that_is_silent_for_longest_gives_way()
    {
        using AskerLoop loop = Serve("answer");
        using StreamConnection first = Connect();
        using var silent = new Connections(64, SocketPath);

        Assert.Equal("", ReadAll(first));
        Assert.Equal("answer", Ask("?\n"));
    }

    [Fact]
    public void Who_says_nothing_in_time_is_told_so_and_dropped()
    {
        using AskerLoop loop = Serve("answer");
        using StreamConnection silent = Connect();
        using StreamConnection half = Connect();
        Assert.True(half.TrySend("half"u8, s_limit));

        // Accepted after them.
        Assert.Equal("answer", Ask("?\n"));
        _clock.Advance(s_patience);

        Assert.Equal("no question: ", ReadAll(silent));
        Assert.Equal("no question: half", ReadAll(half));
    }

    [Fact]
    public void Who_does_not_take_its_answer_in_time_is_dropped()
    {
        using AskerLoop loop = Serve(new string('x', 64 * 1024 * 1024));
        using StreamConnection slow = Connect();
        Assert.True(slow.TrySend("?\n"u8, s_limit));
        Assert.Equal(1, slow.Receive(new byte[1], s_limit));
        _clock.Advance(s_patience);

        Assert.InRange(ReadAll(slow).Length, 0, 63 * 1024 * 1024);
    }

    [Fact]
    public void A_request_that_does_not_end_is_cut()
    {
        using AskerLoop loop = Serve("answer");
        using StreamConnection noisy = Connect();
        Assert.True(noisy.TrySend(Encoding.ASCII.GetBytes(new string('n', 64)), s_limit));

        Assert.Equal("no question: " + new string('n', 64), ReadAll(noisy));
    }

    [Fact]
    public void The_end_waits_for_nobody()
    {
        AskerLoop loop = Serve("answer");
        using var silent = new Connections(5, SocketPath);
        var watch = Stopwatch.StartNew();

        loop.Dispose();

        Assert.True(watch.Elapsed < s_limit);
    }

    [Fact]
    public void Scrapers_that_connect_and_stay_silent_do_not_hold_up_the_metrics()
    {
        using var server = new MetricsServer(0, () => "akashi_recording 1\n"u8.ToArray(), _clock);
        TcpClient[] silent = [.. Enumerable.Range(0, 30).Select(_ => new TcpClient())];
        foreach (TcpClient client in silent)
            client.Connect(IPAddress.Loopback, server.Port);

        // The time of none of them runs out.
        using var scraper = new TcpClient { ReceiveTimeout = (int)s_limit.TotalMilliseconds };
        scraper.Connect(IPAddress.Loopback, server.Port);
        scraper.GetStream().Write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"u8);
        using var reader = new StreamReader(scraper.GetStream());
        Assert.EndsWith("akashi_recording 1\n", reader.ReadToEnd());
        foreach (TcpClient client in silent)
            client.Dispose();
    }

    AskerLoop Serve(string answer)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(answer);
        return new AskerLoop(
            "asked", ListeningSocket.AtPath(SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite, 0), 64, s_patience,
            (asker, request, isEnd) => request.EndsWith("\n"u8) ? bytes : isEnd ? [.. "no question: "u8, .. request] : null, _clock);
    }

    StreamConnection Connect()
    {
        Assert.True(StreamConnection.TryConnect(SocketPath, out StreamConnection? connected));
        return connected;
    }

    string Ask(string question)
    {
        if (!StreamConnection.TryConnect(SocketPath, out StreamConnection? connected))
            return "";
        using StreamConnection asker = connected;
        return asker.TrySend(Encoding.ASCII.GetBytes(question), s_limit) ? ReadAll(asker) : "";
    }

    static string ReadAll(StreamConnection connection)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (connection.Receive(buffer, s_limit) is > 0 and int received)
            all.Write(buffer, 0, received);
        return Encoding.ASCII.GetString(all.ToArray());
    }

    int Flood(CancellationToken end)
    {
        var held = new Queue<StreamConnection>();
        int made = 0;
        while (!end.IsCancellationRequested)
        {
            if (StreamConnection.TryConnect(SocketPath, out StreamConnection? connection))
            {
                held.Enqueue(connection);
                made++;
            }

            if (held.Count > 200)
                held.Dequeue().Dispose();
        }

        foreach (StreamConnection connection in held)
            connection.Dispose();
        return made;
    }

    sealed class Connections : IDisposable
    {
        readonly List<StreamConnection> _all = [];

        public Connections(int count, string path)
        {
            for (int index = 0; index < count; index++)
            {
                Assert.True(StreamConnection.TryConnect(path, out StreamConnection? connected));
                _all.Add(connected);
            }
        }

        public void Dispose() => _all.ForEach(connection => connection.Dispose());
    }
}
