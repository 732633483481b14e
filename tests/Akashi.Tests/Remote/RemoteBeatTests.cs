using System.Text;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class RemoteBeatTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var beat = new RemoteBeat(1626611363720, 17, "0.1.0");

        Assert.Equal("akashi 1 clock=1626611363720 lost=17 version=0.1.0", Encoding.ASCII.GetString(beat.ToBytes()));
        Assert.True(RemoteBeat.TryRead(beat.ToBytes(), out RemoteBeat read));
        Assert.Equal(beat, read);
        Assert.InRange(new RemoteBeat(long.MaxValue, long.MaxValue, new string('9', 99)).ToBytes().Length, 1, RemoteBeat.TextBytesMax);
    }

    [Theory]
    [InlineData("")]
    [InlineData("akashi 1 clock= lost=1 version=1")]
    [InlineData("akashi 1 clock=-1 lost=1 version=1")]
    [InlineData("akashi 1 clock=1 lost=-1 version=1")]
    [InlineData("akashi 1 clock=1 lost=1 version=")]
    [InlineData("akashi 1 clock=1 lost=1 version=a b")]
    [InlineData("akashi 1 clock=1 lost=1 version=123456789012345678901")]
    [InlineData("akashi 1 clock=99999999999999999999 lost=1 version=1")]
    public void Anything_else_is_none(string text) => Assert.False(RemoteBeat.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void No_bytes_break_it() => Seeded.Repeat(5000, random =>
    {
        if (RemoteBeat.TryRead(Mutations.Damage(new RemoteBeat(1626611363720, 17, "0.1.0").ToBytes(), random), out RemoteBeat read))
            Assert.True(RemoteBeat.TryRead(read.ToBytes(), out _));
    });
}
