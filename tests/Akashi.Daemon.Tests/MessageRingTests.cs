using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests;

public class MessageRingTests
{
    const int CapacityBytes = 64 * 1024;

    [Fact]
    public void Nothing_is_seen_before_it_is_published()
    {
        var ring = new MessageRing(CapacityBytes);

        ring.TryAdd(new KernelMessage(1300, "a"u8));
        Assert.False(ring.TryPeek(out _));
        ring.Publish();

        Assert.True(ring.TryPeek(out KernelMessage message));
        Assert.Equal(1300, message.Type);
        Assert.Equal("a"u8, message.Text);
    }

    [Fact]
    public void A_full_ring_takes_no_more_until_something_is_released()
    {
        var ring = new MessageRing(CapacityBytes);
        byte[] text = new byte[8192 - 4];
        int taken = 0;
        while (ring.TryAdd(new KernelMessage(1, text)))
            taken++;
        ring.Publish();

        Assert.Equal(8, taken);
        Assert.True(ring.TryPeek(out _));
        ring.Release();
        Assert.True(ring.TryAdd(new KernelMessage(2, text)));
        Assert.False(ring.TryAdd(new KernelMessage(3, text)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(65537)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacityBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageRing(capacityBytes));

    // The twin is a queue: whatever one thread puts in, the other gets, in order and whole.
    [Fact]
    public void Two_threads_hand_over_every_message_in_order()
    {
        const int Seed = 20261121;
        const int Messages = 200_000;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var ring = new MessageRing(CapacityBytes);
        var producer = new Thread(() => Produce(ring, new Random(Seed), Messages));
        producer.Start();

        var random = new Random(Seed);
        byte[] expected = new byte[4096];
        for (int index = 0; index < Messages; index++)
        {
            while (!ring.TryPeek(out _))
                ring.WaitForMessages(TimeSpan.FromSeconds(1));
            ring.TryPeek(out KernelMessage message);
            int length = Fill(random, expected, out ushort type);
            Assert.Equal(type, message.Type);
            Assert.True(message.Text.SequenceEqual(expected.AsSpan(0, length)), $"message {index} differs");
            ring.Release();
        }

        producer.Join();
        Assert.True(ring.IsEmpty);
    }

    [Fact]
    public void A_wake_ends_one_wait_and_not_the_next_too()
    {
        var ring = new MessageRing(CapacityBytes);
        var consumer = new Thread(() => ring.WaitForMessages(TimeSpan.FromSeconds(20)));
        consumer.Start();
        Assert.True(SpinWait.SpinUntil(() => consumer.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(20)));
        ring.WakeConsumer();
        consumer.Join();

        long began = TimeProvider.System.GetTimestamp();
        ring.WaitForMessages(TimeSpan.FromMilliseconds(100));

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(90), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Handing_over_allocates_nothing()
    {
        var ring = new MessageRing(CapacityBytes);
        byte[] text = Encoding.ASCII.GetBytes("audit(1.000:1): a=b");
        Pass(ring, text, 10_000);

        Allocation.IsZero(() => Pass(ring, text, 100_000));
    }

    static void Pass(MessageRing ring, byte[] text, int count)
    {
        for (int index = 0; index < count; index++)
        {
            ring.TryAdd(new KernelMessage(1300, text));
            ring.Publish();
            ring.TryPeek(out _);
            ring.Release();
        }
    }

    static void Produce(MessageRing ring, Random random, int count)
    {
        byte[] text = new byte[4096];
        for (int index = 0; index < count; index++)
        {
            int length = Fill(random, text, out ushort type);
            while (!ring.TryAdd(new KernelMessage(type, text.AsSpan(0, length))))
            {
                ring.Publish();
                ring.WaitForRoom(TimeSpan.FromSeconds(1));
            }

            if (index % 7 == 0)
                ring.Publish();
        }

        ring.Publish();
    }

    static int Fill(Random random, byte[] text, out ushort type)
    {
        int length = random.Next(20) == 0 ? random.Next(text.Length) : random.Next(300);
        type = (ushort)random.Next(1100, 3000);
        random.NextBytes(text.AsSpan(0, length));
        return length;
    }
}
