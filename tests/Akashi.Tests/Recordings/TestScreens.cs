using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

/// <summary>testdata/screens.tar.gz: bytes sent to a terminal, and what xterm.js showed; eng/screens makes it.</summary>
static class TestScreens
{
    public const int Columns = 80;
    public const int Rows = 24;

    static readonly Lazy<Dictionary<string, byte[]>> s_files = new(() => TestArchive.Read("screens.tar.gz"));

    /// <summary>The names of the streams.</summary>
    public static IEnumerable<string> Names =>
        s_files.Value.Keys.Where(name => name.EndsWith(".bytes", StringComparison.Ordinal)).Select(name => name[..^6]);

    public static byte[] Bytes(string name) => s_files.Value[name + ".bytes"];

    /// <summary>After how many bytes, and the screen as it's written down.</summary>
    public static IEnumerable<(int Offset, string Dump)> Screens(string name)
    {
        string all = Encoding.UTF8.GetString(s_files.Value[name + ".screens"]);
        Match[] heads = [.. (IEnumerable<Match>)Regex.Matches(all, "^@ ([0-9]+) [0-9]+ [0-9]+ [ua]\n", RegexOptions.Multiline)];
        for (int index = 0; index < heads.Length; index++)
        {
            int end = index + 1 < heads.Length ? heads[index + 1].Index : all.Length;
            yield return (int.Parse(heads[index].Groups[1].ValueSpan, CultureInfo.InvariantCulture), all[heads[index].Index..end]);
        }
    }

    /// <summary>Writes a screen down as the archive has it.</summary>
    public static string Dump(Screen screen, int offset)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"@ {offset} {screen.CursorColumn} {screen.CursorRow} {(screen.IsAlternate ? 'a' : 'u')}\n");
        for (int row = 0; row < screen.RowCount; row++)
            text.Append(screen.RowText(row)).Append('\t').AppendJoin(' ', Runs(screen[row].ToArray())).Append('\n');
        return text.ToString();
    }

    static IEnumerable<string> Runs(Cell[] cells)
    {
        int start = 0;
        for (int column = 1; column <= cells.Length; column++)
        {
            if (column < cells.Length && cells[column].Style == cells[start].Style)
                continue;
            if (cells[start].Style is var style && style != default)
                yield return $"{start}-{column}:{Color(style.Foreground)},{Color(style.Background)},{(int)style.Look}";
            start = column;
        }
    }

    static string Color(CellColor color) =>
        color.IsDefault ? "-" : color.IsIndexed ? $"{color.Bits & 0xFF}" : $"#{color.Bits & 0xFFFFFF:x6}";
}
