using System.Text;

namespace Akashi.Recordings;

/// <summary>What a terminal shows after the bytes that were sent to it: xterm's common language, as its control sequences document has it.</summary>
/// <remarks>
/// The parser is the state machine of the VT500 series (vt100.net/emu/dec_ansi_parser) over code points. Cursor, erase, insert and delete, scroll
/// regions, tabs, colours (8, 16, 256, 24 bits), the alternate page, wide and combining characters, line drawing, saved cursor, origin, wrap and insert
/// mode are drawn; titles, clipboard, device strings and questions (OSC, DCS, APC, PM, SOS, reports) are read over and never kept. Bytes that
/// aren't UTF-8 are drawn as U+FFFD. Where terminals differ (erasing while a wrap is pending), it does what xterm.js does, which the tests compare with.
/// Any split of the bytes draws the same. Writing allocates nothing but for a character with marks never seen before. Not for several threads.
/// </remarks>
public sealed partial class Screen
{
    /// <summary>Columns and rows at most; what a recording asks beyond is cut.</summary>
    public const int SizeMax = 1000;

    /// <summary>Columns at least: a wide character must fit.</summary>
    public const int ColumnsMin = 2;

    readonly ScreenPage _primary;
    readonly ScreenPage _alternate;
    readonly ClusterTable _clusters = new();
    ScreenPage _page;
    int _column;
    int _row;
    int _primaryRow;
    CellStyle _style;
    ScreenCharsets _charsets;
    bool _isOrigin;
    bool _isWrapping = true;
    bool _isInserting;
    bool _isNewLine;

    /// <summary>An empty screen.</summary>
    /// <param name="columnCount">2 to 1000, else the nearest.</param>
    /// <param name="rowCount">1 to 1000, else the nearest.</param>
    public Screen(int columnCount, int rowCount)
    {
        ColumnCount = Math.Clamp(columnCount, ColumnsMin, SizeMax);
        RowCount = Math.Clamp(rowCount, 1, SizeMax);
        _primary = new ScreenPage(ColumnCount, RowCount);
        _alternate = new ScreenPage(ColumnCount, RowCount);
        _page = _primary;
    }

    /// <summary>Columns.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>Rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>The cursor's column; that of the last one while a wrap is pending.</summary>
    public int CursorColumn => Math.Min(_column, ColumnCount - 1);

    /// <summary>The cursor's row.</summary>
    public int CursorRow => _row;

    /// <summary>Where the next character goes, as far as no line moves: the next row while a wrap is pending.</summary>
    internal (int Row, int Column) NextPlace => _column < ColumnCount ? (_row, _column) : (Math.Min(_row + 1, RowCount - 1), 0);

    /// <summary>Whether the cursor is to be seen.</summary>
    public bool ShowsCursor { get; private set; } = true;

    /// <summary>Whether the alternate page is shown: a program that fills the whole screen.</summary>
    public bool IsAlternate => _page == _alternate;

    /// <summary>Told of lines that leave the usual page: at its top, erased, deleted, cut by another size; null for nobody.</summary>
    public IScrolledLines? ScrolledLines { get; set; }

    /// <summary>The cells of a row; valid until the next write.</summary>
    public ReadOnlySpan<Cell> this[int row] => _page.Rows[row].Cells;

    /// <summary>Cells of a row that may be something else than blank.</summary>
    public int UsedColumns(int row) => _page.Rows[row].Used;

    /// <summary>Whether a row goes on where the row before ended.</summary>
    public bool IsWrapped(int row) => _page.Rows[row].IsWrapped;

    /// <summary>Whether a row changed since <see cref="ForgetChanges"/>; where lines moved, every row counts as changed.</summary>
    public bool IsChanged(int row) => _page.HasMovedRows || _page.Rows[row].IsDirty;

    /// <summary>Notes on the lines of the usual page that are written now and weren't before.</summary>
    /// <param name="stamp">What is noted: a time.</param>
    public void Stamp(long stamp)
    {
        foreach (ScreenRow row in _primary.Rows)
            row.Stamp = row.Used == 0 ? null : row.Stamp ?? stamp;
    }

    /// <summary>What <see cref="Stamp"/> noted on a row of the page that is shown; null for nothing.</summary>
    public long? StampOf(int row) => _page.Rows[row].Stamp;

