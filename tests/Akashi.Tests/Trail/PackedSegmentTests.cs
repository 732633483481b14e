using System.IO.Compression;
using System.Text;
using Akashi.Host;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Trail;

public class PackedSegmentTests
{
    [Fact]
    public void A_gzip_archive_is_read_as_what_it_holds()
    {
        using var folder = new TemporaryFolder();
        byte[] log = TestLogs.Bytes("kernel.log");
        File.WriteAllBytes(folder["a"], Pack(log));

        Assert.Equal(Encoding.Latin1.GetString(log), ReadAll(folder["a"], out string? damage));
        Assert.Null(damage);
    }

    [Fact]
    public void Members_one_behind_the_other_are_one_text()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], [.. Pack("one\n"u8), .. Pack("two\n"u8)]);

        Assert.Equal("one\ntwo\n", ReadAll(folder["a"], out string? damage));
        Assert.Null(damage);
    }

    [Fact]
    public void An_archive_cut_off_anywhere_gives_what_is_good_and_says_so() => Seeded.Repeat(200, random =>
    {
        using var folder = new TemporaryFolder();
        byte[] log = TestLogs.Bytes("mixed.log");
        byte[] packed = Pack(log);
        File.WriteAllBytes(folder["a"], packed[..random.Next(2, packed.Length)]);

        string read = ReadAll(folder["a"], out string? damage);

        Assert.NotNull(damage);
        Assert.StartsWith(read, Encoding.Latin1.GetString(log), StringComparison.Ordinal);
    });

    [Fact]
    public void A_changed_archive_never_throws_and_is_noticed() => Seeded.Repeat(200, random =>
    {
        using var folder = new TemporaryFolder();
        byte[] packed = Pack(TestLogs.Bytes("mixed.log"));
        packed[random.Next(10, packed.Length)] ^= (byte)random.Next(1, 256);
        File.WriteAllBytes(folder["a"], packed);

        _ = ReadAll(folder["a"], out string? damage);

        Assert.NotNull(damage);
    });

    [Fact]
    public void An_archive_of_a_huge_line_takes_no_more_memory_than_a_block()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["bomb"]))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (int count = 0; count < 300; count++)
                gzip.Write(zeros);
        }

        using AuditTrail trail = AuditTrail.OpenFiles(new PlainFiles(), folder["bomb"]);
        var reader = new TrailReader(trail);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(reader.TryRead(out _));

        Assert.Equal(1, reader.OverlongLines);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void Packed_logs_belong_to_the_trail_where_asked_for_in_their_order()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log"], "new\n");
        File.WriteAllText(folder["audit.log.1"], "one\n");
        File.WriteAllBytes(folder["audit.log.1.gz"], Pack("not this: one is there\n"u8));
        File.WriteAllBytes(folder["audit.log.2.gz"], Pack("two\n"u8));
        File.WriteAllBytes(folder["audit.log.10.gz"], Pack("ten\n"u8));
        File.WriteAllText(folder["audit.log.3.gz"], "three, plain\n");
        File.WriteAllText(folder["audit.log.x.gz"], "none\n");

        Assert.Equal("ten\nthree, plain\ntwo\none\nnew\n", ReadRotated(folder["audit.log"], takesPacked: true));
        Assert.Equal("one\nnew\n", ReadRotated(folder["audit.log"], takesPacked: false));
    }

    [Fact]
    public void Without_a_library_for_it_an_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], [0x28, 0xB5, 0x2F, 0xFD, 0]);

        Assert.Throws<TrailException>(() => AuditTrail.OpenFiles(new PlainFiles(), folder["a"]));
    }

    static byte[] Pack(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(text);
        return packed.ToArray();
    }

    static string ReadAll(string path, out string? damage)
    {
        using AuditTrail trail = AuditTrail.OpenFiles(new PlainFiles(), path);
        string text = Read(trail);
        damage = trail.Segments[0].Damage;
        return text;
    }

    static string ReadRotated(string path, bool takesPacked)
    {
        using AuditTrail trail = AuditTrail.OpenRotated(new PlainFiles(), path, takesPacked);
        return Read(trail);
    }

    static string Read(AuditTrail trail)
    {
        var reader = new TrailReader(trail);
        var text = new StringBuilder();
        while (reader.TryRead(out TrailBlock block))
            text.Append(Encoding.Latin1.GetString(block.Bytes));
        return text.ToString();
    }
}
