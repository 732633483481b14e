using Akashi.Host;
using Akashi.Linux.Netlink;

namespace Akashi.Linux.Tests.Netlink;

public class ReplyCollectorTests
{
    const int Get = 1000;
    const int List = 1013;
    const int Done = 3;

    [Fact]
    public void Data_before_or_after_the_acknowledgement_completes_the_answer()
    {
        byte[] acknowledgement = Datagrams.Acknowledgement(5, 0);
        byte[] data = Datagrams.Message(Get, 0, 5, [1, 0, 0, 0]);
        foreach (byte[][] order in (byte[][][])[[acknowledgement, data], [data, acknowledgement]])
        {
            var reply = new ReplyCollector(5, Get, ReplyShape.One);

            Assert.True(reply.Take(order[0], 0));
            Assert.False(reply.IsComplete);
            Assert.True(reply.Take(order[1], 0));

            Assert.True(reply.IsComplete);
            Assert.Equal([1, 0, 0, 0], Assert.Single(reply.Data));
        }
    }

    [Fact]
    public void Refusal_completes_the_answer_without_data()
    {
        var reply = new ReplyCollector(5, Get, ReplyShape.One);

        reply.Take(Datagrams.Acknowledgement(5, -1), 0);

        Assert.True(reply.IsComplete);
        Assert.Equal(-1, reply.Result);
    }

    [Fact]
    public void Positive_result_is_a_value_and_no_refusal()
    {
        var reply = new ReplyCollector(5, 1001, ReplyShape.Acknowledgement);

        reply.Take(Datagrams.Acknowledgement(5, 1234), 0);

        Assert.True(reply.IsComplete);
        Assert.Equal(1234, reply.Result);
    }

    [Fact]
    public void List_ends_with_done_and_may_share_a_datagram()
    {
        var reply = new ReplyCollector(5, List, ReplyShape.List);

        reply.Take(Datagrams.Acknowledgement(5, 0), 0);
        reply.Take([.. Datagrams.Message(List, 2, 5, [1]), .. Datagrams.Message(List, 2, 5, [2, 2])], 0);
        Assert.False(reply.IsComplete);
        reply.Take(Datagrams.Message(Done, 2, 5, []), 0);

        Assert.True(reply.IsComplete);
        Assert.Equal([[1], [2, 2]], reply.Data);
    }

    [Fact]
    public void Answer_to_an_earlier_request_is_passed_over()
    {
        var reply = new ReplyCollector(5, Get, ReplyShape.One);

        Assert.False(reply.Take(Datagrams.Acknowledgement(4, -1), 0));
        Assert.False(reply.Take(Datagrams.Message(Get, 0, 4, [9, 9, 9, 9]), 0));

        Assert.False(reply.IsComplete);
        Assert.Equal(2, reply.IgnoredCount);
    }

    [Fact]
    public void Datagram_of_another_process_is_passed_over()
    {
        var reply = new ReplyCollector(5, Get, ReplyShape.One);

        Assert.False(reply.Take(Datagrams.Acknowledgement(5, 0), senderPort: 4242));

        Assert.False(reply.IsComplete);
        Assert.Equal(1, reply.IgnoredCount);
    }

    [Fact]
    public void Other_types_are_no_data()
    {
        var reply = new ReplyCollector(5, Get, ReplyShape.One);

        Assert.False(reply.Take(Datagrams.Message(1300, 0, 5, [1]), 0));
        Assert.False(reply.Take(Datagrams.Message(Done, 0, 5, []), 0));
        Assert.False(reply.Take(Datagrams.Message(2, 0, 5, [0, 0]), 0));

        Assert.Empty(reply.Data);
        Assert.False(reply.IsComplete);
    }

    [Fact]
    public void Truncated_datagrams_are_passed_over()
    {
        byte[] whole = Datagrams.Acknowledgement(5, 0);
        for (int length = 1; length < whole.Length; length++)
        {
            var reply = new ReplyCollector(5, Get, ReplyShape.One);

            Assert.False(reply.Take(whole.AsSpan(0, length), 0));
            Assert.Equal(1, reply.IgnoredCount);
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        const int Seed = 93;
        var random = new Random(Seed);
        byte[] real = [.. Datagrams.Acknowledgement(5, 0), .. Datagrams.Message(Get, 0, 5, new byte[44])];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = real[..random.Next(real.Length + 1)];
            for (int change = random.Next(4); change > 0 && damaged.Length > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var reply = new ReplyCollector(5, Get, ReplyShape.One);

            reply.Take(damaged, 0);

            Assert.True(reply.Data.Sum(data => data.Length) <= damaged.Length, $"seed {Seed} round {round}");
        }
    }
}
