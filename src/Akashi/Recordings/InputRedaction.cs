using System.Text;

namespace Akashi.Recordings;

/// <summary>Records what is typed, but for what the terminal doesn't show: passwords.</summary>
/// <remarks>
/// What is typed while the terminal itself echoes is recorded at once. What is typed into a line that isn't echoed (<see cref="InputEcho.Hidden"/>) never is. In raw
/// mode a key waits until the screen has answered it, 300 ms at most, and is withheld where it hasn't:
/// <list type="bullet">
/// <item>a character that stands on the screen where the cursor was, or a run of them just before the cursor, is recorded;</item>
/// <item>a key that is no character is recorded once anything changes, unless a character before it still waits and another key came after; characters
/// before it that haven't shown by then are withheld;</item>
/// <item>a character that isn't shown (a command of an editor) is recorded where it was typed last, and more changed than one line elsewhere; not
/// where all that came is the same other character once or more: stars for a password.</item>
/// </list>
/// Keys keep their order: one that waits holds up those after it. One event tells of any number of keys that are withheld in a row. Not for several threads.
/// </remarks>
public sealed class InputRedaction
{
    /// <summary>How long the screen has to answer a key.</summary>
    public const long WaitMicroseconds = 300_000;

    const int KeysMax = 16 * 1024;

    readonly RecordingWriter _writer;
    readonly Screen _screen;
    readonly Screen _before;
    readonly List<TypedKey> _keys = [];
    int _waitingCount;
    bool _isWithholding;

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
    public long? DueMicroseconds => _waitingCount == 0 ? null : _keys[FirstWaiting(0)].Microseconds + WaitMicroseconds;

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
            while (!bytes.IsEmpty)
            {
                int length = TypedKeys.Next(bytes, out Rune? rune);
                _keys.Add(new TypedKey(bytes[..length].ToArray(), rune, microseconds));
                _waitingCount++;
                bytes = bytes[length..];
            }

