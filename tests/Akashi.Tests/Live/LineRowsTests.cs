using System.Text;
using System.Text.RegularExpressions;
using Akashi.Live;
using Akashi.Output;
using Akashi.Testing;

namespace Akashi.Tests.Live;

/// <summary>A line as rows of a terminal.</summary>
public sealed class LineRowsTests
{
    [Fact]
    public void A_line_breaks_between_words() =>
        Assert.Equal("one two three four five\nsix seven", Rows("one two three four five six seven", columns: 25, indent: 0));

    [Fact]
    public void A_word_that_fits_exactly_stays_in_its_row() =>
        Assert.Equal("0123456789 0123456789", Rows("0123456789 0123456789", columns: 21, indent: 0));

    [Fact]
    public void Rows_behind_the_first_are_indented_where_there_is_room() =>
        Assert.Equal($"{new string('a', 40)}\n   bbb", Rows($"{new string('a', 40)} bbb", columns: 42, indent: 3));

    [Fact]
    public void A_word_longer_than_the_row_breaks_between_characters_of_two_columns() =>
        Assert.Equal("日本語日本\n語日本", Rows("日本語日本語日本", columns: 11, indent: 0));

    [Fact]
    public void What_goes_beyond_the_last_row_is_counted()
    {
        string shown = Rows(string.Join(' ', Enumerable.Repeat("0123456789", 100)), columns: 80, indent: 10, rowsMax: 3);

        string[] rows = shown.Split('\n');
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.True(row.Length <= 80, row));
        Match mark = Regex.Match(rows[2], @"0123456789… \(\+(\d+) bytes\)$");
        Assert.True(mark.Success, rows[2]);
        int words = Regex.Count(shown, "0123456789");
        Assert.Equal((100 - words) * 11, int.Parse(mark.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void No_row_is_wider_than_the_terminal_and_nothing_but_blanks_is_lost() => Seeded.Repeat(300, random =>
    {
        const string Letters = "abcdefg   日é\t";
        var text = new LineText(hasColors: true);
        for (int count = random.Next(30); count > 0; count--)
        {
            text.Begin((LiveColor)random.Next(1, 9));
            text.AppendText(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Letters[random.Next(Letters.Length)])));
            text.End();
        }

        int columns = random.Next(20, 100);
        string line = Encoding.UTF8.GetString(text.Bytes);
        string shown = Rows(line, columns, random.Next(12));

        foreach (string row in Plain(shown).Split('\n'))
            Assert.True(row.EnumerateRunes().Sum(CharacterWidth.Of) <= columns, row);
        Assert.Equal(Regex.Replace(line, " +", ""), Regex.Replace(shown, "[ \n]+", ""));
    });

    static string Plain(string text) => Regex.Replace(text, "\e\\[[0-9;]*m", "");

    static string Rows(string line, int columns, int indent, int rowsMax = int.MaxValue)
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
            LineRows.Write(Encoding.UTF8.GetBytes(line), columns, indent, rowsMax, output);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
