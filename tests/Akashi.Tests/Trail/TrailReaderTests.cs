using System.Text;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Trail;

public class TrailReaderTests
{
    const int BlockBytes = 256 * 1024;

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("\n\n\n")]
    [InlineData("a\nb\n\u0000\u0001\nlast")]
    public void Blocks_together_are_the_input(string input)
    {
        (List<byte> read, long overlong) = ReadAll(new MemoryStream(Encoding.Latin1.GetBytes(input)));

        Assert.Equal(input, Encoding.Latin1.GetString([.. read]));
        Assert.Equal(0, overlong);
    }

    [Fact]
    public void A_pipe_may_cut_anywhere() => Seeded.Repeat(30, random =>
    {
        byte[] input = RandomLines(random, BlockBytes * 2, lineMax: 3000);

        (List<byte> read, long overlong) = ReadAll(new ChoppedStream(input, random, random.Next(1, 20_000)));

        Assert.True(input.AsSpan().SequenceEqual(read.ToArray()));
        Assert.Equal(0, overlong);
    });

    [Theory]
    [InlineData(BlockBytes + 1)]
    [InlineData(1_000_000)]
    [InlineData((3 * BlockBytes) + 17)]
    public void A_line_longer_than_a_block_is_passed_over_and_counted(int length)
    {
        byte[] input = [.. "before\n"u8, .. Enumerable.Repeat((byte)'x', length), .. "\nafter\n"u8];

        (List<byte> read, long overlong) = ReadAll(new MemoryStream(input));

        Assert.Equal("before\nafter\n", Encoding.ASCII.GetString([.. read]));
        Assert.Equal(1, overlong);
    }

    [Fact]
    public void A_last_line_longer_than_a_block_is_counted_too()
    {
        (List<byte> read, long overlong) = ReadAll(new MemoryStream([.. "before\n"u8, .. Enumerable.Repeat((byte)'x', 2 * BlockBytes)]));

        Assert.Equal("before\n", Encoding.ASCII.GetString([.. read]));
        Assert.Equal(1, overlong);
    }

    [Fact]
    public void Offsets_and_segments_say_where_a_block_stands()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [folder["audit.log.1"], folder["audit.log"]];
        Seeded.Repeat(3, random =>
        {
            byte[][] files = [RandomLines(random, 400_000, 2000), RandomLines(random, 300_000, 2000)];
            for (int index = 0; index < files.Length; index++)
                File.WriteAllBytes(paths[index], files[index]);
            using AuditTrail trail = AuditTrail.OpenFiles(new PlainFiles(), paths);
            var reader = new TrailReader(trail);
            while (reader.TryRead(out TrailBlock block))
                Assert.True(files[block.Segment].AsSpan((int)block.Offset, block.Bytes.Length).SequenceEqual(block.Bytes));
        });
    }

    [Fact]
    public void A_log_truncated_while_it_is_read_ends_there()
    {
        using var folder = new TemporaryFolder();
        string path = folder["audit.log"];
        File.WriteAllBytes(path, RandomLines(new Random(1), 3 * BlockBytes, 500));
        using AuditTrail trail = AuditTrail.OpenFiles(new PlainFiles(), path);
        var reader = new TrailReader(trail);
        Assert.True(reader.TryRead(out _));

        using (FileStream file = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(10);

        while (reader.TryRead(out TrailBlock block))
            Assert.InRange(block.Bytes.Length, 1, BlockBytes);
    }

    static byte[] RandomLines(Random random, int length, int lineMax)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        bytes.AsSpan().Replace((byte)'\n', (byte)' ');
        for (int at = random.Next(lineMax); at < length; at += random.Next(1, lineMax))
            bytes[at] = (byte)'\n';
        return bytes;
    }

    static (List<byte> Read, long Overlong) ReadAll(Stream stream)
    {
        var reader = new TrailReader(stream);
        var read = new List<byte>();
        while (reader.TryRead(out TrailBlock block))
        {
            Assert.False(block.Bytes.IsEmpty);
            read.AddRange(block.Bytes);
        }

        return (read, reader.OverlongLines);
    }
}
