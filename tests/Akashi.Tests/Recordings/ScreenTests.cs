using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed class ScreenTests
{
    public static TheoryData<string> Streams => [.. TestScreens.Names];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Real_programs_and_random_streams_look_as_in_xterm_js(string name)
    {
        var screen = new Screen(TestScreens.Columns, TestScreens.Rows);
        byte[] bytes = TestScreens.Bytes(name);
        int from = 0;
        foreach ((int offset, string expected) in TestScreens.Screens(name))
        {
            screen.Write(bytes.AsSpan(from, offset - from));
            from = offset;
            Assert.Equal(expected, TestScreens.Dump(screen, offset));
        }
    }

    [Fact]
    public void Any_split_of_the_bytes_draws_the_same()
    {
        string[] names = [.. TestScreens.Names];
        Seeded.Repeat(60, random =>
        {
            byte[] bytes = Mutations.Damage(TestScreens.Bytes(names[random.Next(names.Length)]), random);
            var whole = new Screen(40, 12);
            var parts = new Screen(40, 12);
            whole.Write(bytes);
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(random.Next(1, random.Next(2, 40)), bytes.Length - at);
                parts.Write(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(TestScreens.Dump(whole, 0), TestScreens.Dump(parts, 0));
        });
    }

    [Fact]
    public void A_copy_goes_on_as_the_original_does_wherever_it_is_taken()
    {
        string[] names = [.. TestScreens.Names];
        Seeded.Repeat(40, random =>
        {
            byte[] bytes = TestScreens.Bytes(names[random.Next(names.Length)]);
            int at = random.Next(bytes.Length);
            var screen = new Screen(80, 24);
            screen.Write(bytes.AsSpan(0, at));
            var copy = new Screen(30, 7);
            copy.Write(TestScreens.Bytes(names[random.Next(names.Length)]));
            copy.CopyFrom(screen);
            screen.Write(bytes.AsSpan(at));
            copy.Write(bytes.AsSpan(at));

            Assert.Equal(TestScreens.Dump(screen, 0), TestScreens.Dump(copy, 0));
        });
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var screen = new Screen(80, 24);
        byte[] bytes = TestScreens.Bytes("vim");
        screen.Write(bytes);

        Allocation.IsZero(() =>
        {
            for (int round = 0; round < 20; round++)
                screen.Write(bytes);
        });
    }

    [Theory]
    [InlineData("\e[3;5r\e[?6h\e[HA\e[9;1HB", "|||A||B")] // DECOM: home is the region's, and below it is no place (VT510 manual).
    [InlineData("\e[3;5r\e#8\e[1;1H\e[J", "||||||||")] // DECALN fills, homes, and ends the region.
    [InlineData("abc\e[1;1H\e[2;1Hx\e]0;evil\u0007y", "|abc|xy")]
    [InlineData("ab\u0008\u0301c", "|a\u0301c")] // A mark joins what stands before the cursor.
    [InlineData("a\e]52;c;aGk=\e\\b\eP+q\e\\c\e_x\u00e9y\e\\d\e^p\e\\e", "|abcde")]
    [InlineData("one\ntwo\e[20h\nthree", "|one|   two|three")]
    public void Sequences_draw_what_the_manuals_say(string sent, string expected)
    {
        var screen = new Screen(20, 8);

        screen.Write(Encoding.UTF8.GetBytes(sent));

        string shown = string.Concat(Enumerable.Range(0, 8).Select(row => "|" + screen.RowText(row)));
        Assert.Equal(expected.TrimEnd('|'), shown.TrimEnd('|'));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_replacement_characters()
    {
        var screen = new Screen(20, 2);

        screen.Write([(byte)'a', 0xFF, (byte)'b', 0xE2, 0x82]);
        screen.Write([(byte)'c', 0xC0, 0x80]);

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFD\uFFFD", screen.RowText(0));
    }

    [Fact]
    public void Huge_parameters_end_soon()
    {
        var screen = new Screen(2000, 2000);

        foreach (char final in "@ABCDEFGHIJKLMPSTXZ`abcdefghlmnpqrstu")
            screen.Write(Encoding.ASCII.GetBytes($"x\e[99999999999;99999999999{final}x\e[99999999999:1{final}"));
        screen.Write(Encoding.ASCII.GetBytes("\e[" + new string(';', 100_000) + "m\e[" + new string('!', 100_000) + "p\e]" + new string('x', 100_000)));

        Assert.Equal((Screen.SizeMax, Screen.SizeMax), (screen.ColumnCount, screen.RowCount));
    }

    [Fact]
    public void Marks_without_end_are_bounded()
    {
        var screen = new Screen(10, 2);

        screen.Write(Encoding.UTF8.GetBytes("a" + string.Concat(Enumerable.Repeat("\u0301", 100_000))));
        for (int code = 0; code < 80_000; code++)
            screen.Write(Encoding.UTF8.GetBytes("\r" + char.ConvertFromUtf32(0x4E00 + code % 20_000) + "\u0301" + char.ConvertFromUtf32(0x300 + code / 20_000)));

        Assert.Equal(3, screen.RowText(0).Length);
    }

    [Fact]
    public void Another_size_keeps_the_lines_around_the_cursor()
    {
        var screen = new Screen(10, 4);
        screen.Write("1\r\n2\r\n3\r\n4"u8);

        screen.Resize(5, 2);

        Assert.Equal(("3", "4", 1), (screen.RowText(0), screen.RowText(1), screen.CursorRow));
    }

    [Fact]
    public void Widths_are_those_of_the_table()
    {
        byte[] widths = new byte[0x110000];
        widths.AsSpan().Fill(1);
        foreach (string line in File.ReadLines(RepositoryFiles.PathOf("testdata", "character-widths.tsv")).Where(line => line[0] != '#'))
        {
            string[] parts = line.Split('\t');
            int first = Convert.ToInt32(parts[0], 16);
            widths.AsSpan(first, Convert.ToInt32(parts[1], 16) - first + 1).Fill(byte.Parse(parts[2]));
        }

        for (int code = 0x20; code < widths.Length; code++)
            Assert.True(widths[code] == TerminalWidth.Of(code), $"U+{code:X4}");
    }

}
