namespace Akashi.Recordings;

// SGR: colours and look of what is written next.
public sealed partial class Screen
{
    void SelectRendition()
    {
        for (int index = 0; index < _parameterCount; index++)
        {
            if (IsSubparameter(index))
                continue;
            int code = _parameters[index];
            if (code is 38 or 48 or 58)
                index += SelectColor(index, code);
            else if (code == 4 && IsSubparameter(index + 1))
                SetLook(CellLook.Underline, Parameter(index + 1) != 0);
            else
                SelectRendition(code);
        }
    }

    void SelectRendition(int code)
    {
        switch (code)
        {
            case 0: _style = default; break;
            case 1: SetLook(CellLook.Bold, true); break;
            case 2: SetLook(CellLook.Dim, true); break;
            case 3: SetLook(CellLook.Italic, true); break;
            case 4 or 21: SetLook(CellLook.Underline, true); break;
            case 5 or 6: SetLook(CellLook.Blink, true); break;
            case 7: SetLook(CellLook.Inverse, true); break;
            case 8: SetLook(CellLook.Invisible, true); break;
            case 9: SetLook(CellLook.Strikethrough, true); break;
            case 22: SetLook(CellLook.Bold | CellLook.Dim, false); break;
            case 23: SetLook(CellLook.Italic, false); break;
            case 24: SetLook(CellLook.Underline, false); break;
            case 25: SetLook(CellLook.Blink, false); break;
            case 27: SetLook(CellLook.Inverse, false); break;
            case 28: SetLook(CellLook.Invisible, false); break;
            case 29: SetLook(CellLook.Strikethrough, false); break;
            case >= 30 and <= 37: _style = _style with { Foreground = CellColor.Indexed(code - 30) }; break;
            case 39: _style = _style with { Foreground = default }; break;
            case >= 40 and <= 47: _style = _style with { Background = CellColor.Indexed(code - 40) }; break;
            case 49: _style = _style with { Background = default }; break;
            case 53: SetLook(CellLook.Overline, true); break;
            case 55: SetLook(CellLook.Overline, false); break;
            case >= 90 and <= 97: _style = _style with { Foreground = CellColor.Indexed(code - 90 + 8) }; break;
            case >= 100 and <= 107: _style = _style with { Background = CellColor.Indexed(code - 100 + 8) }; break;
        }
    }

    void SetLook(CellLook look, bool isSet) => _style = _style with { Look = isSet ? _style.Look | look : _style.Look & ~look };

    // 38;5;N and 38;2;R;G;B, or with colons 38:5:N, 38:2::R:G:B and 38:2:R:G:B. Returns how many parameters it took beside the first.
    int SelectColor(int index, int code)
    {
        int subCount = 0;
        while (IsSubparameter(index + 1 + subCount))
            subCount++;
        if (subCount > 0)
        {
            int first = index + (subCount >= 5 ? 3 : 2);
            if (Parameter(index + 1) == 5 && subCount >= 2)
                SetColor(code, CellColor.Indexed(Parameter(index + 2)));
            else if (Parameter(index + 1) == 2 && subCount >= 4)
                SetColor(code, CellColor.Rgb(Parameter(first), Parameter(first + 1), Parameter(first + 2)));
            return subCount;
        }

        switch (Parameter(index + 1))
        {
            case 5:
                SetColor(code, CellColor.Indexed(Parameter(index + 2)));
                return 2;
            case 2:
                SetColor(code, CellColor.Rgb(Parameter(index + 2), Parameter(index + 3), Parameter(index + 4)));
                return 4;
            default:
                return 1;
        }
    }

    void SetColor(int code, CellColor color)
    {
        if (code == 38)
            _style = _style with { Foreground = color };
        else if (code == 48)
            _style = _style with { Background = color };
    }
}
