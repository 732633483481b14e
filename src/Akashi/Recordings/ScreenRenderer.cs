using System.Globalization;
using System.Text;
using Akashi.Output;

namespace Akashi.Recordings;

/// <summary>Brings a terminal from what it shows to what a screen shows, by the differences.</summary>
/// <remarks>
/// Nothing of a recording reaches the terminal but cells: what is written are positions, colours and characters, and of those none that steers a terminal,
/// hides itself or turns the direction of text. Positions are told anew behind each character that isn't ASCII: terminals differ in their widths.
/// </remarks>
/// <param name="output">The terminal, unescaped.</param>
/// <param name="columnCount">Its columns: what is beyond isn't shown.</param>
/// <param name="rowCount">The rows that may be drawn on.</param>
public sealed class ScreenRenderer(Utf8Output output, int columnCount, int rowCount)
{
    readonly StringBuilder _text = new();
    string?[] _shown = new string?[rowCount];
    CellStyle _style;

    /// <summary>Counts the terminal's content as unknown: everything is drawn anew.</summary>
    public void Forget() => _shown = new string?[rowCount];

    /// <summary>Draws.</summary>
    public void Draw(Screen screen)
    {
        output.Write("\u001b[?25l"u8);
        for (int row = 0; row < rowCount; row++)
        {
            string line = row < screen.RowCount ? Line(screen, row) : "";
            if (_shown[row] == line)
                continue;
            _shown[row] = line;
            Write($"\u001b[{row + 1};1H\u001b[0m");
            output.Write(line);
        }

        if (screen.ShowsCursor && screen.CursorRow < rowCount && screen.CursorColumn < columnCount)
            Write($"\u001b[{screen.CursorRow + 1};{screen.CursorColumn + 1}H\u001b[?25h");
    }

    /// <summary>A line with its colours, as it's written to the terminal: from its first column, in usual colours.</summary>
    string Line(Screen screen, int row)
    {
        _text.Clear();
        _style = default;
        ReadOnlySpan<Cell> cells = screen[row][..Math.Min(screen.UsedColumns(row), columnCount)];
        for (int column = 0; column < cells.Length; column++)
        {
            Cell cell = cells[column];
            if (cell.Columns == 0 || column + cell.Columns > columnCount)
                continue;
            if (cell.Style != _style)
                SetStyle(cell.Style);
            int before = _text.Length;
            screen.WriteText(cells.Slice(column, 1), _text);
            MakeHarmless(before);
            if (_text.Length > before && _text[^1] > 0x7E && column + cell.Columns < columnCount)
                _text.Append(CultureInfo.InvariantCulture, $"\u001b[{row + 1};{column + cell.Columns + 1}H");
        }

        // In a full row the cursor stands on the last cell, which erasing would take.
        if (cells.Length < columnCount)
            _text.Append("\u001b[0m\u001b[K");
        return _text.ToString();
    }

    // What isn't seen goes, what would be a character is one that means nothing. Tags (U+E0000) are two halves.
    void MakeHarmless(int start)
    {
        for (int index = _text.Length - 1; index >= start; index--)
        {
            if (_text[index] is '\uDB40')
                _text.Remove(index, Math.Min(2, _text.Length - index));
            else if (IsHidden(_text[index]))
                _text.Remove(index, 1);
            else if (_text[index] is < ' ' or (>= '\u007F' and < '\u00A0') or '\u00AD' or '\u2028' or '\u2029' or >= '\uFFFE')
                _text[index] = '\uFFFD';
        }
    }

    static bool IsHidden(char letter) => letter is '\u061C' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
        or (>= '\u2060' and <= '\u206F') or '\uFEFF' or (>= '\uFFF0' and <= '\uFFFB');

    void SetStyle(CellStyle style)
    {
        _style = style;
        _text.Append("\u001b[0");
        ReadOnlySpan<int> codes = [1, 2, 3, 4, 5, 7, 8, 9, 53];
        for (int bit = 0; bit < codes.Length; bit++)
        {
            if (((int)style.Look >> bit & 1) != 0)
                _text.Append(CultureInfo.InvariantCulture, $";{codes[bit]}");
        }

        Append(38, style.Foreground);
        Append(48, style.Background);
        _text.Append('m');
    }

    void Append(int code, CellColor color)
    {
        if (color.IsIndexed)
            _text.Append(CultureInfo.InvariantCulture, $";{code};5;{color.Bits & 0xFF}");
        else if (!color.IsDefault)
            _text.Append(CultureInfo.InvariantCulture, $";{code};2;{color.Bits >> 16 & 0xFF};{color.Bits >> 8 & 0xFF};{color.Bits & 0xFF}");
    }

    void Write(FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture));
}