            return;
        }

        bool isShown = echo == InputEcho.Shown;
        _keys.Add(new TypedKey(isShown ? bytes.ToArray() : [], null, microseconds)
        {
            State = isShown ? KeyState.Recorded : KeyState.Withheld,
            EndsLine = bytes[^1] is (byte)'\n' or (byte)'\r',
        });
        Drain(microseconds);
    }

    /// <summary>Looks at what the terminal is sent: before it's recorded, so that a key stands before its answer.</summary>
    public void Show(long microseconds, ReadOnlySpan<byte> bytes)
    {
        _screen.Write(bytes);
        if (_waitingCount == 0)
            return;
        Judge();
        Drain(microseconds);
    }

    /// <summary>Another size.</summary>
    public void Resize(int columnCount, int rowCount)
    {
        _screen.Resize(columnCount, rowCount);
        _before.CopyFrom(_screen);
    }

    /// <summary>Withholds what has waited long enough.</summary>
    public void Expire(long microseconds)
    {
        for (int index = 0; index < _keys.Count && _keys[index].Microseconds + WaitMicroseconds <= microseconds; index++)
            Settle(_keys[index], KeyState.Withheld);
        Drain(microseconds);
    }

    /// <summary>Withholds all that waits: the session has ended.</summary>
    public void End(long microseconds)
    {
        foreach (TypedKey key in _keys)
            Settle(key, KeyState.Withheld);
        Drain(microseconds);
    }

    void Judge()
    {
        bool isEchoed = TakeEcho();
        ScreenChange change = ScreenChange.Between(_before, _screen, comparesColors: !isEchoed);
        if (change.IsThere)
        {
            TakeLine();
            TakeControls();
            TakeLast(change);
        }

        _before.CopyFrom(_screen);
    }

    // Characters that stand where the cursor was: of each run, for the one before it may be of those that never show.
    bool TakeEcho()
    {
        for (int index = FirstWaiting(0); index >= 0; index = FirstWaiting(RunEnd(index)))
        {
            int first = index;
            for (int end = RunEnd(index); index < end && _keys[index].Rune is { } rune && IsShownNext(rune); index++)
            {
                Settle(_keys[index], KeyState.Recorded);
                _before.Write(_keys[index].Bytes);
            }

            if (index > first)
                return true;
        }

        return false;
    }

    bool IsShownNext(Rune rune)
    {
        (int row, int column) = _before.NextPlace;
        uint before = _before[row][column].Text, now = _screen[row][column].Text;
        if (now != (uint)rune.Value && !(rune.Value == ' ' && now == 0))
            return false;

        // A character that stood there already, or a blank, is shown once the cursor has passed it.
        return before != now || (_screen.CursorRow == row && _screen.NextPlace.Column > column);
    }

    // Keys that are no characters: those that no character waits before, and the last; what waits before that one would have shown by now.
    void TakeControls()
    {
        for (int index = 0; index < _keys.Count; index++)
        {
            if (_keys[index].State != KeyState.Waiting)
                continue;
            if (_keys[index].Rune is not null)
                break;
            Settle(_keys[index], KeyState.Recorded);
        }

        if (_keys[^1].State != KeyState.Waiting || _keys[^1].Rune is not null)
            return;
        Settle(_keys[^1], KeyState.Recorded);
        foreach (TypedKey key in _keys)
            Settle(key, KeyState.Withheld);
    }

    // Whole runs that stand just before the cursor: what a shell shows that read it late.
    void TakeLine()
    {
        for (int index = FirstWaiting(0); index >= 0; index = FirstWaiting(RunEnd(index)))
        {
            int end = RunEnd(index), row = _screen.CursorRow, column = _screen.CursorColumn;
            int start = column - (end - index);
            if (_keys[index].Rune is null || start < 0 || end - index < 2
                || !ScreenChange.Differs(_before, _screen, row, start, column, comparesColors: false))
                continue;
            bool isShown = true;
            for (int at = index; at < end && isShown; at++)
                isShown = _keys[at].Rune is { } rune && _screen[row][start + at - index].Text == (uint)rune.Value;
            for (int at = index; at < end && isShown; at++)
                Settle(_keys[at], KeyState.Recorded);
        }
    }

    void TakeLast(ScreenChange change)
    {
        TypedKey last = _keys[^1];
        if (last.State == KeyState.Waiting && last.Rune is not null && change.IsNear && !(change.OnlyBeforeCursor && IsOneCharacter()))
            Settle(last, KeyState.Recorded);
    }

    // Whether all that came before the cursor is one character, again and again.
    bool IsOneCharacter()
    {
        ReadOnlySpan<Cell> came = _screen[_screen.CursorRow][_before.CursorColumn.._screen.CursorColumn];
        foreach (Cell cell in came)
        {
            if (cell.Text != came[0].Text)
                return false;
        }

        return true;
    }

    void Settle(TypedKey key, KeyState state)
    {
        if (key.State != KeyState.Waiting)
            return;
        key.State = state;
        _waitingCount--;
    }

    int FirstWaiting(int start)
    {
        for (int index = start; index < _keys.Count; index++)
        {
            if (_keys[index].State == KeyState.Waiting)
                return index;
        }

        return -1;
    }

    // The end of a run of characters that wait; a key that is none is a run of its own.
    int RunEnd(int start)
    {
        int end = start + 1;
        while (end < _keys.Count && _keys[start].Rune is not null && _keys[end].Rune is not null && _keys[end].State == KeyState.Waiting)
            end++;
        return Math.Min(end, _keys.Count);
    }

    // Writes what is settled at the front, in the order it was typed.
    void Drain(long microseconds)
    {
        int count = 0;
        var recorded = new List<byte>();
        for (; count < _keys.Count && _keys[count].State != KeyState.Waiting; count++)
        {
            TypedKey key = _keys[count];
            if (key.State == KeyState.Recorded)
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

    enum KeyState
    {
        Waiting,
        Recorded,
        Withheld,
    }

    // Of a line that is hidden nothing is kept but that there was one.
    sealed class TypedKey(byte[] bytes, Rune? rune, long microseconds)
    {
        public byte[] Bytes => bytes;

        public Rune? Rune => rune;

        public long Microseconds => microseconds;

        public KeyState State { get; set; }

        public bool EndsLine { get; init; }
    }
}
