namespace Akashi.Recordings;

// What controls, escape and control sequences do.
public sealed partial class Screen
{
    void Execute(int code)
    {
        _precedingColumns = 0;
        switch (code)
        {
            case 0x08:
                Restrict();
                _column = Math.Max(0, _column - 1);
                break;
            case 0x09:
                TabForward(1);
                break;
            case 0x0A or 0x0B or 0x0C:
                FeedLine();
                break;
            case 0x0D:
                _column = 0;
                break;
            case 0x0E:
                _charsets = _charsets with { Level = 1 };
                break;
            case 0x0F:
                _charsets = _charsets with { Level = 0 };
                break;
            case 0x84:
                Index();
                break;
            case 0x85:
                _column = 0;
                Index();
                break;
            case 0x88:
                SetTab();
                break;
        }
    }

    void DispatchEscape(int code)
    {
        _precedingColumns = 0;
        switch ((_intermediates, code))
        {
            case (0, '7'):
                SaveCursor();
                break;
            case (0, '8'):
                RestoreCursor();
                break;
            case (0, 'D'):
                Index();
                break;
            case (0, 'E'):
                _column = 0;
                Index();
                break;
            case (0, 'H'):
                SetTab();
                break;
            case (0, 'M'):
                ReverseIndex();
                break;
            case (0, 'c'):
                Reset();
                break;
            case (0, 'n' or '}'):
                _charsets = _charsets with { Level = 2 };
                break;
            case (0, 'o' or '|'):
                _charsets = _charsets with { Level = 3 };
                break;
            case (0, '~'):
                _charsets = _charsets with { Level = 1 };
                break;
            case ('#', '8'):
                DrawAlignment();
                break;
            case ('%', '@' or 'G'):
                _charsets = default;
                break;
            case ( >= '(' and <= '+', _):
                _charsets = _charsets.Designate(_intermediates - '(', (byte)code);
                break;
        }
    }

    void DispatchControl(int code)
    {
        if (_prefix == 0 && _intermediates == 0)
            DispatchPlainControl(code);
        else if (_prefix == '?' && _intermediates == 0)
            DispatchPrivateControl(code);
        else if (_prefix == 0 && _intermediates == '!' && code == 'p')
            SoftReset();
        else if (_prefix == 0 && _intermediates == '\'' && code is '}' or '~')
            ShiftColumns(code == '}', CursorColumn);
        else if (_prefix == 0 && _intermediates == ' ' && code is '@' or 'A')
            ShiftColumns(code == 'A', 0);
        _precedingColumns = 0;
    }

    void DispatchPlainControl(int code)
    {
        switch (code)
        {
            case '@': Restrict(); _page.Rows[_row].Insert(_column, Count(), EraseStyle); break;
            case 'A': MoveUp(Count()); break;
            case 'B': MoveDown(Count()); break;
            case 'C' or 'a': Move(Count()); break;
            case 'D': Move(-Count()); break;
            case 'E': MoveDown(Count()); _column = 0; break;
            case 'F': MoveUp(Count()); _column = 0; break;
            case 'G' or '`': _column = Math.Min(Count() - 1, ColumnCount - 1); Restrict(); break;
            case 'H' or 'f': Place(Count(1) - 1, Count() - 1); break;
            case 'I': TabForward(Count()); break;
            case 'J': EraseDisplay(Parameter(0)); break;
            case 'K': EraseLine(Parameter(0)); break;
            case 'L': InsertLines(Count()); break;
            case 'M': DeleteLines(Count()); break;
            case 'P': Restrict(); TellRowWithin(_column, _column + Math.Min(Count(), ColumnCount)); _page.Rows[_row].Delete(_column, Count(), EraseStyle); break;
            case 'S': ScrollUp(_page.Top, Count()); break;
            case 'T': ScrollDown(_page.Top, Count()); break;
            case 'X': Restrict(); TellRowWithin(_column, _column + Math.Min(Count(), ColumnCount)); _page.Rows[_row].Erase(_column, _column + Math.Min(Count(), ColumnCount), EraseStyle); break;
            case 'Z': TabBackward(Count()); break;
            case 'b': Repeat(Count()); break;
            case 'd': Place(_column, Count() - 1); break;
            case 'e': Restrict(); MoveRow(_row + Math.Min(Count(), RowCount)); break;
            case 'g': ClearTabs(Parameter(0)); break;
            case 'h': SetModes(true); break;
            case 'l': SetModes(false); break;
            case 'm': SelectRendition(); break;
            case 'r': SetRegion(); break;
            case 's': SaveCursor(); break;
            case 'u': RestoreCursor(); break;
        }
    }

