using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class RemoteQueueHeaderTests
{
    // Of a file that audispd-plugins 3.0.9 made: ten slots, the first three records sent, none waiting.
    const string Original = "006175646973702D72656D6F74650000" + "0000000A" + "00003000" + "00000003" + "00000000";

    [Fact]
    public void It_is_the_originals_to_the_byte()
    {
        var header = new RemoteQueueHeader(10, 3, 0);
        byte[] bytes = new byte[RemoteQueueHeader.Bytes];
        header.Write(bytes);

        Assert.Equal(Original, Convert.ToHexString(bytes));
        Assert.Null(RemoteQueueHeader.TryRead(bytes, out RemoteQueueHeader read));
        Assert.Equal(header, read);
        Assert.Equal(135168, header.FileBytes);
    }

    [Fact]
    public void Slots_go_round()
    {
        var header = new RemoteQueueHeader(10, 8, 4);

        Assert.Equal([9 * 12288, 10 * 12288, 1 * 12288, 2 * 12288], Enumerable.Range(0, 4).Select(index => header.OffsetOf((uint)index)));
    }

    [Theory]
    [InlineData(0, 1, "it is no queue")]
    [InlineData(14, 1, "version is 1")]
    [InlineData(22, 1, "slots are not of 12288 bytes")]
    [InlineData(16, 1, "damaged")]
    [InlineData(26, 1, "damaged")]
    [InlineData(31, 11, "damaged")]
    public void A_flipped_byte_is_said(int offset, byte value, string fault)
    {
        byte[] bytes = Convert.FromHexString(Original);
        bytes[offset] = value;

        Assert.Contains(fault, RemoteQueueHeader.TryRead(bytes, out _));
    }

    [Fact]
    public void Any_header_that_is_read_points_into_its_file() => Seeded.Repeat(5000, random =>
    {
        byte[] bytes = Convert.FromHexString(Original);
        for (int changes = random.Next(1, 6); changes > 0; changes--)
            bytes[random.Next(16, 32)] = (byte)random.Next(256);
        if (RemoteQueueHeader.TryRead(bytes.AsSpan(0, random.Next(20) == 0 ? 20 : 32), out RemoteQueueHeader header) is not null)
            return;
        Assert.InRange(header.OffsetOf((uint)random.Next()), RemoteQueueHeader.SlotBytes, header.FileBytes - RemoteQueueHeader.SlotBytes);
    });
}
