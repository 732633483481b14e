using System.Text;
using Akashi.Live;
using Akashi.Testing;

namespace Akashi.Tests.Live;

/// <summary>What reaches a terminal.</summary>
public sealed class LineTextTests
{
    [Theory]
    [InlineData("plain text ~", "plain text ~")]
    [InlineData("a\nb\tc\rd", "a\\nb\\tc\\rd")]
    [InlineData("\e[31mred\e]0;title\a", "\\e[31mred\\e]0;title\\x07")]
    [InlineData("\u007f\u0085\u009b31m", "\\x7f\\u0085\\u009b31m")]
    [InlineData("user\u202eexe.txt\u2066", "user\\u202eexe.txt\\u2066")]
    [InlineData("zero\u200bwidth\ufeff\u00ad", "zero\\u200bwidth\\ufeff\\u00ad")]
    [InlineData("tag\U000e0041", "tag\\u0e0041")]
    [InlineData("line\u2028separator", "line\\u2028separator")]
    [InlineData("日本語 é ✓", "日本語 é ✓")]
    public void What_could_move_a_terminal_or_hide_becomes_visible(string text, string expected)
    {
        Assert.Equal(expected, Show(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Bytes_that_are_no_text_become_visible()
    {
        Assert.Equal("a\\xff\\xc3\\x28".Replace("\\x28", "(", StringComparison.Ordinal), Show([(byte)'a', 0xFF, 0xC3, 0x28]));
        Assert.Equal("\\xe2\\x82", Show([0xE2, 0x82]));
    }

    [Fact]
    public void Wide_characters_take_two_columns_and_marks_none()
    {
        var line = new LineText(hasColors: true);
        line.Begin(LiveColor.Person);
        line.AppendText(Encoding.UTF8.GetBytes("日本e\u0301"));
        line.End();

        Assert.Equal(5, line.Columns);
    }

    [Fact]
    public void No_bytes_whatever_bring_a_control_byte_out()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (int round = 0; round < Seeded.Times(20_000); round++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            string shown = Show(bytes);

            Assert.False(shown.EnumerateRunes().Any(rune => CharacterWidth.IsUnsafe(rune) || rune == Rune.ReplacementChar),
                $"seed {Seed}, round {round}: {Convert.ToHexString(bytes)}");
        }
    }

    [Fact]
    public void A_line_without_end_is_cut_with_a_mark_and_ends_in_the_terminals_colour()
    {
        var line = new LineText(hasColors: true);
        line.Begin(LiveColor.Refused);
        for (int count = 0; count < 100; count++)
            line.AppendText(new byte[10_000]);
        line.End();
        line.Finish();

        Assert.True(line.Bytes.Length <= LineText.BytesMax);
        Assert.True(line.Bytes.EndsWith(" ...\e[0m\e[0m"u8));
    }

    static string Show(ReadOnlySpan<byte> bytes)
    {
        var line = new LineText(hasColors: false);
        line.AppendText(bytes);
        return Encoding.UTF8.GetString(line.Bytes);
    }
}