    void DispatchPrivateControl(int code)
    {
        switch (code)
        {
            case 'J': EraseDisplay(Parameter(0)); break;
            case 'K': EraseLine(Parameter(0)); break;
            case 'h': SetPrivateModes(true); break;
            case 'l': SetPrivateModes(false); break;
        }
    }

    void SetModes(bool isSet)
    {
        for (int index = 0; index < _parameterCount; index++)
        {
            if (_parameters[index] == 4)
                _isInserting = isSet;
            else if (_parameters[index] == 20)
                _isNewLine = isSet;
        }
    }

    void SetPrivateModes(bool isSet)
    {
        for (int index = 0; index < _parameterCount; index++)
            SetPrivateMode(_parameters[index], isSet);
    }

    void SetPrivateMode(int mode, bool isSet)
    {
        switch (mode)
        {
            case 2 when isSet:
                _charsets = default(ScreenCharsets) with { Level = _charsets.Level };
                break;
            case 6:
                _isOrigin = isSet;
                Place(0, 0);
                break;
            case 7:
                _isWrapping = isSet;
                break;
            case 25:
                ShowsCursor = isSet;
                break;
            case 47 or 1047:
                ShowPage(isSet);
                break;
            case 1048 when isSet:
                SaveCursor();
                break;
            case 1048:
                RestoreCursor();
                break;
            case 1049 when isSet:
                SaveCursor();
                ShowPage(true);
                break;
            case 1049:
                ShowPage(false);
                RestoreCursor();
                break;
        }
    }

    // The alternate page is empty whenever it's entered; the usual one is as it was left.
    void ShowPage(bool isAlternate)
    {
        if (isAlternate == IsAlternate)
            return;
        TellLines();
        ScrolledLines?.SwitchPage(this);
        if (isAlternate)
        {
            _primaryRow = _row;
            _alternate.Clear(EraseStyle);
        }

        _page = isAlternate ? _alternate : _primary;
        _page.HasMovedRows = true;
    }

    void SoftReset()
    {
        ShowsCursor = true;
        (_page.Top, _page.Bottom, _page.Saved) = (0, RowCount - 1, default);
        (_style, _charsets) = (default, default);
        (_isOrigin, _isWrapping, _isInserting) = (false, true, false);
    }

    void Reset()
    {
        TellLines();
        if (IsAlternate)
            ScrolledLines?.SwitchPage(this);
        _page = _primary;
        SoftReset();
        _isNewLine = false;
        foreach (ScreenPage page in (ReadOnlySpan<ScreenPage>)[_primary, _alternate])
        {
            page.Clear(default);
            page.Saved = default;
        }

        _page.HasMovedRows = true;
        (_column, _row) = (0, 0);
    }

    void DrawAlignment()
    {
        TellRows(0, RowCount - 1);
        (_page.Top, _page.Bottom, _isOrigin) = (0, RowCount - 1, false);
        foreach (ScreenRow row in _page.Rows)
        {
            row.Touch(ColumnCount);
            row.IsWrapped = false;
            row.Cells.AsSpan().Fill(new Cell('E', default, 1));
        }

        (_column, _row) = (0, 0);
    }
}
