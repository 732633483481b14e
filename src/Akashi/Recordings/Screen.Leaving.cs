namespace Akashi.Recordings;

// Lines of the usual page that leave it are told, each once and in the order they stand in.
public sealed partial class Screen
{
    /// <summary>Tells <see cref="ScrolledLines"/> the lines of the usual page that are written and weren't told.</summary>
    public void TellLines() => TellRows(_primary, 0, RowCount - 1);

    // Before lines of the page that is shown go. Those above them are told first: they came earlier, and stay where they are.
    void TellRows(int first, int last)
    {
        if (_page == _primary)
            TellRows(_primary, first, last);
    }

    void TellRows(ScreenPage page, int first, int last)
    {
        if (ScrolledLines is not { } watcher)
            return;
        while (last >= first && (page.Rows[last].IsTold || page.Rows[last].IsBlank))
            last--;
        if (last < first)
            return;
        for (int index = 0; index <= last; index++)
            TellRow(watcher, page.Rows[index]);
        watcher.Break();
    }

    void TellRow(IScrolledLines watcher, ScreenRow row)
    {
        if (!row.IsTold)
            watcher.Leave(this, row.Cells.AsSpan(0, row.Used), row.IsWrapped, row.Stamp);
        row.IsTold = true;
    }

    // Erasing a part of a line is editing; only what takes all that stands in it has it leave.
    void TellRowWithin(int start, int end)
    {
        ScreenRow row = _page.Rows[_row];
        if (ScrolledLines is null || end < row.Used)
            return;
        foreach (Cell cell in row.Cells.AsSpan(0, Math.Min(start, row.Used)))
        {
            if (cell.Text is not (0 or ' '))
                return;
        }

        TellRows(_row, _row);
    }

    // What a smaller size takes: lines at the top, those under the last one, and the ends of lines.
    void TellBeforeResize(int columnCount, int rowCount, int cursor)
    {
        if (ScrolledLines is null)
            return;
        ScreenRow[] rows = _primary.Rows;
        int dropped = ScreenPage.DroppedRows(rows.Length, rowCount, cursor);
        for (int index = rows.Length - 1; index >= 0; index--)
        {
            if (index >= dropped && index < dropped + rowCount && rows[index].Used <= columnCount)
                continue;
            TellRows(_primary, 0, index);
            return;
        }
    }
}
