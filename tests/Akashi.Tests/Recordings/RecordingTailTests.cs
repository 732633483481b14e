using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed class RecordingTailTests
{
    static readonly RecordingHeader s_header = new() { UnixSeconds = 1700000000, IsChained = true };

    [Fact]
    public void A_session_that_is_added_goes_on_with_the_running_hash()
    {
        using MemoryStream file = Record("one");
        Add(file, "two");

        var found = RecordingVerifier.Verify(Rewound(file));

        Assert.Equal((RecordingVerdict.Fine, 2, 0), (found.Verdict, found.SessionCount, found.UnendedSession));
        Assert.Contains("\n[0.000000, \"n\", \"1700000100 u=0\"]\n[0.000000, \"r\", \"90x30\"]\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_added_to_a_file_that_was_cut_anywhere_is_read_and_the_missing_end_shows()
    {
        Seeded.Repeat(300, random =>
        {
            using MemoryStream whole = Record(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(number => $"line {number}\r\n")), random.Next(2, 50));
            int header = Array.IndexOf(whole.ToArray(), (byte)'\n') + 1;
            int length = random.Next(header, (int)whole.Length + 1);
            using var cut = new MemoryStream();
            cut.Write(whole.ToArray(), 0, length);
            Add(cut, "two");

            var found = RecordingVerifier.Verify(Rewound(cut));

            bool isWhole = length >= whole.Length - 1;
            Assert.Equal(
                (isWhole ? RecordingVerdict.Fine : RecordingVerdict.EndMissing, 2, isWhole ? 0 : 1), (found.Verdict, found.SessionCount, found.UnendedSession));
            Assert.EndsWith("two", Shown(Rewound(cut)), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_is_altered_before_or_after_a_session_was_added_shows()
    {
        Seeded.Repeat(300, random =>
        {
            using MemoryStream file = Record("one and more\r\n", 3);
            if (random.Next(2) == 0)
                file.SetLength(file.Length - random.Next(100));
            int header = Array.IndexOf(file.ToArray(), (byte)'\n') + 1;
            bool isBefore = random.Next(2) == 0;
            int proved = file.ToArray().AsSpan().LastIndexOf("[0.000000, \"c\""u8);
            if (isBefore)
                file.GetBuffer()[random.Next(header, proved)] ^= 1;
            Add(file, "two");
            if (!isBefore)
                file.GetBuffer()[random.Next(header, (int)file.Length)] ^= 1;

            Assert.NotEqual(RecordingVerdict.Fine, RecordingVerifier.Verify(Rewound(file)).Verdict);
        });
    }

    [Fact]
    public void The_last_check_is_found_however_much_stands_behind_it()
    {
        using MemoryStream file = Record("one");
        file.Position = file.Length;
        file.Write(new byte[700_000]);
        Assert.True(RecordingTail.TryRead(file, out RecordingTail? tail));

        Assert.Equal((700_000, false), (tail!.UnprovedBytes, tail.EndsInLineFeed));
    }

    [Fact]
    public void A_recording_without_a_running_hash_gets_none()
    {
        using var file = new MemoryStream();
        file.Write("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1, \"o\", \"a\"]\n"u8);
        Add(file, "two");

        Assert.Equal(
            "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1, \"o\", \"a\"]\n[0.000000, \"n\", \"1700000100 u=0\"]\n[0.000000, \"r\", \"90x30\"]\n[0.000000, \"o\", \"two\"]\n[0.000000, \"x\", \"0\"]\n",
            Encoding.UTF8.GetString(file.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("something else\n")]
    [InlineData("{\"version\":2,\"width\":80,\"height\":24}\n")]
    public void Another_file_is_not_added_to(string text) =>
        Assert.False(RecordingTail.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text)), out _));

    static MemoryStream Record(string text, int pieceBytes = int.MaxValue)
    {
        var file = new MemoryStream();
        var writer = new RecordingWriter(file);
        writer.Begin(s_header);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < bytes.Length; at += Math.Min(pieceBytes, bytes.Length))
        {
            writer.Write(at, RecordingEventKind.Output, bytes.AsSpan(at, Math.Min(pieceBytes, bytes.Length - at)));
            writer.Flush();
        }

        writer.End(bytes.Length, 0);
        return file;
    }

    static void Add(MemoryStream file, string text)
    {
        Assert.True(RecordingTail.TryRead(file, out RecordingTail? tail));
        file.Position = file.Length;
        var writer = new RecordingWriter(file);
        writer.Continue(tail!, 1700000100, 90, 30);
        writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes(text));
        writer.End(0, 0);
    }

    static MemoryStream Rewound(MemoryStream file) => new(file.ToArray());

    static string Shown(Stream file)
    {
        Assert.True(AsciicastReader.TryOpen(file, out AsciicastReader? reader));
        var text = new StringBuilder();
        while (reader!.TryRead(out RecordingEvent next))
        {
            if (next.Kind == RecordingEventKind.Output)
                text.Append(Encoding.UTF8.GetString(next.Bytes));
        }

        return text.ToString();
    }
}
