using System.Text;

namespace Akashi.Recordings;

/// <summary>Records what is typed, but for what the terminal doesn't show: passwords.</summary>
/// <remarks>
/// What is typed while the terminal itself echoes is recorded at once. What is typed into a line that isn't echoed (<see cref="InputEcho.Hidden"/>) never is. In raw
/// mode a key waits until the screen has answered it, 300 ms at most, and is withheld where it hasn't. States that are half drawn say nothing: the screen is
/// judged when 20 ms passed without output, when a key's 300 ms are over, and, for characters, where a line ends.
/// <list type="bullet">
/// <item>A character is recorded where it stands on the screen at the place the cursor had when it was typed, and the cursor right behind it: an echo. Of several that were
/// typed at once all must stand there in their order, up to the cursor. No other change answers a character: programs that ask for passwords draw what they like.</item>
/// <item>A key that is no character is recorded once anything changes; one that erases isn't while characters before it are withheld.</item>
/// </list>
/// Keys keep their order: one that waits holds up those after it. One event tells of any number of keys that are withheld in a row. Not for several threads.
/// </remarks>
public sealed class InputRedaction
{
    /// <summary>How long the screen has to answer a key.</summary>
    public const long WaitMicroseconds = 300_000;

    /// <summary>How long no output must come until what's on the screen counts as drawn.</summary>
    public const long QuietMicroseconds = 20_000;

    const int KeysMax = 16 * 1024;

    readonly RecordingWriter _writer;
    readonly Screen _screen;
    readonly Screen _before;
    readonly List<TypedKey> _keys = [];
    int _waitingCount;
    bool _isWithholding;
    long _shownMicroseconds;
    long _shownCount;
    bool _isJudged = true;

    /// <summary>Makes one for a session that begins.</summary>
    /// <param name="writer">Gets what is recorded.</param>
    /// <param name="columnCount">The terminal's columns.</param>
    /// <param name="rowCount">The terminal's rows.</param>
    public InputRedaction(RecordingWriter writer, int columnCount, int rowCount)
    {
        _writer = writer;
        _screen = new Screen(columnCount, rowCount);
        _before = new Screen(columnCount, rowCount);
    }

    /// <summary>When <see cref="Expire"/> has something to do, in microseconds of the recording; null for not at all.</summary>
    public long? DueMicroseconds
    {
        get
        {
            if (_waitingCount == 0)
                return null;
            long limit = _keys[FirstWaiting(0)].Microseconds + WaitMicroseconds;
            return _isJudged ? limit : Math.Min(limit, _shownMicroseconds + QuietMicroseconds);
        }
    }

    /// <summary>Takes what was typed.</summary>
    /// <param name="microseconds">Since the beginning.</param>
    /// <param name="bytes">It.</param>
    /// <param name="echo">What the terminal showed of it when it got it.</param>
    public void Take(long microseconds, ReadOnlySpan<byte> bytes, InputEcho echo)
    {
        Expire(microseconds);
        if (echo == InputEcho.Raw && _keys.Count < KeysMax)
        {
            if (_waitingCount == 0)
                _before.CopyFrom(_screen);
            AddKeys(microseconds, bytes);
            return;
        }

        bool isShown = echo == InputEcho.Shown;
        _keys.Add(new TypedKey(isShown ? bytes.ToArray() : [], false, null, microseconds)
        {
            State = isShown ? TypedKeyState.Recorded : TypedKeyState.Withheld,
            EndsLine = bytes[^1] is (byte)'\n' or (byte)'\r',
        });
        Drain(microseconds);
    }

    /// <summary>Looks at what the terminal is sent, before it's recorded.</summary>
    public void Show(long microseconds, ReadOnlySpan<byte> bytes)
    {
        Expire(microseconds);
        _shownCount++;
        _shownMicroseconds = microseconds;
        _isJudged = _waitingCount == 0;

        // A line that ends may leave its place at once, or the screen: what it shows is looked at before.
        for (int feed = bytes.IndexOf((byte)'\n'); feed >= 0 && _waitingCount > 0; feed = bytes.IndexOf((byte)'\n'))
        {
            int end = feed;
            while (end > 0 && bytes[end - 1] == '\r')
                end--;
            _screen.Write(bytes[..end]);
            TakeEcho();
            _screen.Write(bytes[end..(feed + 1)]);
            bytes = bytes[(feed + 1)..];
        }

        _screen.Write(bytes);
        Drain(microseconds);
    }

    /// <summary>Another size.</summary>
    public void Resize(int columnCount, int rowCount)
    {
        _screen.Resize(columnCount, rowCount);
        _before.CopyFrom(_screen);
        foreach (TypedKey key in _keys)
            key.Place = null;
    }

    /// <summary>Judges a screen that is drawn, and withholds what has waited long enough.</summary>
    public void Expire(long microseconds)
    {
        if (DueMicroseconds is not { } due || due > microseconds)
            return;
        Judge();
        for (int index = 0; index < _keys.Count && _keys[index].Microseconds + WaitMicroseconds <= microseconds; index++)
            Settle(_keys[index], TypedKeyState.Withheld);
        Drain(microseconds);
    }

