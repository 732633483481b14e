namespace Akashi.Recordings;

/// <summary>A line of a screen. Beyond <see cref="Used"/> every cell is <see cref="Cell.Blank"/>: clearing costs what was written, not the width.</summary>
sealed class ScreenRow
{
    public ScreenRow(int columnCount)
    {
        Cells = new Cell[columnCount];
        Cells.AsSpan().Fill(Cell.Blank);
    }

    public Cell[] Cells { get; private set; }

    public int Used { get; private set; }

    /// <summary>Whether the line before goes on here.</summary>
    public bool IsWrapped { get; set; }

    /// <summary>Whether it changed since somebody last looked.</summary>
    public bool IsDirty { get; set; } = true;

    /// <summary>Whether it was told to those who keep what leaves the screen, and wasn't written since.</summary>
    public bool IsTold { get; set; }

    /// <summary>Whether nothing but blanks stands in it.</summary>
    public bool IsBlank
    {
        get
        {
            foreach (Cell cell in Cells.AsSpan(0, Used))
            {
                if (cell.Text is not (0 or ' '))
                    return false;
            }

            return true;
        }
    }

    /// <summary>When it was first found written; null where it wasn't.</summary>
    public long? Stamp { get; set; }

    /// <summary>Says that cells before an index are about to be written.</summary>
    public void Touch(int end)
    {
        IsDirty = true;
        if (IsTold)
            (IsTold, Stamp) = (false, null);
        if (end > Used)
            Used = end;
    }

    public void Set(int index, Cell cell)
    {
        Touch(index + 1);
        Cells[index] = cell;
    }

    public void Clear(CellStyle style)
    {
        IsDirty = true;
        (IsWrapped, IsTold) = (false, false);
        Stamp = null;
        if (style == default)
        {
            Cells.AsSpan(0, Used).Fill(Cell.Blank);
            Used = 0;
            return;
        }

        Cells.AsSpan().Fill(new Cell(0, style, 1));
        Used = Cells.Length;
    }

    /// <summary>Blanks a range; a wide character that loses a half goes whole.</summary>
    public void Erase(int start, int end, CellStyle style)
    {
        if (start >= Cells.Length)
            return;
        end = Math.Min(end, Cells.Length);
        var blank = new Cell(0, style, 1);
        if (start > 0 && Cells[start - 1].Columns == 2)
            Set(start - 1, blank);
        if (end < Cells.Length && end > 0 && Cells[end - 1].Columns == 2)
            Set(end, blank);
        IsDirty = true;
        if (style == default)
        {
            end = Math.Min(end, Used);
            if (start < end)
                Cells.AsSpan(start, end - start).Fill(blank);
            if (end == Used && start < Used)
                Used = start;
            return;
        }

        Touch(end);
        Cells.AsSpan(start, end - start).Fill(blank);
    }

    public void Insert(int index, int count, CellStyle style)
    {
        var blank = new Cell(0, style, 1);
        count = Math.Min(count, Cells.Length - index);
        if (index > 0 && Cells[index - 1].Columns == 2)
            Set(index - 1, blank);
        Touch(Cells.Length);
        Span<Cell> cells = Cells;
        cells[index..^count].CopyTo(cells[(index + count)..]);
        cells.Slice(index, count).Fill(blank);
        if (cells[^1].Columns == 2)
            cells[^1] = blank;
    }

    public void Delete(int index, int count, CellStyle style)
    {
        var blank = new Cell(0, style, 1);
        count = Math.Min(count, Cells.Length - index);
        Touch(Cells.Length);
        Span<Cell> cells = Cells;
        cells[(index + count)..].CopyTo(cells[index..]);
        cells[^count..].Fill(blank);
        if (index > 0 && cells[index - 1].Columns == 2)
            cells[index - 1] = blank;
        if (cells[index].Columns == 0)
            cells[index] = blank;
    }

    public void Resize(int columnCount)
    {
        Cell[] cells = new Cell[columnCount];
        cells.AsSpan().Fill(Cell.Blank);
        int kept = Math.Min(Used, columnCount);
        Cells.AsSpan(0, kept).CopyTo(cells);
        if (kept > 0 && kept == columnCount && cells[^1].Columns == 2)
            cells[^1] = Cell.Blank;
        (Cells, Used, IsDirty) = (cells, kept, true);
    }

    public void CopyFrom(ScreenRow other)
    {
        if (Used > other.Used)
            Cells.AsSpan(other.Used, Used - other.Used).Fill(Cell.Blank);
        other.Cells.AsSpan(0, other.Used).CopyTo(Cells);
        (Used, IsWrapped, IsDirty, IsTold, Stamp) = (other.Used, other.IsWrapped, true, false, other.Stamp);
    }
}
