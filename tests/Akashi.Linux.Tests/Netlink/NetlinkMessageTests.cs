using Akashi.Linux.Netlink;

namespace Akashi.Linux.Tests.Netlink;

public class NetlinkMessageTests
{
    // AUDIT_GET (1000) with NLM_F_REQUEST|NLM_F_ACK (5) and sequence 1, laid out by netlink(7).
    const string StatusRequest = "10000000" + "E803" + "0500" + "01000000" + "00000000";

    [Fact]
    public void Request_is_laid_out_as_netlink_says()
    {
        byte[] written = new byte[64];

        int length = NetlinkMessage.Write(written, 1000, 5, 1, []);

        Assert.Equal(StatusRequest, Convert.ToHexString(written.AsSpan(0, length)));
    }

    [Fact]
    public void Length_does_not_count_the_padding()
    {
        byte[] written = new byte[64];
        written.AsSpan().Fill(0xFF);

        int length = NetlinkMessage.Write(written, 1120, 5, 2, "hello"u8);

        Assert.Equal("15000000" + "6004" + "0500" + "02000000" + "00000000" + "68656C6C6F000000", Convert.ToHexString(written.AsSpan(0, length)));
    }

    [Fact]
    public void Messages_are_taken_one_after_another()
    {
        ReadOnlySpan<byte> datagram = (byte[])[.. Datagrams.Message(2, 0, 7, [1, 2, 3, 4]), .. Datagrams.Message(1000, 2, 7, [5, 6, 7])];

        Assert.True(NetlinkMessage.TryTake(ref datagram, out NetlinkMessage first));
        Assert.Equal([1, 2, 3, 4], first.Payload.ToArray());
        Assert.True(NetlinkMessage.TryTake(ref datagram, out NetlinkMessage second));
        Assert.Equal(1000, second.Type);
        Assert.Equal(2, second.Flags);
        Assert.Equal(7u, second.Sequence);
        Assert.Equal([5, 6, 7], second.Payload.ToArray());
        Assert.True(datagram.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(21)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Length_that_contradicts_the_datagram_takes_nothing(int length)
    {
        byte[] message = Datagrams.Message(1000, 0, 1, [1, 2, 3, 4], length);
        ReadOnlySpan<byte> datagram = message;

        Assert.False(NetlinkMessage.TryTake(ref datagram, out _));
        Assert.Equal(message.Length, datagram.Length);
    }

    [Fact]
    public void Datagram_shorter_than_a_header_has_no_message()
    {
        for (int length = 0; length < 16; length++)
        {
            ReadOnlySpan<byte> datagram = new byte[length];
            Assert.False(NetlinkMessage.TryTake(ref datagram, out _));
            Assert.False(NetlinkMessage.TryReadWhole(new byte[length], out _));
        }
    }

    [Fact]
    public void Record_of_the_owner_is_read_to_the_end_of_the_datagram()
    {
        byte[] text = "audit(1626611363.720:348501): pid=1 uid=0 res=success"u8.ToArray();

        // nlmsg_len holds the payload's length, as audit_log_end of the kernel has it.
        byte[] datagram = Datagrams.Message(1300, 0, 0, text, text.Length)[..(16 + text.Length)];

        Assert.True(NetlinkMessage.TryReadWhole(datagram, out NetlinkMessage message));
        Assert.Equal(1300, message.Type);
        Assert.Equal(text, message.Payload.ToArray());
    }

    [Fact]
    public void Random_bytes_never_read_beyond_the_datagram()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            if (bytes.Length > 4)
                bytes[1] = bytes[2] = bytes[3] = 0;
            ReadOnlySpan<byte> rest = bytes;
            int taken = 0;
            while (NetlinkMessage.TryTake(ref rest, out NetlinkMessage message))
            {
                taken += 16 + message.Payload.Length;
                Assert.True(taken <= bytes.Length, $"seed {Seed} round {round}");
            }
        }
    }
}
