namespace Akashi.Recordings;

// Cursor, tabs, erasing, lines.
public sealed partial class Screen
{
    // Whatever places the cursor ends a pending wrap.
    void Restrict()
    {
        _column = Math.Clamp(_column, 0, ColumnCount - 1);
        _row = _isOrigin ? Math.Clamp(_row, _page.Top, _page.Bottom) : Math.Clamp(_row, 0, RowCount - 1);
    }

    void Place(int column, int row)
    {
        _column = Math.Min(column, ColumnCount - 1);
        _row = Math.Min(row, RowCount - 1) + (_isOrigin ? _page.Top : 0);
        Restrict();
    }

    void Move(int columns)
    {
        Restrict();
        _column = Math.Clamp(_column + Math.Clamp(columns, -SizeMax, SizeMax), 0, ColumnCount - 1);
    }

    void MoveRow(int row)
    {
        _row = row;
        Restrict();
    }

    // Up stops at the region's top unless the cursor is above it already; down likewise.
    void MoveUp(int count)
    {
        int least = _row >= _page.Top ? _page.Top : 0;
        Restrict();
        MoveRow(Math.Max(least, _row - Math.Min(count, RowCount)));
    }

    void MoveDown(int count)
    {
        int most = _row <= _page.Bottom ? _page.Bottom : RowCount - 1;
        Restrict();
        MoveRow(Math.Min(most, _row + Math.Min(count, RowCount)));
    }

    void FeedLine()
    {
        if (_isNewLine)
            _column = 0;
        if (_row == _page.Bottom)
        {
            Scroll();
        }
        else if (_row < RowCount - 1)
        {
            _row++;
            _page.Rows[_row].IsWrapped = false;
        }

        if (_column >= ColumnCount)
            _column = ColumnCount - 1;
    }

    void Index()
    {
        Restrict();
        if (_row == _page.Bottom)
            Scroll();
        else if (_row < RowCount - 1)
            _row++;
    }

    void ReverseIndex()
    {
        Restrict();
        if (_row == _page.Top)
            ScrollDown(_page.Top, 1);
        else
            MoveRow(_row - 1);
    }

    void TabForward(int count)
    {
        if (_column >= ColumnCount)
            return;
        for (count = Math.Min(count, ColumnCount); count > 0; count--)
        {
            do
                _column++;
            while (_column < ColumnCount - 1 && !_page.TabStops[_column]);
            _column = Math.Min(_column, ColumnCount - 1);
        }
    }

    void TabBackward(int count)
    {
        if (_column >= ColumnCount)
            return;
        for (count = Math.Min(count, ColumnCount); count > 0 && _column > 0; count--)
        {
            do
                _column--;
            while (_column > 0 && !_page.TabStops[_column]);
        }
    }

    void SetTab()
    {
        if (_column < ColumnCount)
            _page.TabStops[_column] = true;
    }

    void ClearTabs(int which)
    {
        if (which == 3)
            Array.Clear(_page.TabStops);
        else if (which == 0 && _column < ColumnCount)
            _page.TabStops[_column] = false;
    }

    void SaveCursor() => _page.Saved = new SavedCursor(_column, _row, _style, _charsets);

    void RestoreCursor()
    {
        (_column, _row, _style, _charsets) = (_page.Saved.Column, _page.Saved.Row, _page.Saved.Style, _page.Saved.Charsets);
        Restrict();
    }

    void EraseDisplay(int which)
    {
        RestrictPending();
        int first = which == 0 ? _row + 1 : 0;
        int end = which == 1 ? _row : RowCount;
        if (which > 2)
            return;
        TellRows(first, end - 1);
        if (which < 2)
            EraseLine(which);
        if (which == 1)
            _page.Rows[_row].IsWrapped = false;
        for (int index = first; index < end; index++)
            _page.Rows[index].Clear(EraseStyle);
    }

    void EraseLine(int which)
    {
        RestrictPending();
        ScreenRow row = _page.Rows[_row];
        switch (which)
        {
            case 0:
                TellRowWithin(_column, ColumnCount);
                row.Erase(_column, ColumnCount, EraseStyle);
                row.IsWrapped &= _column > 0;
                break;
            case 1:
                TellRowWithin(0, _column + 1);
                row.Erase(0, _column + 1, EraseStyle);
                break;
            case 2:
                TellRows(_row, _row);
                row.Clear(EraseStyle);
                break;
        }
    }

    // As Restrict, but a pending wrap stays.
    void RestrictPending()
    {
        int column = _column;
        Restrict();
        _column = Math.Min(column, ColumnCount);
    }

    void InsertLines(int count)
    {
        Restrict();
        if (_row < _page.Top || _row > _page.Bottom)
            return;
        ScrollDown(_row, count);
        _column = 0;
    }

    void DeleteLines(int count)
    {
        Restrict();
        if (_row < _page.Top || _row > _page.Bottom)
            return;
        ScrollUp(_row, count);
        _column = 0;
    }

    // To the end of the region; what goes is told.
    void ScrollUp(int top, int count)
    {
        TellRows(top, Math.Min(_page.Bottom, top + Math.Min(count, RowCount) - 1));
        _page.ScrollUp(top, _page.Bottom, count, EraseStyle);
    }

    void ScrollDown(int top, int count)
    {
        TellRows(Math.Max(top, _page.Bottom - Math.Min(count, RowCount) + 1), _page.Bottom);
        _page.ScrollDown(top, _page.Bottom, count, EraseStyle);
    }

    void ShiftColumns(bool isInsertion, int column)
    {
        if (_row < _page.Top || _row > _page.Bottom || column >= ColumnCount)
            return;
        for (int index = _page.Top; index <= _page.Bottom; index++)
        {
            if (isInsertion)
                _page.Rows[index].Insert(column, Count(), EraseStyle);
            else
                _page.Rows[index].Delete(column, Count(), EraseStyle);
            _page.Rows[index].IsWrapped = false;
        }
    }

    void SetRegion()
    {
        int top = Count() - 1;
        int bottom = Parameter(1) == 0 || Parameter(1) > RowCount ? RowCount - 1 : Parameter(1) - 1;
        if (bottom <= top)
            return;
        (_page.Top, _page.Bottom) = (top, bottom);
        Place(0, 0);
    }

    // The character before the cursor again; nothing where anything but a character came before. A screenful at most.
    void Repeat(int count)
    {
        int index = _column - _precedingColumns;
        if (_precedingColumns == 0 || index < 0)
            return;
        Cell cell = _page.Rows[_row].Cells[index];
        if (cell.Text == 0)
            return;
        int columns = _precedingColumns;
        for (count = Math.Min(count, ColumnCount * RowCount); count > 0; count--)
        {
            if (!TryMakeRoom(columns))
                return;
            Put(cell.Text, columns);
        }
    }
}
