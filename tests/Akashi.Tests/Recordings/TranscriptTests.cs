using System.Text;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Tests.Recordings;

public sealed class TranscriptTests
{
    [Fact]
    public void Sessions_that_were_added_stand_whole_under_the_one_before()
    {
        Assert.Equal(
            """
            00:00:00.000  -- began 2023-11-14 22:13:20 UTC --
            00:00:00.000  -- title: a title --
            00:00:00.000  -- command: sh -c x --
            00:00:01.000  first session
            00:00:01.000  1
            00:00:01.000  -- exit status 3 --
            00:00:01.000  -- session 2 begins, 2026-11-21 14:00:00 UTC --
            00:00:02.000  second
            00:00:02.000  -- exit status 0 --

            """,
            TextOf(
                writer =>
                {
                    writer.Write(1_000_000, RecordingEventKind.Output, "first session\r\n1\r\n"u8);
                    writer.Write(1_000_000, RecordingEventKind.Exit, "3"u8);
                    writer.Write(1_000_000, RecordingEventKind.Session, "1795269600 u=0"u8);
                    writer.Write(2_000_000, RecordingEventKind.Output, "second\r\n"u8);
                    writer.Write(2_000_000, RecordingEventKind.Exit, "0"u8);
                },
                new RecordingHeader { UnixSeconds = 1_700_000_000, Title = "a title", Command = "sh -c x" }));
    }

    [Theory]
    [InlineData("evil\r\n\e[H\e[2J\e[3Jafter", "evil|after")] // clear(1)
    [InlineData("one\r\ntwo\r\n\e[1;1H\e[Jgone", "one|two|gone")]
    [InlineData("one\r\ntwo\e[1J\e[Hx", "one|two|x")]
    [InlineData("one\r\ntwo\r\e[Kx", "one|two|x")]
    [InlineData("one\r\ntwo\e[2K\rx", "one|two|x")]
    [InlineData("one\r\ntwo\e[1K\rx", "one|two|x")]
    [InlineData("one\r\ntwo\ecx", "one|two|x")]
    [InlineData("one\r\ntwo\r\e[Mx", "one|two|x")]
    [InlineData("one\r\ntwo\r\e[3Px", "one|two|x")]
    [InlineData("one\r\ntwo\r\e[3Xx", "one|two|x")]
    [InlineData("one\r\ntwo\e[2S\e[Hx", "one|two|x")]
    [InlineData("one\r\ntwo\e[9T\e[Hx", "one|two|x")]
    [InlineData("one\r\ntwo\e[H\e[9Lx", "one|two|x")]
    [InlineData("one\r\ntwo\e[5;1Hlast\e[H\eM\e[Hx", "one|two|||last|x")] // Each line once, though it moved.
    [InlineData("1\r\n2\r\n3\r\n4\r\n5\e[2;5r\e[5;1H\r\nx", "1|2|3|4|5|x")]
    [InlineData("one\r\ntwo\e#8\e[2J\e[Hx", "one|two|EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE|EEEEEEEEEE|x")]
    [InlineData("0123456789abc\r\nx\r\n\e[2J\e[Hy", "0123456789abc|x|y")] // Wrapped, and erased as one line.
    [InlineData("same\r\n\e[3;1H\e[K\e[J\e[4;1Hx", "same|||x")] // Nothing was there to be erased.
    [InlineData("lss\b\e[K\b\bx", "xs")] // Editing a line.
    public void What_is_erased_is_told(string sent, string expected)
    {
        string text = TextOf(writer => writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes(sent)), new RecordingHeader { ColumnCount = 10, RowCount = 5 });

        Assert.Equal(expected, string.Join('|', text.TrimEnd('\n').Split('\n').Select(line => line[14..])));
    }

    [Fact]
    public void The_last_screen_of_a_program_is_told_and_times_are_in_order()
    {
        Assert.Equal(
            """
            00:00:01.000  $ vim
            00:00:02.000  -- a program filled the screen for 3.0 s; its last screen: --
            00:00:05.000  | secret
            00:00:05.000  | ~
            00:00:06.000  $ exit

            """,
            TextOf(writer =>
            {
                writer.Write(1_000_000, RecordingEventKind.Output, "$ vim\r\n"u8);
                writer.Write(2_000_000, RecordingEventKind.Output, "\e[?1049h\e[2J\e[Hsecret\r\n~"u8);
                writer.Write(5_000_000, RecordingEventKind.Output, "\e[?1049l"u8);
                writer.Write(6_000_000, RecordingEventKind.Output, "$ exit\r\n"u8);
            }));
    }

    [Fact]
    public void Lines_that_another_size_takes_are_told()
    {
        string text = TextOf(
            writer =>
            {
                writer.Write(0, RecordingEventKind.Output, "L1\r\nL2\r\nL3\r\nL4\r\nlonger\r\n"u8);
                writer.Resize(1, 4, 3);
                writer.Write(2, RecordingEventKind.Output, "x"u8);
            },
            new RecordingHeader { ColumnCount = 10, RowCount = 6 });

        Assert.Equal("L1|L2|L3|L4|longer|x", string.Join('|', text.TrimEnd('\n').Split('\n').Select(line => line[14..])));
    }

    [Fact]
    public void A_smaller_size_while_a_program_fills_the_screen_keeps_the_lines_around_the_cursor_below()
    {
        var screen = new Screen(20, 10);
        screen.Write("L1\r\nL2\r\nL3\r\nL4\r\nL5\r\nL6\r\nL7\r\nL8\r\nL9\r\n\e[?1049h"u8);

        screen.Resize(20, 5);
        screen.Write("\e[?1049lafter"u8);

        Assert.Equal("L6 L7 L8 L9 after", string.Join(' ', Enumerable.Range(0, 5).Select(screen.RowText)));
    }

    [Fact]
    public void Bytes_that_were_not_recorded_are_told()
    {
        Assert.Equal("00:00:00.000  a\n00:00:01.000  -- 4096 bytes were not recorded --\n00:00:01.000  b\n", TextOf(writer =>
        {
            writer.Write(0, RecordingEventKind.Output, "a\r\n"u8);
            writer.Write(1_000_000, RecordingEventKind.Gap, "o 4096"u8);
            writer.Write(1_000_000, RecordingEventKind.Output, "b"u8);
        }));
    }

    [Fact]
    public void What_is_not_seen_or_turns_text_is_escaped()
    {
        Assert.Equal("00:00:00.000  a\\u202eb\\u200bc\\U000e0041é\n", TextOf(
            writer => writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes("a\u202eb\u200bc\U000e0041é"))));
    }

    static string TextOf(Action<RecordingWriter> write, RecordingHeader? header = null)
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(header ?? new RecordingHeader());
        write(writer);
        writer.Flush();
        Assert.True(AsciicastReader.TryOpen(new MemoryStream(stream.ToArray()), out AsciicastReader? reader));
        using var text = new MemoryStream();
        using (var output = new Utf8Output(text))
            new Transcript(output).Write(new Timeline(reader!));
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