    /// <summary>Judges the last of the screen and withholds what waits: the session has ended.</summary>
    public void End(long microseconds)
    {
        if (_waitingCount > 0)
            Judge();
        foreach (TypedKey key in _keys)
            Settle(key, TypedKeyState.Withheld);
        Drain(microseconds);
    }

    void AddKeys(long microseconds, ReadOnlySpan<byte> bytes)
    {
        // A character that was cut off comes together again.
        if (_keys.Count > 0 && _keys[^1] is { State: TypedKeyState.Waiting } cut && TypedKeys.IsCut(cut.Bytes))
        {
            _keys.RemoveAt(_keys.Count - 1);
            _waitingCount--;
            bytes = (byte[])[.. cut.Bytes, .. bytes];
        }

        while (!bytes.IsEmpty)
        {
            int length = TypedKeys.Next(bytes, out bool isCharacter, out Rune? rune);
            bool isNext = _keys.Count > 0 && _keys[^1] is { State: TypedKeyState.Waiting, IsCharacter: true } last && last.ShownCount == _shownCount;
            _keys.Add(new TypedKey(bytes[..length].ToArray(), isCharacter, rune, microseconds)
            {
                ShownCount = _shownCount,
                Place = isNext ? null : _screen.NextPlace,
            });
            _waitingCount++;
            bytes = bytes[length..];
        }
    }

    void Judge()
    {
        _isJudged = true;
        TakeEcho();
        if (!ScreenChange.IsBetween(_before, _screen))
            return;
        foreach (TypedKey key in _keys)
        {
            if (!key.IsCharacter && key.ShownCount < _shownCount)
                Settle(key, TypedKeyState.Recorded);
        }

        _before.CopyFrom(_screen);
    }

    // Characters that stand between where the cursor was and where it is; the cursor stands behind one run only.
    void TakeEcho()
    {
        for (int index = FirstWaiting(0); index >= 0; index = FirstWaiting(index + 1))
        {
            if (!_keys[index].IsCharacter || _keys[index].Place is not { } place)
                continue;
            int end = RunEnd(index), shown = end;
            while (shown > index && !IsShown(index, shown, place))
                shown--;
            if (shown == index)
                continue;
            for (int at = index; at < shown; at++)
                Settle(_keys[at], TypedKeyState.Recorded);
            if (shown < _keys.Count && _keys[shown] is { State: TypedKeyState.Waiting, IsCharacter: true } next)
                next.Place = _screen.NextPlace;
            return;
        }
    }

    // Backwards from the cursor, for lines that wrapped may have scrolled: to the column the cursor had, and its row or one above.
    bool IsShown(int start, int end, (int Row, int Column) place)
    {
        bool isWrapPending = _screen.NextPlace.Column == 0 && _screen.CursorColumn == _screen.ColumnCount - 1;
        int row = _screen.CursorRow, column = isWrapPending ? _screen.ColumnCount : _screen.CursorColumn;
        bool isBeforeWide = false;
        for (int index = end - 1; index >= start; index--)
        {
            if (_keys[index].Rune is not { } rune || TerminalWidth.Of(rune.Value) is not (> 0 and var columns))
                return false;
            if (column == 0)
            {
                if (--row < 0)
                    return false;
                Cell edge = _screen[row][^1];
                column = _screen.ColumnCount - (isBeforeWide && edge is { Text: 0, Columns: 1 } ? 1 : 0);
            }

            column -= columns;
            if (column < 0 || _screen[row][column].Text != (uint)rune.Value)
                return false;
            isBeforeWide = columns == 2;
        }

        return column == place.Column && (row == place.Row || (row < place.Row && _screen.CursorRow == _screen.RowCount - 1));
    }

    void Settle(TypedKey key, TypedKeyState state)
    {
        if (key.State != TypedKeyState.Waiting)
            return;
        key.State = state;
        _waitingCount--;
    }

    int FirstWaiting(int start)
    {
        for (int index = start; index < _keys.Count; index++)
        {
            if (_keys[index].State == TypedKeyState.Waiting)
                return index;
        }

        return -1;
    }

    // The end of a run of characters that wait, as far as they were typed before the last output.
    int RunEnd(int start)
    {
        int end = start;
        while (end < _keys.Count && _keys[end] is { State: TypedKeyState.Waiting, IsCharacter: true } key && key.ShownCount < _shownCount)
            end++;
        return end;
    }

    // Writes what is settled at the front, in the order it was typed.
    void Drain(long microseconds)
    {
        int count = 0;
        var recorded = new List<byte>();
        for (; count < _keys.Count && _keys[count].State != TypedKeyState.Waiting; count++)
        {
            TypedKey key = _keys[count];
            if (key.State == TypedKeyState.Recorded && !(_isWithholding && TypedKeys.Erases(key.Bytes)))
            {
                recorded.AddRange(key.Bytes);
                _isWithholding = false;
                continue;
            }

            WriteTyped(microseconds, recorded);
            if (!_isWithholding)
                _writer.WriteText(microseconds, RecordingEventKind.Withheld, "");
            _isWithholding = !key.EndsLine;
        }

        WriteTyped(microseconds, recorded);
        _keys.RemoveRange(0, count);
    }

    void WriteTyped(long microseconds, List<byte> recorded)
    {
        if (recorded.Count > 0)
            _writer.Write(microseconds, RecordingEventKind.Input, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(recorded));
        recorded.Clear();
    }
}
