using System.Collections.Concurrent;
using System.Net.Sockets;
using Akashi.Remote;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Which thread writes what was received: the receiver's own where a sender waits for each record, the write stage's where the disk takes its time.</summary>
public sealed class FlightTests
{
    const string ReceiverThread = "remote";

    static readonly TimeSpan s_slowAppend = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_record_that_comes_alone_is_written_by_the_thread_that_received_it()
    {
        using var trail = new ReceivingTrail();
        var writers = new ConcurrentQueue<string?>();
        trail.Files.Appending = _ => writers.Enqueue(Thread.CurrentThread.Name);
        Socket client = trail.Connect();
        int serial = 0;

        ReceivingTrail.WaitFor(() =>
        {
            Send(client, ++serial);
            return writers.Contains(ReceiverThread);
        }, "every record was handed to the write stage");

        Assert.Equal(Enumerable.Range(1, serial).Select(ReceivingTrail.Record), trail.Lines);
    }

    [Fact]
    public void Behind_a_slow_write_the_stage_writes()
    {
        using var trail = new ReceivingTrail();
        string? writer = null;
        trail.Files.Appending = _ =>
        {
            writer = Thread.CurrentThread.Name;
            long began = TimeProvider.System.GetTimestamp();
            SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) >= s_slowAppend);
        };
        Socket client = trail.Connect();
        Send(client, 1);

        for (int serial = 2; serial <= 10; serial++)
        {
            Send(client, serial);
            Assert.NotEqual(ReceiverThread, writer);
        }
    }

    // Sent, and its acknowledgement read.
    static void Send(Socket client, int serial)
    {
        client.Send(ReceivingTrail.Message((uint)serial, ReceivingTrail.Record(serial)));
        Assert.Equal((RemoteMessageType.Acknowledgement, (uint)serial, ""), ReceivingTrail.Reply(client));
    }
}
