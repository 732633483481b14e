using System.Globalization;
using System.Text;
using Akashi.Output;

namespace Akashi.Live;

/// <summary>Writes one line as rows of a terminal: broken between words, and cut after so many rows with a mark that says how much is left out.</summary>
/// <remarks>The line is UTF-8 as <see cref="LineText"/> makes it: printable, but for colour sequences, which take no column.</remarks>
public static class LineRows
{
    // Room for "… (+65536 bytes)".
    const int MarkColumns = 17;

    /// <summary>Writes the rows, without the last line feed.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="indent">Blanks before each row but the first; none where the terminal is too narrow for them.</param>
    /// <param name="rowsMax">Rows at most.</param>
    /// <param name="output">Where they go.</param>
    public static void Write(ReadOnlySpan<byte> line, int columns, int indent, int rowsMax, Utf8Output output)
    {
        int margin = columns >= indent + (2 * MarkColumns) ? indent : 0;
        for (int row = 1; ; row++)
        {
            int room = Math.Max(columns - (row == 1 ? 0 : margin), 1);
            int end = EndOfRow(line, room);
            bool isCut = row == rowsMax && end < line.Length;
            if (isCut)
                end = EndOfRow(line, Math.Max(room - MarkColumns, 1));
            output.Write(line[..end].TrimEnd((byte)' '));
            line = line[end..];
            if (isCut)
                WriteMark(line, output);
            if (isCut || line.IsEmpty)
                return;
            line = line.TrimStart((byte)' ');
            output.Write("\n"u8);
            for (int blank = 0; blank < margin; blank++)
                output.Write((byte)' ');
        }
    }

    // Behind the last word that fits; within a word that is longer than half of the row.
    static int EndOfRow(ReadOnlySpan<byte> line, int room)
    {
        int column = 0;
        int wordEnd = 0;
        int wordEndColumn = 0;
        int index = 0;
        while (index < line.Length)
        {
            int width = WidthAt(line[index..], out int length);
            if (column + width > room && !(line[index] == ' ' && column == room))
                return wordEndColumn * 2 >= room || (wordEnd > 0 && line[..wordEnd].TrimEnd((byte)' ').Length == 0) ? wordEnd : Math.Max(index, length);
            if (line[index] == ' ' && column > 0)
                (wordEnd, wordEndColumn) = (index, column);
            if (column == room && line[index] == ' ')
                return index;
            column += width;
            index += length;
        }

        return line.Length;
    }

    static int WidthAt(ReadOnlySpan<byte> text, out int length)
    {
        if (text[0] == 0x1B)
        {
            int end = text.IndexOf((byte)'m');
            length = end < 0 ? text.Length : end + 1;
            return 0;
        }

        Rune.DecodeFromUtf8(text, out Rune rune, out length);
        return CharacterWidth.Of(rune);
    }

    static void WriteMark(ReadOnlySpan<byte> rest, Utf8Output output)
    {
        int bytes = 0;
        bool hasColors = false;
        while (!rest.IsEmpty)
        {
            bool isColor = rest[0] == 0x1B;
            WidthAt(rest, out int length);
            bytes += isColor ? 0 : length;
            hasColors |= isColor;
            rest = rest[length..];
        }

        if (hasColors)
            output.Write("\e[0m"u8);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"… (+{bytes} bytes)"));
    }
}
