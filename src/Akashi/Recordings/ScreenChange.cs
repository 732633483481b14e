namespace Akashi.Recordings;

/// <summary>Tells whether two states of a screen look the same.</summary>
static class ScreenChange
{
    /// <summary>Whether anything differs: a cell, its colours, or where the cursor stands.</summary>
    /// <param name="before">The earlier state.</param>
    /// <param name="now">The later one.</param>
    public static bool IsBetween(Screen before, Screen now)
    {
        if (before.RowCount != now.RowCount || before.ColumnCount != now.ColumnCount)
            return true;
        if (before.NextPlace != now.NextPlace || before.IsAlternate != now.IsAlternate)
            return true;
        for (int row = 0; row < now.RowCount; row++)
        {
            if (IsBetween(before, now, row))
                return true;
        }

        return false;
    }

    static bool IsBetween(Screen before, Screen now, int row)
    {
        int end = Math.Max(before.UsedColumns(row), now.UsedColumns(row));
        ReadOnlySpan<Cell> old = before[row][..end], current = now[row][..end];
        for (int index = 0; index < end; index++)
        {
            if (Character(old[index]) != Character(current[index]) || old[index].Style != current[index].Style)
                return true;
        }

        return false;
    }

    // A blank that was written looks like one that wasn't.
    static uint Character(Cell cell) => cell.Text == 0 ? ' ' : cell.Text;
}
