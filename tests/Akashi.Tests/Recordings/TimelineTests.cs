using System.Text;
using System.Text.RegularExpressions;
using Akashi.Output;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed class TimelineTests
{
    [Trait("Category", "Long")]
    [Fact]
    public void Seeking_shows_what_playing_from_the_beginning_shows()
    {
        byte[] file = LongRecording(12_000_000, new Random(Seeded.Seed));
        Timeline timeline = Open(file);
        timeline.Seek(long.MaxValue);
        Seeded.Repeat(12, random =>
        {
            long time = random.NextInt64(timeline.KnownMicroseconds + 1);
            Timeline fresh = Open(file);
            while (fresh.TryPeek(out long next) && next <= time)
                fresh.Step();

            timeline.Seek(time);

            Assert.Equal(TestScreens.Dump(fresh.Screen, 0), TestScreens.Dump(timeline.Screen, 0));
            Assert.Equal(time, timeline.Microseconds);
        });
    }

    [Fact]
    public void A_text_is_found_where_it_comes_on_the_screen_even_if_it_scrolls_off_at_once()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { RowCount = 3 });
        writer.Write(1_000_000, RecordingEventKind.Output, "nee"u8);
        writer.Write(2_000_000, RecordingEventKind.Output, "\u001b[1mdle\r\n"u8);
        writer.Write(3_000_000, RecordingEventKind.Output, "\u001b[2J"u8);
        writer.Write(4_000_000, RecordingEventKind.Output, "a\r\nb\r\nc\r\nNeedle\r\nd\r\ne\r\nf\r\ng"u8);
        writer.End(5_000_000, 0);
        Timeline timeline = Open(stream.ToArray());

        Assert.True(timeline.FindText("needle"));
        Assert.Equal(2_000_000, timeline.Microseconds);
        Assert.True(timeline.FindText("needle"));
        Assert.Equal(4_000_000, timeline.Microseconds);
        Assert.False(timeline.FindText("needle"));
    }

    [Fact]
    public void A_growing_file_goes_on_where_it_ended()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader());
        writer.Write(1, RecordingEventKind.Output, "one"u8);
        writer.Flush();
        using var file = new MemoryStream();
        stream.WriteTo(file);
        file.Position = 0;
        AsciicastReader.TryOpen(file, out AsciicastReader? reader);
        var timeline = new Timeline(reader!);
        while (timeline.Step()) { }

        long length = stream.Length;
        writer.Write(2, RecordingEventKind.Output, " two"u8);
        writer.Flush();
        long position = file.Position;
        file.Position = length;
        file.Write(stream.GetBuffer(), (int)length, (int)(stream.Length - length));
        file.Position = position;
        while (timeline.Step()) { }

        Assert.Equal("one two", timeline.Screen.RowText(0));
    }

    [Fact]
    public void A_transcript_has_lines_as_they_were_left_with_their_times()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { ColumnCount = 10, RowCount = 3 });
        writer.Write(1_000_000, RecordingEventKind.Output, "$ lss\b \b\r\n"u8);
        writer.Write(2_500_000, RecordingEventKind.Output, "0123456789abc\r\n"u8);
        writer.Write(61_000_000, RecordingEventKind.Output, "\u001b[?1049h\u001b[2Jvim"u8);
        writer.Write(63_000_000, RecordingEventKind.Output, "\u001b[?1049l"u8);
        writer.Write(64_000_000, RecordingEventKind.Output, "$ exit\r\n"u8);
        writer.End(65_000_000, 0);
        using var text = new MemoryStream();
        using (var output = new Utf8Output(text))
            new Transcript(output).Write(Open(stream.ToArray()));

        Assert.Equal(
            """
            00:00:01.000  $ ls
            00:00:02.500  0123456789abc
            00:01:01.000  -- a program filled the screen for 2.0 s; its last screen: --
            00:01:03.000  | vim
            00:01:04.000  $ exit
            00:01:05.000  -- exit status 0 --

            """,
            Encoding.UTF8.GetString(text.ToArray()));
    }

    [Fact]
    public void A_renderer_brings_a_terminal_to_the_screen_and_writes_nothing_else()
    {
        string[] names = [.. TestScreens.Names];
        Seeded.Repeat(30, random =>
        {
            byte[] bytes = Mutations.Damage(TestScreens.Bytes(names[random.Next(names.Length)]), random);
            var screen = new Screen(80, 24);
            var terminal = new Screen(80, 24);
            using var sent = new MemoryStream();
            var output = new Utf8Output(sent);
            var renderer = new ScreenRenderer(output, 80, 24);
            for (int at = 0; at < bytes.Length; at += 700)
            {
                screen.Write(bytes.AsSpan(at, Math.Min(700, bytes.Length - at)));
                renderer.Draw(screen);
            }

            output.Flush();
            terminal.Write(sent.ToArray());

            for (int row = 0; row < 24; row++)
                Assert.Equal(Harmless(screen.RowText(row)), terminal.RowText(row));
            string text = Encoding.UTF8.GetString(sent.ToArray());
            Assert.DoesNotMatch("\u001b(?!\\[[0-9;?]*[HmKhl])|[\\x00-\\x1A\\x1C-\\x1F\\x7F-\\x9F]", text);
        });
    }

    [Fact]
    public void A_typescript_is_read_and_conversions_keep_what_was_shown()
    {
        byte[] data = Encoding.UTF8.GetBytes("Script started on 2026-11-21 14:00:00+00:00 [TERM=\"xterm\" COLUMNS=\"40\" LINES=\"10\"]\nhéllo\r\nx\nScript done on 2026-11-21 14:00:02+00:00 [COMMAND_EXIT_CODE=\"0\"]\n");
        byte[] timing = "0.500000 3\n1.250000 5\n0.000100 1\n9.000000 4000\n"u8.ToArray();
        TypescriptReader Typescript() => new(new MemoryStream(data), new MemoryStream(timing));
        var whole = new Timeline(Typescript());
        whole.Seek(2_000_000);

        Assert.Equal(("héllo", "x", 40), (whole.Screen.RowText(0), whole.Screen.RowText(1), whole.Screen.ColumnCount));
        foreach (RecordingFormat format in (RecordingFormat[])[RecordingFormat.AsciicastV2, RecordingFormat.AsciicastV3, RecordingFormat.Akashi])
        {
            using var converted = new MemoryStream();
            new RecordingConversion(Typescript()).WriteAsciicast(converted, format);
            Timeline timeline = Open(converted.ToArray());
            timeline.Seek(2_000_000);
            Assert.Equal(TestScreens.Dump(whole.Screen, 0), TestScreens.Dump(timeline.Screen, 0));
        }

        using var first = new MemoryStream();
        new RecordingConversion(Typescript()).WriteAsciicast(first, RecordingFormat.AsciicastV1);
        Assert.True(ListedRecording.TryOpen(first.ToArray(), out ListedRecording? listed));
        var old = new Timeline(listed!);
        old.Seek(2_000_000);
        Assert.Equal(TestScreens.Dump(whole.Screen, 0), TestScreens.Dump(old.Screen, 0));
    }

    [Fact]
    public void An_asciicast_becomes_a_typescript_and_comes_back()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { UnixSeconds = 1700000000, TerminalType = "xterm" });
        writer.Write(100_000, RecordingEventKind.Output, "a\r\n"u8);
        writer.Write(200_000, RecordingEventKind.Input, "ls\r"u8);
        writer.Resize(300_000, 100, 30);
        writer.Write(400_000, RecordingEventKind.Output, [0xFF, (byte)'b']);
        writer.End(500_000, 2);
        AsciicastReader.TryOpen(new MemoryStream(stream.ToArray()), out AsciicastReader? reader);
        using var data = new MemoryStream();
        using var timing = new MemoryStream();
        new RecordingConversion(reader!).WriteTypescript(data, timing, isAdvanced: true);

        Assert.EndsWith("I 0.100000 3\nS 0.100000 SIGWINCH ROWS=30 COLS=100\nO 0.100000 2\n", Encoding.UTF8.GetString(timing.ToArray()));
        var back = new TypescriptReader(data, timing);
        var kinds = new List<(RecordingEventKind, long, string)>();
        while (back.TryRead(out RecordingEvent next))
            kinds.Add((next.Kind, next.Microseconds, Convert.ToHexString(next.Bytes)));
        Assert.Equal(
            [(RecordingEventKind.Output, 100_000, "610D0A"), (RecordingEventKind.Input, 200_000, "6C730D"),
             (RecordingEventKind.Resize, 300_000, "313030783330"), (RecordingEventKind.Output, 400_000, "FF62")],
            kinds);
    }

    // Bidirectional controls, zero-width characters and tags go; what can't be shown is U+FFFD.
    static string Harmless(string text) => Regex.Replace(
        Regex.Replace(text, "[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFB]|\uDB40[\uDC00-\uDFFF]", ""),
        "[\u00AD\u2028\u2029\uFFFE\uFFFF]", "\uFFFD");

    static Timeline Open(byte[] file)
    {
        Assert.True(AsciicastReader.TryOpen(new MemoryStream(file), out AsciicastReader? reader));
        return new Timeline(reader!);
    }

    static byte[] LongRecording(int outputBytes, Random random)
    {
        string[] names = [.. TestScreens.Names];
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader());
        long time = 0;
        for (int written = 0; written < outputBytes;)
        {
            byte[] bytes = TestScreens.Bytes(names[random.Next(names.Length)]);
            for (int at = 0; at < bytes.Length; at += 3000)
                writer.Write(time += random.Next(100_000), RecordingEventKind.Output, bytes.AsSpan(at, Math.Min(3000, bytes.Length - at)));
            written += bytes.Length;
            if (random.Next(50) == 0)
                writer.Resize(time, random.Next(20, 120), random.Next(5, 50));
        }

        writer.End(time, 0);
        return stream.ToArray();
    }
}
