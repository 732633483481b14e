using System.Text;
using Akashi.Linux.Compression;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Linux.Tests.Compression;

public sealed class ZstdStreamTests : IDisposable
{
    const string Log = "type=CWD msg=audit(1700000000.001:1): cwd=\"/\"\ntype=CWD msg=audit(1700000000.002:2): cwd=\"/\"\ntype=CWD msg=audit(1700000000.003:3): cwd=\"/\"\n";

    // zstd 1.5.4: zstd -19 --check
    static readonly byte[] s_packed = Convert.FromBase64String(
        "KLUv/SSK3QEA1AJ0eXBlPUNXRCBtc2c9YXVkaXQoMTcwLjAwMToxKTogY3dkPSIvIgoyOjIzOjMEAMAYAHOMCi8uaAJKVBkO");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_is_read_as_what_it_holds()
    {
        Assert.Equal(Log, ReadAll(s_packed, out string? damage));
        Assert.Null(damage);
    }

    [Fact]
    public void Frames_one_behind_the_other_are_one_text()
    {
        byte[] skipped = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];

        Assert.Equal(Log + Log, ReadAll([.. skipped, .. s_packed, .. skipped, .. s_packed], out string? damage));
        Assert.Null(damage);
    }

    [Fact]
    public void An_archive_cut_off_anywhere_is_noticed()
    {
        for (int length = 4; length < s_packed.Length; length++)
        {
            string read = ReadAll(s_packed[..length], out string? damage);

            Assert.NotNull(damage);
            Assert.StartsWith(read, Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_archive_never_throws() => Seeded.Repeat(500, random =>
    {
        byte[] packed = [.. s_packed.AsSpan(0, 4), .. Mutations.Damage(s_packed.AsSpan(4), random)];

        _ = ReadAll(packed, out _);
    });

    // 300 MB of zeros as the zstd program packs them: 10 KB.
    [Fact]
    public void An_archive_of_a_huge_line_is_passed_over()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zstd"), "no zstd program");
        ProgramOutput.Of("/bin/sh", ["-c", $"head -c 300000000 /dev/zero | zstd -q >{_folder["bomb"]}"]);
        using AuditTrail trail = AuditTrail.OpenFiles(new LinuxHost().Files, _folder["bomb"]);
        var reader = new TrailReader(trail);

        Assert.False(reader.TryRead(out _));
        Assert.Equal(1, reader.OverlongLines);
        Assert.Null(trail.Segments[0].Damage);
    }

    [Fact]
    public void What_the_zstd_and_gzip_programs_packed_is_read()
    {
        byte[] log = TestLogs.Bytes("server.log");
        foreach (string program in (string[])["zstd", "gzip"])
        {
            if (!File.Exists($"/usr/bin/{program}"))
                continue;
            File.WriteAllBytes(_folder["log"], log);
            ProgramOutput.Of("/bin/sh", ["-c", $"{program} -c <{_folder["log"]} >{_folder["packed"]}"]);
            using AuditTrail trail = AuditTrail.OpenFiles(new LinuxHost().Files, _folder["packed"]);

            Assert.True(log.AsSpan().SequenceEqual(Encoding.Latin1.GetBytes(Read(trail))));
            Assert.Null(trail.Segments[0].Damage);
        }
    }

    [Fact]
    public void Small_reads_lose_nothing()
    {
        using var stream = new ZstdStream(new MemoryStream(s_packed), "a");
        byte[] one = new byte[1];
        var text = new StringBuilder();
        while (stream.Read(one) > 0)
            text.Append((char)one[0]);

        Assert.Equal(Log, text.ToString());
    }

    string ReadAll(byte[] packed, out string? damage)
    {
        File.WriteAllBytes(_folder["a"], packed);
        using AuditTrail trail = AuditTrail.OpenFiles(new LinuxHost().Files, _folder["a"]);
        string text = Read(trail);
        damage = trail.Segments[0].Damage;
        return text;
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
