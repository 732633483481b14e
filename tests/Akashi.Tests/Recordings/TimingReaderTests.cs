using System.Text;
using System.Text.RegularExpressions;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed partial class TimingReaderTests
{
    [Fact]
    public void Advanced_entries_are_read_whole()
    {
        var reader = Read("H 0.000000 TERM xterm\nO 0.001904 2\nS 0.201731 SIGWINCH ROWS=30 COLS=100\n");

        Assert.Equal(TimingFormat.Advanced, reader.Format);
        Assert.Equal(TimingFault.None, reader.TryRead(out TimingEntry header));
        Assert.Equal((TimingKind.Header, "TERM", " xterm"), (header.Kind, Text(header.Name), Text(header.Value)));
        Assert.Equal(TimingFault.None, reader.TryRead(out TimingEntry output));
        Assert.Equal((TimingKind.Output, 1904L, 2UL), (output.Kind, output.DelayMicroseconds, output.Size));
        Assert.Equal(TimingFault.None, reader.TryRead(out TimingEntry signal));
        Assert.Equal(("SIGWINCH", " ROWS=30 COLS=100"), (Text(signal.Name), Text(signal.Value)));
        Assert.Equal(TimingFault.End, reader.TryRead(out _));
    }

    // What util-linux 2.38.1 does with each: how many entries it shows, and whether it complains.
    [Theory]
    [InlineData("", 0, TimingFault.End)]
    [InlineData("0.1 3\n0.1 2", 1, TimingFault.End)]
    [InlineData("0.1 x\n", 0, TimingFault.Malformed)]
    [InlineData("0.1 3 5\n", 0, TimingFault.Malformed)]
    [InlineData("0.1 3 \n", 0, TimingFault.End)]
    [InlineData("0.1 3\n\n   0.1 2\n", 2, TimingFault.End)]
    [InlineData("1e-2 3\n", 0, TimingFault.Malformed)]
    [InlineData("O 0.9999999999 3\n", 0, TimingFault.Malformed)]
    [InlineData("O 0. 5 3\nO +0.1 +3\nO-0.1 3\n", 3, TimingFault.End)]
    [InlineData("O 0.1 3\n0.1 2\n", 1, TimingFault.End)]
    [InlineData("0.1 3\nO 0.1 2\n", 1, TimingFault.Malformed)]
    [InlineData("O 0.1 3\nQ 0.1 2\n", 1, TimingFault.End)]
    [InlineData("S 0.1 X\nS 0.1 Y", 1, TimingFault.End)]
    public void Damaged_files_end_as_in_the_original(string text, int count, TimingFault expected)
    {
        var reader = Read(text);
        int found = 0;
        TimingFault fault;
        while ((fault = reader.TryRead(out _)) == TimingFault.None)
            found++;

        Assert.Equal((count, expected), (found, fault));
    }

    [Fact]
    public void What_is_written_is_read_back() => Seeded.Repeat(500, random =>
    {
        TimingFormat format = random.Next(2) == 0 ? TimingFormat.Classic : TimingFormat.Advanced;
        var expected = new List<(long, ulong)>();
        var bytes = new MemoryStream();
        Span<byte> line = stackalloc byte[TimingWriter.LineLengthMax];
        for (int count = random.Next(1, 20); count > 0; count--)
        {
            long delay = random.NextInt64(0, 1L << random.Next(1, 50)), size = random.NextInt64(0, 1L << random.Next(1, 60));
            bytes.Write(line[..TimingWriter.WriteBytes(line, format, TimingKind.Output, delay, size)]);
            expected.Add((delay, (ulong)size));
        }

        bytes.Position = 0;
        var reader = new TimingReader(new ChoppedStream(bytes.ToArray(), random, 3));
        var found = new List<(long, ulong)>();
        while (reader.TryRead(out TimingEntry entry) == TimingFault.None)
            found.Add((entry.DelayMicroseconds, entry.Size));

        Assert.Equal(expected, found);
    });

    // The twin: whole lines by a regular expression, which holds wherever every line is plain.
    [Fact]
    public void Plain_files_are_read_as_the_twin_reads_them() => Seeded.Repeat(500, random =>
    {
        var text = new StringBuilder();
        for (int count = random.Next(1, 30); count > 0; count--)
            text.Append($"{"IO"[random.Next(2)]} {random.Next(100)}.{random.Next(1_000_000):000000} {random.Next(100_000)}\n");
        IEnumerable<(char, long, ulong)> expected = PlainLine().Matches(text.ToString()).Select(match => (
            match.Groups[1].Value[0], long.Parse(match.Groups[2].Value) * 1_000_000 + long.Parse(match.Groups[3].Value), ulong.Parse(match.Groups[4].Value)));

        var reader = Read(text.ToString());
        var found = new List<(char, long, ulong)>();
        while (reader.TryRead(out TimingEntry entry) == TimingFault.None)
            found.Add(((char)entry.Kind, entry.DelayMicroseconds, entry.Size));

        Assert.Equal(expected, found);
    });

    [Fact]
    public void A_command_with_line_feeds_forges_no_entry()
    {
        byte[] line = TimingWriter.MakeNamed(TimingKind.Header, 0, "COMMAND", "x\nO 0.000000 9");

        Assert.Equal("H 0.000000 COMMAND x O 0.000000 9\n", Encoding.UTF8.GetString(line));
    }

    [GeneratedRegex(@"^([IO]) (\d+)\.(\d{6}) (\d+)$", RegexOptions.Multiline)]
    private static partial Regex PlainLine();

    static TimingReader Read(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
