using System.Text;

namespace Akashi.Recordings;

// Characters to cells.
public sealed partial class Screen
{
    // From ` to ~, as a VT100 has them (DEC Special Graphics).
    const string LineDrawing = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    void PrintAscii(ReadOnlySpan<byte> run)
    {
        if (_isInserting || !_isWrapping || _charsets != default)
        {
            foreach (byte code in run)
                Print(code);
            return;
        }

        CellStyle style = _style;
        while (!run.IsEmpty)
        {
            if (_column >= ColumnCount)
                Wrap();
            ScreenRow row = _page.Rows[_row];
            int count = Math.Min(run.Length, ColumnCount - _column);
            BreakWideBefore(row, style);
            row.Touch(_column + count);
            Span<Cell> cells = row.Cells.AsSpan(_column, count);
            for (int index = 0; index < cells.Length; index++)
                cells[index] = new Cell(run[index], style, 1);
            _column += count;
            BreakWideAfter(row, style);
            run = run[count..];
        }

        _precedingColumns = 1;
    }

    void Print(int code)
    {
        if (code < 0x7F && _charsets != default)
            code = Translate(code);
        int columns = TerminalWidth.Of(code);
        if (columns == 0)
        {
            AddMark(code);
            return;
        }

        _precedingColumns = columns;
        if (TryMakeRoom(columns))
            Put((uint)code, columns);
    }

    // Where the row is full: the next one, or, without wrapping, its last place again, in which a wide character doesn't fit.
    bool TryMakeRoom(int columns)
    {
        if (_column + columns <= ColumnCount)
            return true;
        if (_isWrapping)
        {
            BlankRest();
            Wrap();
            return true;
        }

        _column = ColumnCount - 1;
        return columns < 2;
    }

    void Put(uint text, int columns)
    {
        ScreenRow row = _page.Rows[_row];
        BreakWideBefore(row, _style);
        if (_isInserting)
            row.Insert(_column, Math.Min(columns, ColumnCount - _column), _style);
        row.Set(_column++, new Cell(text, _style, columns));
        if (columns == 2)
            row.Set(_column++, new Cell(0, _style, 0));
        BreakWideAfter(row, _style);
    }

    // A mark joins the character before the cursor, wherever that came from; without one there's nothing to stand on.
    void AddMark(int code)
    {
        if (_column == 0)
            return;
        ScreenRow row = _page.Rows[_row];
        int index = row.Cells[_column - 1].Columns == 0 && _column > 1 ? _column - 2 : _column - 1;
        Cell cell = row.Cells[index];
        if (cell.Text == 0)
            return;
        Span<char> text = stackalloc char[64];
        int length = CopyText(cell.Text, text);
        if (length > text.Length - 2)
            return;
        length += new Rune(code).EncodeToUtf16(text[length..]);
        if (_clusters.IsFull)
            CompactClusters();
        if (!_clusters.TryAdd(text[..length], out uint number))
            return;
        row.Set(index, new Cell(number | Cell.ClusterBit, cell.Style, cell.Columns));
    }

    int CopyText(uint text, Span<char> into)
    {
        if ((text & Cell.ClusterBit) == 0)
            return new Rune(text).EncodeToUtf16(into);
        string cluster = _clusters[text & ~Cell.ClusterBit];
        cluster.CopyTo(into);
        return cluster.Length;
    }

    // Keeps the clusters that some cell still has.
    void CompactClusters()
    {
        var old = new ClusterTable();
        old.CopyFrom(_clusters);
        _clusters.Clear();
        foreach (ScreenPage page in (ReadOnlySpan<ScreenPage>)[_primary, _alternate])
        {
            foreach (ScreenRow row in page.Rows)
            {
                foreach (ref Cell cell in row.Cells.AsSpan(0, row.Used))
                {
                    if ((cell.Text & Cell.ClusterBit) != 0 && _clusters.TryAdd(old[cell.Text & ~Cell.ClusterBit], out uint number))
                        cell = new Cell(number | Cell.ClusterBit, cell.Style, cell.Columns);
                }
            }
        }
    }

    int Translate(int code)
    {
        if (_charsets.IsLineDrawing && code >= '`')
            return LineDrawing[code - '`'];
        return _charsets.IsBritish && code == '#' ? 0xA3 : code;
    }

    void Wrap()
    {
        _column = 0;
        if (_row == _page.Bottom)
            Scroll();
        else if (_row < RowCount - 1)
            _row++;
        _page.Rows[_row].IsWrapped = true;
    }

    // A wide character didn't fit: the place it leaves is blank.
    void BlankRest()
    {
        ScreenRow row = _page.Rows[_row];
        for (int index = _column; index < ColumnCount; index++)
            row.Set(index, new Cell(0, _style, 1));
    }

    void BreakWideBefore(ScreenRow row, CellStyle style)
    {
        if (_column > 0 && row.Cells[_column - 1].Columns == 2)
            row.Set(_column - 1, new Cell(0, style, 1));
    }

    void BreakWideAfter(ScreenRow row, CellStyle style)
    {
        if (_column < ColumnCount && row.Cells[_column].Columns == 0)
            row.Set(_column, new Cell(0, style, 1));
    }

    void Scroll()
    {
        if (_page.Top > 0)
            TellRows(_page.Top, _page.Top);
        else if (ScrolledLines is { } watcher && _page == _primary)
            TellRow(watcher, _page.Rows[0]);
        _page.ScrollUp(_page.Top, _page.Bottom, 1, EraseStyle);
    }

    /// <summary>What is erased keeps the background, as the terminals with "bce" do.</summary>
    CellStyle EraseStyle => new(default, _style.Background, CellLook.None);
}