    /// <summary>Counts everything as unchanged.</summary>
    public void ForgetChanges()
    {
        _page.HasMovedRows = false;
        foreach (ScreenRow row in _page.Rows)
            row.IsDirty = false;
    }

    /// <summary>Writes the characters of cells: a blank for nothing, nothing for the right half of a wide one.</summary>
    /// <param name="cells">Cells of this screen.</param>
    /// <param name="text">Receives them.</param>
    public void WriteText(ReadOnlySpan<Cell> cells, StringBuilder text)
    {
        foreach (Cell cell in cells)
        {
            if (cell.Columns == 0)
                continue;
            if (cell.Text == 0)
                text.Append(' ');
            else if ((cell.Text & Cell.ClusterBit) != 0)
                text.Append(_clusters[cell.Text & ~Cell.ClusterBit]);
            else
                AppendRune(text, (int)cell.Text);
        }
    }

    /// <summary>The text of a row without the blanks at its end.</summary>
    public string RowText(int row)
    {
        var text = new StringBuilder();
        WriteText(_page.Rows[row].Cells.AsSpan(0, _page.Rows[row].Used), text);
        return text.ToString().TrimEnd(' ');
    }

    /// <summary>Another size; nothing flows anew: programs draw again.</summary>
    public void Resize(int columnCount, int rowCount)
    {
        columnCount = Math.Clamp(columnCount, ColumnsMin, SizeMax);
        rowCount = Math.Clamp(rowCount, 1, SizeMax);
        int cursor = _row;
        if (!IsAlternate)
            _primaryRow = cursor;
        TellBeforeResize(columnCount, rowCount, _primaryRow);
        (ColumnCount, RowCount) = (columnCount, rowCount);
        _primaryRow = _primary.Resize(ColumnCount, RowCount, _primaryRow);
        int alternateRow = _alternate.Resize(ColumnCount, RowCount, IsAlternate ? cursor : RowCount - 1);
        _row = IsAlternate ? alternateRow : _primaryRow;
        _column = Math.Min(_column, ColumnCount - 1);
    }

    /// <summary>Becomes what another screen is, as far as it has been told; the other stays as it is.</summary>
    public void CopyFrom(Screen other)
    {
        if (other.ColumnCount != ColumnCount || other.RowCount != RowCount)
            Resize(other.ColumnCount, other.RowCount);
        _primary.CopyFrom(other._primary);
        _alternate.CopyFrom(other._alternate);
        _clusters.CopyFrom(other._clusters);
        _page = other.IsAlternate ? _alternate : _primary;
        _page.HasMovedRows = true;
        (_column, _row, _primaryRow, _style, _charsets) = (other._column, other._row, other._primaryRow, other._style, other._charsets);
        (_isOrigin, _isWrapping, _isInserting, _isNewLine) = (other._isOrigin, other._isWrapping, other._isInserting, other._isNewLine);
        ShowsCursor = other.ShowsCursor;
        CopyParser(other);
    }

    /// <summary>Cells that a copy keeps: what it costs, 16 bytes each.</summary>
    public int UsedCells()
    {
        int count = 0;
        for (int row = 0; row < RowCount; row++)
            count += _primary.Rows[row].Used + _alternate.Rows[row].Used;
        return count;
    }

    static void AppendRune(StringBuilder text, int codePoint)
    {
        if (codePoint < 0x10000)
        {
            text.Append((char)codePoint);
            return;
        }

        text.Append((char)(0xD800 + ((codePoint - 0x10000) >> 10))).Append((char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF)));
    }
}

/// <summary>Takes lines that leave a screen's usual page.</summary>
public interface IScrolledLines
{
    /// <summary>A line leaves.</summary>
    /// <param name="screen">Which one it leaves.</param>
    /// <param name="line">Its cells; valid during the call.</param>
    /// <param name="isWrapped">Whether the line before goes on in it.</param>
    /// <param name="stamp">The first <see cref="Screen.Stamp"/> that found it written; null before any.</param>
    void Leave(Screen screen, ReadOnlySpan<Cell> line, bool isWrapped, long? stamp);

    /// <summary>The line that left last is whole: the next one isn't its rest.</summary>
    void Break()
    {
    }

    /// <summary>The other page is about to be shown; the lines of the usual one were told.</summary>
    /// <param name="screen">Shows the old page still.</param>
    void SwitchPage(Screen screen)
    {
    }
}
