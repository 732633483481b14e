using System.Buffers.Binary;
using Akashi.Host;
using Akashi.Linux.Netlink;

namespace Akashi.Linux.Tests.Netlink;

public class AuditKernelTests
{
    // mask, enabled, failure, pid, rate_limit, backlog_limit, lost, backlog, feature_bitmap, backlog_wait_time,
    // backlog_wait_time_actual
    static readonly uint[] s_status = [0, 1, 1, 4242, 0, 64, 3, 2, 0x7F, 15000, 77];

    [Fact]
    public void Status_is_read_member_by_member()
    {
        Assert.Equal(new AuditStatus(1, 1, 4242, 0, 64, 3, 2, 0x7F, 15000, 77), AuditKernel.DecodeStatus(Bytes(s_status)));
    }

    [Fact]
    public void Status_of_an_older_kernel_ends_earlier()
    {
        // Linux 3.10 had eight members, 3.14 added the version and the wait time.
        Assert.Equal(new AuditStatus(1, 1, 4242, 0, 64, 3, 2, 0, 0, 0), AuditKernel.DecodeStatus(Bytes(s_status[..8])));
        Assert.Equal(new AuditStatus(1, 1, 4242, 0, 64, 3, 2, 0x7F, 15000, 0), AuditKernel.DecodeStatus(Bytes(s_status[..10])));
        Assert.Equal(default, AuditKernel.DecodeStatus([]));
    }

    [Fact]
    public void Status_of_a_newer_kernel_may_be_longer()
    {
        Assert.Equal(77u, AuditKernel.DecodeStatus(Bytes([.. s_status, 1, 2, 3])).BacklogWaitTimeActual);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("unconfined", "unconfined")]
    [InlineData("unconfined\0", "unconfined")]
    public void Sender_of_a_signal_is_read_with_its_context(string context, string expected)
    {
        byte[] reply = [.. Bytes([1000, 321]), .. context.Select(letter => (byte)letter)];

        Assert.Equal(new SignalSender(1000, 321, expected), AuditKernel.DecodeSignalSender(reply));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1005, true)]
    [InlineData(1006, true)]
    [InlineData(1019, false)]
    [InlineData(1100, true)]
    [InlineData(1300, true)]
    [InlineData(1329, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2000, true)]
    [InlineData(2999, true)]
    public void Answers_and_the_owner_test_are_no_records(int type, bool isRecord)
    {
        Assert.Equal(isRecord, KernelEvents.IsRecord((ushort)type));
    }

    static byte[] Bytes(uint[] words)
    {
        byte[] bytes = new byte[words.Length * 4];
        for (int index = 0; index < words.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * 4), words[index]);
        return bytes;
    }
}
