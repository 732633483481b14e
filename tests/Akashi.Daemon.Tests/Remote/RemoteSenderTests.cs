using System.IO.Pipes;
using System.Text;
using Akashi.Daemon.Plugins;
using Akashi.Daemon.Remote;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>The sender over real sockets, with a server that does what a test says; the machine is a list.</summary>
public sealed class RemoteSenderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
    readonly ListedActions _actions = new();
    readonly List<string> _said = [];
    readonly List<string> _states = [];
    RemoteSender? _sender;
    Thread? _thread;
    PluginInput? _input;
    bool _isWell;

    public void Dispose()
    {
        _input?.Stop();
        _pipe.Dispose();
        _thread?.Join();
        _sender?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_record_is_sent_once_and_ends_of_events_are_not()
    {
        using var server = new ScriptedServer();
        Start(server, new RemoteConfiguration());
        Give(Record(1), "type=EOE msg=audit(1.000:1): ", "node=a type=EOE msg=audit(1.000:1): ", Record(2), "what is no record", Record(3));

        Assert.True(Finish());
        Assert.Equal(["connect", "2 " + Record(1), "3 " + Record(2), "4 " + Record(3)], server.Heard);
        Assert.Contains("the queue held what is no record: it was left out, and so is what follows of its kind", _said);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("magic")]
    [InlineData("sequence")]
    public void A_failed_try_is_followed_by_another_at_once_with_the_same_number(string failure)
    {
        using var server = new ScriptedServer("ack", failure);
        Start(server, new RemoteConfiguration { RetrySeconds = 60 });
        Give(Record(1), Record(2), Record(3));

        Assert.True(Finish());
        Assert.Equal(["connect", "2 " + Record(1), "3 " + Record(2), "connect", "3 " + Record(2), "4 " + Record(3)], server.Heard);
        Assert.Equal([Record(1), Record(2), Record(3)], server.Received);
    }

    [Fact]
    public void An_answer_that_does_not_come_is_not_waited_for_longer_than_a_record_may_take()
    {
        using var server = new ScriptedServer("none");
        Start(server, new RemoteConfiguration { SecondsPerRecordMax = 1 });
        Give(Record(1), Record(2));

        ReceivingTrail.WaitFor(() => server.Received.Count == 2, "it isn't sent again");
        Assert.True(Finish());
        Assert.Equal([Record(1), Record(2)], server.Received);
        Assert.Equal(2, server.Heard.Count(heard => heard == "connect"));
    }

    [Fact]
    public void After_the_tries_it_stops_and_says_what_is_lost_with_it()
    {
        using var server = new ScriptedServer("ack", "close", "close", "close");
        Start(server, new RemoteConfiguration());
        Give(Record(1), Record(2), Record(3));
        _thread!.Join();

        Assert.False(_isWell);
        Assert.Equal([Record(1)], server.Received);
        Assert.Equal(4, server.Heard.Count(heard => heard != "connect"));
        Assert.Contains(_said, text => text.StartsWith("remote logging stopping due to ", StringComparison.Ordinal) && text.EndsWith("max retries exhausted", StringComparison.Ordinal));
        Assert.Contains(_said, text => text.EndsWith("records were not sent and are lost with this process", StringComparison.Ordinal));
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("full", "remote server's disk is full")]
    [InlineData("error", "remote server has a disk error")]
    public void A_record_that_the_servers_disk_refuses_is_sent_again_until_it_is_taken(string answer, string said)
    {
        using var server = new ScriptedServer("ack", answer, answer);
        Start(server, new RemoteConfiguration());
        Give(Record(1), Record(2), Record(3));

        ReceivingTrail.WaitFor(() => server.Received.Count == 3, "it isn't sent again");
        Assert.True(Finish());
        Assert.Equal([Record(1), Record(2), Record(3)], server.Received);
        Assert.Single(_said, said);
        Assert.Contains(_states, state => state.Contains($"\nrefusal = {said}\nrefusal_since = "));
        Assert.DoesNotContain("refusal", _states[^1]);
    }

    [Theory]
    [InlineData(RemoteActionKind.Ignore, false)]
    [InlineData(RemoteActionKind.Syslog, true)]
    [InlineData(RemoteActionKind.WarnOnceContinue, true)]
    public void Some_actions_give_the_record_up_and_count_it(RemoteActionKind kind, bool isSaid)
    {
        using var server = new ScriptedServer("full", "ack");
        Start(server, new RemoteConfiguration { DiskFullAction = new RemoteAction(kind) });
        Give(Record(1), Record(2));

        Assert.True(Finish());
        Assert.Equal([Record(2)], server.Received);
        Assert.Equal(isSaid, _said.Contains("remote server's disk is full"));
        Assert.Contains("1 records were given up, as audisp-remote.conf has it", _said);
    }

    [Fact]
    public void Actions_on_the_machine_are_done()
    {
        using var server = new ScriptedServer("full", "low", "fatal");
        Start(server, new RemoteConfiguration
        {
            DiskFullAction = new RemoteAction(RemoteActionKind.Exec, "/usr/bin/true"),
            DiskLowAction = new RemoteAction(RemoteActionKind.Single),
            GenericErrorAction = new RemoteAction(RemoteActionKind.Halt),
        });
        Give(Record(1), Record(2), Record(3));

        // Once for a run: the second change of level is not asked for.
        ReceivingTrail.WaitFor(() => server.Received.Count == 2, "the record isn't kept");
        Assert.True(Finish());
        Assert.Equal(["run /usr/bin/true", "level SingleUser"], _actions.Asked);
    }

    [Fact]
    public void A_suspended_sender_keeps_what_comes_until_it_is_told_to_go_on()
    {
        using var server = new ScriptedServer("full");
        Start(server, new RemoteConfiguration { DiskFullAction = new RemoteAction(RemoteActionKind.Suspend) });
        Give(Record(1));
        ReceivingTrail.WaitFor(() => _sender!.DescribeState().Contains("suspend = yes"), "it isn't suspended");
        Give(Record(2));
        ReceivingTrail.WaitFor(() => _sender!.DescribeState().Contains("queue_length = 2"), "it doesn't keep records");
        Assert.Empty(server.Received);

        _sender!.Resume();
        ReceivingTrail.WaitFor(() => server.Received.Count == 2, "it doesn't go on");
        Assert.True(Finish());
        Assert.Equal([Record(1), Record(2)], server.Received);
    }

    [Fact]
    public void A_server_that_ends_is_connected_to_again()
    {
        using var server = new ScriptedServer("ack", "end");
        Start(server, new RemoteConfiguration());
        Give(Record(1), Record(2));

        ReceivingTrail.WaitFor(() => server.Received.Count == 2, "it isn't sent again");
        Assert.Equal([Record(1), Record(2)], server.Received);
        Assert.Contains("remote logging disconnected due to remote server is going down, will attempt reconnection", _said);
    }

    [Fact]
    public void A_silent_sender_beats()
    {
        using var server = new ScriptedServer();
        Start(server, new RemoteConfiguration { HeartbeatSeconds = 1 });

        ReceivingTrail.WaitFor(() => server.Heard.Count >= 3, "it doesn't beat");
        Assert.Equal(["connect", "2 beat", "3 beat"], server.Heard.Take(3));
        Give(Record(1));
        Assert.True(Finish());
        Assert.Contains(Record(1), server.Received);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void A_full_queue_takes_nothing_more_and_loses_nothing()
    {
        string[] nothing = [.. Enumerable.Repeat("close", 6)];
        using var server = new ScriptedServer(nothing);
        Start(server, new RemoteConfiguration { QueueRecords = 5, RetrySeconds = 1, NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce) });
        Give([.. Enumerable.Range(1, 100).Select(Record)]);

        ReceivingTrail.WaitFor(() => server.Received.Count == 100, "they aren't sent");
        Assert.True(Finish());
        Assert.Equal(Enumerable.Range(1, 100).Select(Record), server.Received);
        Assert.Contains(_said, text => text.StartsWith("queue is full (5 records)", StringComparison.Ordinal));
        Assert.Contains("max_queued_length = 5", _sender!.DescribeState());
    }

    [Fact]
    public void What_waits_in_the_file_is_sent_by_the_next()
    {
        var configuration = new RemoteConfiguration { QueuesInFile = true, QueueFile = _folder["queue"], QueueRecords = 10 };
        using (var gone = new ScriptedServer("ack", "close", "close", "close"))
        {
            Start(gone, configuration);
            Give(Record(1), Record(2), Record(3));
            _thread!.Join();
            Assert.False(_isWell);
            _sender!.Dispose();
        }

        using var server = new ScriptedServer();
        Start(server, configuration);
        ReceivingTrail.WaitFor(() => server.Received.Count >= 2, "what waits isn't sent");
        Assert.Equal(Enumerable.Range(2, server.Received.Count).Select(Record), server.Received);
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void At_the_end_a_server_that_takes_nothing_is_not_asked_without_pause(bool queuesInFile)
    {
        var configuration = new RemoteConfiguration
        {
            QueuesInFile = queuesInFile, QueueFile = _folder["queue"], QueueRecords = 10, TriesMax = 1_000_000, SecondsPerRecordMax = 2, RetrySeconds = 1,
            NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce),
        };
        using var refusing = new ScriptedServer([.. Enumerable.Repeat("close", 100_000)]);
        Start(refusing, configuration);
        Give(Record(1), Record(2));
        ReceivingTrail.WaitFor(() => refusing.Heard.Count >= 2, "it doesn't send");
        int before = refusing.Heard.Count(heard => heard == "connect");

        Assert.True(Finish());
        int atEnd = refusing.Heard.Count(heard => heard == "connect") - before;

        // One that waits in memory is lost with the process: it is tried ten times a second, for as long as a record may take, or twice.
        Assert.InRange(atEnd, 0, queuesInFile ? 5 : 100);
        if (!queuesInFile)
            return;
        _sender!.Dispose();
        using var server = new ScriptedServer();
        Start(server, configuration);
        ReceivingTrail.WaitFor(() => server.Received.Count >= 2, "what waits isn't sent");
        Assert.Equal([Record(1), Record(2)], server.Received);
    }

    [Fact]
    public void Another_server_is_taken_up_while_it_runs()
    {
        using var first = new ScriptedServer();
        using var second = new ScriptedServer();
        Start(first, new RemoteConfiguration());
        Give(Record(1));
        ReceivingTrail.WaitFor(() => first.Received.Count == 1, "it isn't sent");
        _sender!.Reconfigure(new RemoteConfiguration { Server = "127.0.0.1", Port = second.Port });
        Give(Record(2));

        ReceivingTrail.WaitFor(() => second.Received.Count == 1, "the new server gets nothing");
    }

    [Fact]
    public void A_receiver_that_reads_a_byte_at_a_time_costs_no_record()
    {
        using var slow = new SlowReceiver();
        using var trail = new ReceivingTrail();
        Start(slow.Port, new RemoteConfiguration { QueueRecords = 3000, SecondsPerRecordMax = 1, NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce) });
        string[] records = [.. Enumerable.Range(1, 600).Select(serial => Record(serial) + new string('y', 8000))];
        Give(records);
        ReceivingTrail.WaitFor(() => slow.Connections > 1, "it isn't given up");

        _sender!.Reconfigure(new RemoteConfiguration { Server = "127.0.0.1", Port = trail.Receiver.Port });
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 600, "they don't arrive");
        Assert.Equal(records, trail.Lines);
        Assert.Contains("given_up = 0\n", _sender.DescribeState());
    }

    [Fact]
    public void A_record_that_receivers_do_not_take_whole_is_cut_and_that_is_said()
    {
        using var server = new ScriptedServer();
        Start(server, new RemoteConfiguration());
        Give(Record(1) + new string('y', 20_000));

        Assert.True(Finish());
        Assert.Equal(RemoteHeader.OriginalTextBytesMax, Assert.Single(server.Received).Length);
        Assert.Contains(_said, text => text.StartsWith("a record is longer than the 12286 bytes", StringComparison.Ordinal));
        Assert.Contains("cut = 2\n", _sender!.DescribeState());
    }

    static string Record(int serial) => $"node=web type=TEST msg=audit(1626611363.720:{serial}): x={serial}";

    void Start(ScriptedServer server, RemoteConfiguration configuration) => Start(server.Port, configuration);

    void Start(int port, RemoteConfiguration configuration)
    {
        var pipe = _sender is null ? _pipe : new AnonymousPipeServerStream(PipeDirection.Out);
        _input = new PluginInput(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        _sender = new RemoteSender(TimeProvider.System, configuration with { Server = "127.0.0.1", Port = port }, _actions, Say) { StateChanged = () => _states.Add(_sender!.DescribeState()) };
        _thread = new Thread(() => _isWell = _sender.Run(_input)) { IsBackground = true };
        _thread.Start();
    }

    void Say(string text)
    {
        lock (_said)
            _said.Add(text);
    }

    void Give(params string[] lines) => _pipe.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    bool Finish()
    {
        _pipe.Dispose();
        Assert.True(_thread!.Join(ReceivingTrail.Limit), "it does not end");
        return _isWell;
    }
}
