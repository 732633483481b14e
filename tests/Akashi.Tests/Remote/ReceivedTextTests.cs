using System.Text;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class ReceivedTextTests
{
    const string Record = "type=TEST msg=audit(1626611363.720:1): x=1";

    readonly ReceivedText _text = new("collector"u8.ToArray());

    [Theory]
    [InlineData("node=web " + Record, "node=web " + Record)]
    [InlineData("node=web " + Record + "\n", "node=web " + Record)]
    [InlineData(Record + "\n\0", "node=10.0.0.7 " + Record)]
    [InlineData("node=web " + Record + "\ntype=LOGIN msg=audit(1.000:2): auid=0", "node=web " + Record + " type=LOGIN msg=audit(1.000:2): auid=0")]
    [InlineData("node=web " + Record + "\0rest", "node=web " + Record + " rest")]
    [InlineData("node=web " + Record + "\u001dAUID=\"bob\"\u001dUID=\"root\"", "node=web " + Record + "\u001dAUID=\"bob\" UID=\"root\"")]
    public void A_record_becomes_one_line_with_a_node(string sent, string line) => Assert.Equal((line, RemoteFault.None), Write(sent));

    [Theory]
    [InlineData("", RemoteFault.NoRecord)]
    [InlineData("garbage", RemoteFault.NoRecord)]
    [InlineData("node=web garbage", RemoteFault.NoRecord)]
    [InlineData("node= " + Record, RemoteFault.NoRecord, RemoteFault.NodeName)]
    [InlineData("node=collector " + Record, RemoteFault.OwnNode)]
    [InlineData("node=we\u0007b " + Record, RemoteFault.NodeName)]
    [InlineData("node=\"web\" " + Record, RemoteFault.NodeName)]
    [InlineData("node=a=b " + Record, RemoteFault.NodeName)]
    public void What_is_no_record_and_who_takes_another_name_is_refused(string sent, params RemoteFault[] expected)
    {
        (string line, RemoteFault fault) = Write(sent);

        Assert.Contains(fault, expected);
        Assert.Equal("", line);
    }

    [Fact]
    public void The_receiving_machine_may_send_itself_records()
    {
        byte[] room = new byte[1024];

        Assert.NotEqual(0, _text.Write(Encoding.ASCII.GetBytes("node=collector " + Record), "127.0.0.1"u8, isOwn: true, room, out RecordType type, out _));
        Assert.Equal(RecordType.Test, type);
    }

    // Whatever is sent: nothing, or one line that parses, with a node that isn't ours.
    [Fact]
    public void No_bytes_forge_a_second_line_or_our_name() => Seeded.Repeat(5000, random =>
    {
        byte[] sent = Encoding.Latin1.GetBytes($"{(random.Next(2) == 0 ? "node=collector " : "")}{Record} msg='a' {Record}");
        for (int changes = random.Next(6); changes > 0; changes--)
            sent[random.Next(sent.Length)] = (byte)(random.Next(3) == 0 ? '\n' : random.Next(256));
        byte[] room = new byte[sent.Length + ReceivedText.OverheadBytes];
        ReadOnlySpan<byte> line = room.AsSpan(0, _text.Write(sent, "10.0.0.7"u8, isOwn: false, room, out _, out RemoteFault fault));

        Assert.Equal(line.IsEmpty, fault != RemoteFault.None);
        if (line.IsEmpty)
            return;
        Assert.True(line.IndexOfAny((byte)'\n', (byte)0) < 0);
        Assert.True(Akashi.Records.Record.TryParse(line, out Akashi.Records.Record record, out _));
        Assert.False(record.Node.IsEmpty || record.Node.SequenceEqual("collector"u8));
    });

    (string Line, RemoteFault Fault) Write(string sent)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(sent);
        byte[] room = new byte[bytes.Length + ReceivedText.OverheadBytes];
        int length = _text.Write(bytes, "10.0.0.7"u8, isOwn: false, room, out _, out RemoteFault fault);
        return (Encoding.Latin1.GetString(room, 0, length), fault);
    }
}
