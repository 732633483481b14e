using System.Text;
using System.Text.Json;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed class RecordingWriterTests
{
    static readonly RecordingHeader s_header = new() { ColumnCount = 100, RowCount = 30, TerminalType = "xterm", UnixSeconds = 1700000000, IsChained = true };

    [Fact]
    public void Lines_are_those_of_asciicast_3_with_documented_additions()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(s_header with { IsChained = false });
        writer.Write(250_000, RecordingEventKind.Output, "hi \u001b[1m\"é\"\r\n"u8);
        writer.Write(1_500_000, RecordingEventKind.Output, [(byte)'a', 0xFF]);
        writer.Resize(1_500_001, 120, 40);
        writer.WriteGap(2_000_000, RecordingEventKind.Output, 4096);
        writer.WriteText(2_000_000, RecordingEventKind.Withheld, "");
        writer.End(2_000_000, 3);

        Assert.Equal(
            """
            {"version":3,"term":{"cols":100,"rows":30,"type":"xterm"},"timestamp":1700000000}
            [0.250000, "o", "hi \u001b[1m\"é\"\r\n"]
            [1.250000, "o", "a�"]
            [0.000000, "b", "Yf8="]
            [0.000001, "r", "120x40"]
            [0.499999, "g", "o 4096"]
            [0.000000, "w", ""]
            [0.000000, "x", "3"]

            """,
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Any_bytes_in_any_pieces_come_back_exactly_and_every_line_is_JSON()
    {
        Seeded.Repeat(200, random =>
        {
            byte[] sent = new byte[random.Next(1, 60_000)];
            random.NextBytes(sent);
            if (random.Next(2) == 0)
                Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aé日😀\uFFFD", sent.Length / 16))).CopyTo(sent, 0);
            byte[] file = Record(sent, random);

            Assert.True(AsciicastReader.TryOpen(new ChoppedStream(file, random, 9000), out AsciicastReader? reader));
            var read = new List<byte>();
            while (reader!.TryRead(out RecordingEvent next))
            {
                if (next.Kind == RecordingEventKind.Output)
                    read.AddRange(next.Bytes);
            }

            Assert.Equal(sent, read);
            Assert.Equal(0, reader.FaultCount);
            foreach (string line in Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n'))
                using (JsonDocument.Parse(line)) { }
            Assert.Equal(RecordingVerdict.Fine, RecordingVerifier.Verify(new MemoryStream(file)).Verdict);
        });
    }

    [Fact]
    public void Every_change_of_a_byte_and_every_cut_shows()
    {
        Seeded.Repeat(300, random =>
        {
            byte[] sent = new byte[2000];
            random.NextBytes(sent);
            byte[] file = Record(sent, random);
            byte[] altered = [.. file];
            altered[random.Next(altered.Length)] ^= (byte)random.Next(1, 256);
            byte[] cut = file[..random.Next(file.Length)];

            Assert.NotEqual(RecordingVerdict.Fine, RecordingVerifier.Verify(new MemoryStream(altered)).Verdict);
            Assert.Contains(RecordingVerifier.Verify(new MemoryStream(cut)).Verdict, (RecordingVerdict[])[RecordingVerdict.EndMissing, RecordingVerdict.Unchecked]);
        });
    }

    [Fact]
    public void What_is_left_of_a_damaged_file_is_read()
    {
        Seeded.Repeat(200, random =>
        {
            byte[] sent = new byte[3000];
            random.NextBytes(sent);
            byte[] file = Record(sent, random);
            int header = file.AsSpan().IndexOf((byte)'\n') + 1;
            byte[] damaged = [.. file[..header], .. Mutations.Damage(file.AsSpan(header), random)];

            Assert.True(AsciicastReader.TryOpen(new MemoryStream(damaged), out AsciicastReader? reader));
            long last = 0;
            while (reader!.TryRead(out RecordingEvent next))
            {
                Assert.True(next.Microseconds >= last);
                last = next.Microseconds;
            }
        });
    }

    [Fact]
    public void What_was_dropped_becomes_a_gap_with_its_length()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream) { IsDropping = true };
        writer.Begin(s_header with { IsChained = false });
        writer.Write(0, RecordingEventKind.Output, "four"u8);
        writer.Write(0, RecordingEventKind.Input, "x"u8);
        writer.Resize(0, 10, 5);
        writer.IsDropping = false;
        writer.Write(1_000_000, RecordingEventKind.Output, "on"u8);
        writer.End(1_000_000, null);

        Assert.EndsWith(
            "[0.000000, \"r\", \"10x5\"]\n[1.000000, \"g\", \"o 4\"]\n[0.000000, \"g\", \"i 1\"]\n[0.000000, \"o\", \"on\"]\n",
            Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_cause_has_its_own_gap_and_the_counts_are_exact()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream) { LeavesOut = RecordingGapCause.Rate };
        writer.Begin(s_header with { IsChained = true });
        writer.Write(0, RecordingEventKind.Output, "four"u8);
        writer.IsDropping = true;
        writer.Write(0, RecordingEventKind.Output, "seven77"u8);
        (writer.IsDropping, writer.LeavesOut) = (false, RecordingGapCause.Size);
        writer.Write(0, RecordingEventKind.Output, "xy"u8);
        Assert.True(writer.HasUnsaidGaps);
        writer.WriteGaps(0);
        Assert.False(writer.HasUnsaidGaps);
        writer.LeavesOut = null;
        writer.Write(0, RecordingEventKind.Output, "ok"u8);
        writer.End(0, null);

        Assert.Contains(
            "[0.000000, \"g\", \"o 7\"]\n[0.000000, \"g\", \"o 4 rate\"]\n[0.000000, \"g\", \"o 2 size\"]\n[0.000000, \"o\", \"ok\"]\n[0.000000, \"e\", \"o=15 i=0\"]\n",
            Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.Equal(stream.Length, writer.WrittenBytes);
    }

    [Fact]
    public void A_damaged_line_is_named_and_the_rest_is_read()
    {
        byte[] file = Encoding.UTF8.GetBytes("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1, \"o\", \"a\"]\n[1, \"o\", \"b\n# comment\n[0.5, \"o\", \"c\"]\n[0, \"zz\", \"?\"]\n[1");

        Assert.True(AsciicastReader.TryOpen(new MemoryStream(file), out AsciicastReader? reader));

        Assert.True(reader!.TryRead(out RecordingEvent first));
        Assert.Equal((1_000_000, "a"), (first.Microseconds, Encoding.UTF8.GetString(first.Bytes)));
        Assert.True(reader.TryRead(out RecordingEvent second));
        Assert.Equal((2_500_000, "c"), (second.Microseconds, Encoding.UTF8.GetString(second.Bytes)));
        Assert.Equal((1, 57, "not an event"), (reader.FaultCount, reader.FirstFault!.Offset, reader.FirstFault.Text));
    }

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Hashes_are_those_of_FIPS_180(string text, string expected)
    {
        var sha = new Sha256();
        byte[] hash = new byte[Sha256.HashBytes];

        sha.Add(Encoding.ASCII.GetBytes(text));
        sha.Finish(hash);

        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Hashes_of_any_bytes_in_any_pieces_are_the_framework_s()
    {
        Seeded.Repeat(200, random =>
        {
            byte[] bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            var sha = new Sha256();
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(random.Next(1, 150), bytes.Length - at);
                sha.Add(bytes.AsSpan(at, length));
                at += length;
            }

            byte[] hash = new byte[Sha256.HashBytes];
            sha.Finish(hash);

            Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), hash);
        });
    }

    static byte[] Record(byte[] sent, Random random)
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(s_header);
        long time = 0;
        for (int at = 0; at < sent.Length;)
        {
            int length = Math.Min(random.Next(1, 5000), sent.Length - at);
            time += random.Next(2_000_000);
            writer.Write(time, RecordingEventKind.Output, sent.AsSpan(at, length));
            at += length;
            if (random.Next(4) == 0)
                writer.Flush();
        }

        writer.End(time, 0);
        return stream.ToArray();
    }
}
