namespace Akashi.Recordings;

/// <summary>One of the two pages of a terminal, the usual and the alternate one: lines, scroll region, tab stops, saved cursor.</summary>
sealed class ScreenPage
{
    const int TabColumns = 8;

    public ScreenPage(int columnCount, int rowCount)
    {
        Rows = new ScreenRow[rowCount];
        for (int index = 0; index < rowCount; index++)
            Rows[index] = new ScreenRow(columnCount);
        TabStops = new bool[columnCount];
        Clear(default);
    }

    public ScreenRow[] Rows { get; private set; }

    /// <summary>First and last line of the scroll region.</summary>
    public int Top { get; set; }

    public int Bottom { get; set; }

    public bool[] TabStops { get; private set; }

    public SavedCursor Saved { get; set; }

    /// <summary>As new, but for the saved cursor: that outlives leaving the page.</summary>
    public void Clear(CellStyle style)
    {
        foreach (ScreenRow row in Rows)
            row.Clear(style);
        (Top, Bottom) = (0, Rows.Length - 1);
        ResetTabs(0);
    }

    /// <summary>Moves the lines of a range up, the first ones under it, cleared.</summary>
    public void ScrollUp(int top, int bottom, int count, CellStyle style)
    {
        int height = bottom - top + 1;
        count = Math.Min(count, height);
        if (count == 1)
        {
            // By far the commonest, a line feed: without the general rotation.
            ScreenRow first = Rows[top];
            Array.Copy(Rows, top + 1, Rows, top, height - 1);
            Rows[bottom] = first;
            first.Clear(style);
        }
        else
        {
            Rotate(top, height, count);
            for (int index = bottom - count + 1; index <= bottom; index++)
                Rows[index].Clear(style);
        }

        HasMovedRows = true;
    }

    /// <summary>Moves the lines of a range down, the last ones above it, cleared.</summary>
    public void ScrollDown(int top, int bottom, int count, CellStyle style)
    {
        int height = bottom - top + 1;
        count = Math.Min(count, height);
        Rotate(top, height, height - count);
        for (int index = top; index < top + count; index++)
            Rows[index].Clear(style);
        HasMovedRows = true;
    }

    /// <summary>Whether lines moved since somebody last looked.</summary>
    public bool HasMovedRows { get; set; } = true;

    /// <summary>Another size. Where lines go, those under the cursor go first; then those at the top.</summary>
    /// <returns>The cursor's line afterwards.</returns>
    public int Resize(int columnCount, int rowCount, int cursorRow)
    {
        int dropped = DroppedRows(Rows.Length, rowCount, cursorRow);
        ScreenRow[] rows = new ScreenRow[rowCount];
        for (int index = 0; index < rowCount; index++)
        {
            int from = index + dropped;
            rows[index] = from < Rows.Length ? Rows[from] : new ScreenRow(columnCount);
            if (rows[index].Cells.Length != columnCount)
                rows[index].Resize(columnCount);
        }

        int oldColumns = TabStops.Length;
        Rows = rows;
        bool[] stops = TabStops;
        Array.Resize(ref stops, columnCount);
        TabStops = stops;
        ResetTabs(oldColumns);
        (Top, Bottom, HasMovedRows) = (0, rowCount - 1, true);
        Saved = Saved with { Row = Math.Clamp(Saved.Row - dropped, 0, rowCount - 1) };
        return Math.Clamp(cursorRow - dropped, 0, rowCount - 1);
    }

    /// <summary>Lines that go at the top so that the cursor's stays.</summary>
    public static int DroppedRows(int oldCount, int newCount, int cursorRow) => Math.Max(0, Math.Min(cursorRow, oldCount - 1) - (newCount - 1));

    public void CopyFrom(ScreenPage other)
    {
        for (int index = 0; index < Rows.Length; index++)
            Rows[index].CopyFrom(other.Rows[index]);
        other.TabStops.CopyTo(TabStops, 0);
        (Top, Bottom, Saved, HasMovedRows) = (other.Top, other.Bottom, other.Saved, true);
    }

    void ResetTabs(int start)
    {
        for (int index = start; index < TabStops.Length; index++)
            TabStops[index] = index % TabColumns == 0;
    }

    // By three reversals: no room of its own.
    void Rotate(int start, int length, int count)
    {
        Span<ScreenRow> rows = Rows.AsSpan(start, length);
        rows[..count].Reverse();
        rows[count..].Reverse();
        rows.Reverse();
    }
}

/// <summary>What DECSC keeps.</summary>
readonly record struct SavedCursor(int Column, int Row, CellStyle Style, ScreenCharsets Charsets);

/// <summary>Which of G0 to G3 are line drawing, a bit each, and which is in use.</summary>
readonly record struct ScreenCharsets(byte LineDrawing, byte British, byte Level)
{
    public bool IsLineDrawing => ((LineDrawing >> Level) & 1) != 0;

    public bool IsBritish => ((British >> Level) & 1) != 0;

    public ScreenCharsets Designate(int level, byte final)
    {
        byte bit = (byte)(1 << level);
        return new(
            (byte)(final == '0' ? LineDrawing | bit : LineDrawing & ~bit), (byte)(final == 'A' ? British | bit : British & ~bit), Level);
    }
}
