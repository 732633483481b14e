using System.Text;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class RemoteFramesTests
{
    const string Record = "type=TEST msg=audit(1626611363.720:1): x";

    [Fact]
    public void Managed_messages_and_lines_may_follow_each_other()
    {
        byte[] bytes = [.. Managed(7, Record), .. Encoding.ASCII.GetBytes("node=a " + Record + "\n"), .. Managed(8, "")];

        Assert.Equal(["managed 7 " + Record, "line 0 node=a " + Record, "managed 8 "], TakeAll(bytes, out _, out int rest));
        Assert.Equal(0, rest);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", RemoteFault.NoRecord)]
    [InlineData("\0\0\0", RemoteFault.NoRecord)]
    [InlineData("nodes", RemoteFault.NoRecord)]
    [InlineData("\n", RemoteFault.NoRecord)]
    public void What_no_record_begins_with_is_refused_at_its_first_bytes(string text, RemoteFault expected)
    {
        Assert.Equal(0, RemoteFrames.Take(Encoding.ASCII.GetBytes(text), out _, out RemoteFault fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_line_without_end_is_refused_at_the_longest_record()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(Record + new string('x', RemoteFrames.BytesMax - Record.Length));

        Assert.Equal(0, RemoteFrames.Take(bytes.AsSpan(0, RemoteHeader.TextBytesMax), out _, out RemoteFault fault));
        Assert.Equal(RemoteFault.None, fault);
        Assert.Equal(0, RemoteFrames.Take(bytes, out _, out fault));
        Assert.Equal(RemoteFault.TooLong, fault);
    }

    // However the bytes come, the messages are the same; and a full buffer always gives a message or a fault.
    [Fact]
    public void Any_bytes_in_any_pieces_give_the_same_messages() => Seeded.Repeat(2000, random =>
    {
        byte[] bytes = MakeStream(random);
        List<string> whole = TakeAll(bytes, out RemoteFault fault, out int rest);

        var pieces = new List<string>();
        int start = 0, end = 0;
        RemoteFault pieceFault = RemoteFault.None;
        while (end < bytes.Length && pieceFault == RemoteFault.None)
        {
            end = Math.Min(bytes.Length, Math.Min(start + RemoteFrames.BytesMax, end + random.Next(1, 400)));
            pieces.AddRange(TakeAll(bytes.AsSpan(start, end - start), out pieceFault, out int left));
            Assert.True(left < RemoteFrames.BytesMax || pieceFault != RemoteFault.None);
            start = end - left;
        }

        Assert.Equal(whole, pieces);
        Assert.Equal(fault, pieceFault);
        Assert.Equal(rest == 0, start == bytes.Length);
    });

    static byte[] MakeStream(Random random)
    {
        var bytes = new List<byte>();
        for (int count = random.Next(6); count >= 0; count--)
        {
            string text = $"{(random.Next(2) == 0 ? "node=h " : "")}{Record}{new string('y', random.Next(random.Next(100, 9000)))}";
            bytes.AddRange(random.Next(3) switch
            {
                0 => Managed((uint)random.Next(), text),
                1 => Managed((uint)random.Next(), ""),
                _ => Encoding.ASCII.GetBytes(text + "\n"),
            });
        }

        byte[] all = [.. bytes];
        if (random.Next(2) == 0)
            all[random.Next(all.Length)] = (byte)random.Next(256);
        return all;
    }

    static List<string> TakeAll(ReadOnlySpan<byte> bytes, out RemoteFault fault, out int rest)
    {
        var found = new List<string>();
        while (RemoteFrames.Take(bytes, out RemoteFrame frame, out fault) is > 0 and int taken)
        {
            found.Add($"{(frame.IsManaged ? "managed" : "line")} {frame.Sequence} {Encoding.Latin1.GetString(frame.Text)}");
            bytes = bytes[taken..];
        }

        rest = bytes.Length;
        return found;
    }

    static byte[] Managed(uint sequence, string text)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes + text.Length];
        new RemoteHeader(RemoteMessageType.Message, text.Length, sequence).Write(bytes);
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(RemoteHeader.Bytes));
        return bytes;
    }
}
