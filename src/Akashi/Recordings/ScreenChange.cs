namespace Akashi.Recordings;

/// <summary>What differs between two states of a screen.</summary>
/// <param name="IsThere">Whether anything does: a cell, or where the cursor stands.</param>
/// <param name="IsNear">Whether the cursor moved, its line changed, or two others did: more than a clock in a corner.</param>
/// <param name="OnlyBeforeCursor">Whether nothing changed but cells between where the cursor was and is, on one line.</param>
readonly record struct ScreenChange(bool IsThere, bool IsNear, bool OnlyBeforeCursor)
{
    /// <summary>Compares.</summary>
    /// <param name="before">The earlier state.</param>
    /// <param name="now">The later one.</param>
    /// <param name="comparesColors">Whether a cell that only looks different differs.</param>
    public static ScreenChange Between(Screen before, Screen now, bool comparesColors)
    {
        if (before.RowCount != now.RowCount || before.ColumnCount != now.ColumnCount)
            return new(true, true, false);
        bool cursorMoved = before.NextPlace != now.NextPlace || before.IsAlternate != now.IsAlternate;
        int others = 0;
        bool isOwnChanged = false, isOnlyBefore = before.CursorRow == now.CursorRow && now.CursorColumn > before.CursorColumn;
        for (int row = 0; row < now.RowCount; row++)
        {
            if (!Differs(before, now, row, 0, now.ColumnCount, comparesColors))
                continue;
            if (row == now.CursorRow || row == before.CursorRow)
                isOwnChanged = true;
            else
                others++;
        }

        isOnlyBefore = isOnlyBefore && others == 0
            && !Differs(before, now, now.CursorRow, 0, before.CursorColumn, comparesColors)
            && !Differs(before, now, now.CursorRow, now.CursorColumn, now.ColumnCount, comparesColors);
        return new(cursorMoved || isOwnChanged || others > 0, cursorMoved || isOwnChanged || others > 1, isOnlyBefore);
    }

    /// <summary>Whether some cells of a row differ.</summary>
    public static bool Differs(Screen before, Screen now, int row, int start, int end, bool comparesColors)
    {
        end = Math.Min(end, Math.Max(before.UsedColumns(row), now.UsedColumns(row)));
        if (start >= end)
            return false;
        ReadOnlySpan<Cell> old = before[row][start..end], current = now[row][start..end];
        for (int index = 0; index < old.Length; index++)
        {
            if (Character(old[index]) != Character(current[index]) || (comparesColors && old[index].Style != current[index].Style))
                return true;
        }

        return false;
    }

    // A blank that was written looks like one that wasn't.
    static uint Character(Cell cell) => cell.Text == 0 ? ' ' : cell.Text;
}
