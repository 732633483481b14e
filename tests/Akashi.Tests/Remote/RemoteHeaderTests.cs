using Akashi.Remote;

namespace Akashi.Tests.Remote;

public sealed class RemoteHeaderTests
{
    // What audispd-plugins 3.0.9 and auditd 3.0.9 sent each other.
    [Theory]
    [InlineData("FE0000FF000000000000" + "3C00" + "02000000", RemoteMessageType.Message, 60, 2)]
    [InlineData("FE0000FF000000000040" + "0000" + "02000000", RemoteMessageType.Acknowledgement, 0, 2)]
    [InlineData("FE0000FF000001000000" + "0000" + "05000000", RemoteMessageType.Heartbeat, 0, 5)]
    [InlineData("FE0000FF000001000040" + "0000" + "00000000", RemoteMessageType.Ending, 0, 0)]
    [InlineData("FE0000FF000001000060" + "0900" + "07000000", RemoteMessageType.DiskFull, 9, 7)]
    [InlineData("FE0000FF000002000060" + "0000" + "07000000", RemoteMessageType.DiskError, 0, 7)]
    [InlineData("FE0000FF000001000050" + "0000" + "FFFFFFFF", RemoteMessageType.DiskLow, 0, uint.MaxValue)]
    public void Headers_are_those_of_the_original(string hex, RemoteMessageType type, int length, uint sequence)
    {
        var header = new RemoteHeader(type, length, sequence);
        byte[] written = new byte[RemoteHeader.Bytes];
        header.Write(written);

        Assert.Equal(hex, Convert.ToHexString(written));
        Assert.True(RemoteHeader.TryRead(written, out RemoteHeader read, out _));
        Assert.Equal(header, read);
    }

    [Theory]
    [InlineData("FE0000FE" + "0000" + "00000000" + "0000" + "00000000", RemoteFault.Magic)]
    [InlineData("FE0000FF" + "0100" + "00000000" + "0000" + "00000000", RemoteFault.Version)]
    [InlineData("FE0000FF" + "0001" + "00000000" + "0000" + "00000000", RemoteFault.Version)]
    [InlineData("FE0000FF" + "0000" + "00000000" + "FFFF" + "00000000", RemoteFault.TooLong)]
    [InlineData("FE0000FF" + "0000" + "00000000" + "0130" + "00000000", RemoteFault.TooLong)]
    public void What_is_none_is_refused(string hex, RemoteFault expected)
    {
        Assert.False(RemoteHeader.TryRead(Convert.FromHexString(hex), out _, out RemoteFault fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData(RemoteMessageType.Message, false, false, false)]
    [InlineData(RemoteMessageType.Acknowledgement, true, false, false)]
    [InlineData(RemoteMessageType.DiskLow, true, false, true)]
    [InlineData(RemoteMessageType.DiskFull, true, true, false)]
    [InlineData(RemoteMessageType.DiskError, true, true, false)]
    public void Bits_of_a_type_say_how_it_is_meant(RemoteMessageType type, bool isReply, bool isFatal, bool isWarning) =>
        Assert.Equal((isReply, isFatal, isWarning), (type.IsReply, type.IsFatal, type.IsWarning));
}
