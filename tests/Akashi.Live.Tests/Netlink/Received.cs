using System.Diagnostics;
using System.Text;
using Akashi.Host;

namespace Akashi.Live.Tests.Netlink;

/// <summary>A record kept beyond its receive.</summary>
sealed record Received(ushort Type, byte[] Bytes)
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    internal string Text => Encoding.Latin1.GetString(Bytes);

    /// <summary>Receives until a record fits, and returns it; fails the test where none came within 10 s.</summary>
    internal static Received Await(IKernelEvents events, Func<Received, bool> fits)
    {
        long started = Stopwatch.GetTimestamp();
        List<Received> others = [];
        while (Stopwatch.GetElapsedTime(started) < s_limit)
        {
            ReceiveOutcome outcome = events.Receive(out KernelMessage message);
            if (outcome == ReceiveOutcome.Message)
            {
                var received = new Received(message.Type, message.Text.ToArray());
                if (fits(received))
                    return received;
                others.Add(received);
                continue;
            }

            Assert.Equal(ReceiveOutcome.Dry, outcome);
            events.Wait(s_limit - Stopwatch.GetElapsedTime(started));
        }

        Assert.Fail($"no such record within {s_limit}; others: {string.Join('\n', others.Select(other => other.Text))}");
        throw new UnreachableException();
    }

    /// <summary>Receives until another outcome than a message or a pause, and returns it; fails where none came
    /// within 10 s.</summary>
    internal static ReceiveOutcome AwaitOutcome(IKernelEvents events, out int messageCount)
    {
        long started = Stopwatch.GetTimestamp();
        messageCount = 0;
        while (Stopwatch.GetElapsedTime(started) < s_limit)
        {
            ReceiveOutcome outcome = events.Receive(out _);
            if (outcome == ReceiveOutcome.Message)
                messageCount++;
            else if (outcome != ReceiveOutcome.Dry)
                return outcome;
            else
                events.Wait(s_limit - Stopwatch.GetElapsedTime(started));
        }

        return ReceiveOutcome.Dry;
    }
}
