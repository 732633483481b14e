using System.Text;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class RemoteHelloTests
{
    [Fact]
    public void Both_ends_read_what_the_other_writes()
    {
        var sender = new RemoteHello(((UInt128)0x0123456789ABCDEF << 64) | 0xFEDCBA9876543210, 0, long.MaxValue);
        var receiver = new RemoteHello(default, 1024, 17);

        Assert.Equal("akashi 1 stream=0123456789abcdeffedcba9876543210 position=9223372036854775807", Text(sender));
        Assert.Equal("akashi 1 window=1024 position=17", Text(receiver));
        Assert.True(RemoteHello.TryReadSender(Encoding.ASCII.GetBytes(Text(sender)), out RemoteHello read));
        Assert.Equal(sender, read);
        Assert.True(RemoteHello.TryReadReceiver(Encoding.ASCII.GetBytes(Text(receiver)), out read));
        Assert.Equal(receiver, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("akashi 2 window=1024 position=17")]
    [InlineData("akashi 1 window=0 position=17")]
    [InlineData("akashi 1 window=1025 position=17")]
    [InlineData("akashi 1 window=1024 position=-1")]
    [InlineData("akashi 1 window=1024 position=17 ")]
    [InlineData("akashi 1 window=1024")]
    [InlineData("akashi 1 stream=0123 position=1")]
    [InlineData("akashi 1 stream=0123456789abcdeffedcba987654321 position=1")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(RemoteHello.TryReadReceiver(Encoding.ASCII.GetBytes(text), out _));
        Assert.False(RemoteHello.TryReadSender(Encoding.ASCII.GetBytes(text), out _));
    }

    [Fact]
    public void No_bytes_break_it() => Seeded.Repeat(5000, random =>
    {
        byte[] text = Encoding.ASCII.GetBytes(random.Next(2) == 0 ? "akashi 1 window=1024 position=17" : "akashi 1 stream=0123456789abcdeffedcba9876543210 position=3");
        for (int changes = random.Next(4); changes > 0; changes--)
            text[random.Next(text.Length)] = (byte)random.Next(256);
        if (RemoteHello.TryReadReceiver(text.AsSpan(0, random.Next(text.Length + 1)), out RemoteHello read))
            Assert.InRange(read.Window, 1, RemoteHello.WindowMax);
        if (RemoteHello.TryReadSender(text, out read))
            Assert.True(read.Position >= 0);
    });

    static string Text(RemoteHello hello)
    {
        byte[] bytes = new byte[RemoteHello.TextBytesMax];
        return Encoding.ASCII.GetString(bytes, 0, hello.Write(bytes));
    }
}
