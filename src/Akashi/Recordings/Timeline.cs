using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>A recording as a screen that can be had at any time.</summary>
/// <remarks>
/// Screens are kept every MB of output, 64 MB of them at most (then every second one goes, and they come half as often): seeking draws at most that
/// much anew. Where the end was never reached, seeking forward reads on from the last one kept.
/// </remarks>
/// <param name="reader">Its events.</param>
public sealed class Timeline(IRecordingReader reader) : IScrolledLines
{
    const long SpacingBytes = 1024 * 1024;
    const long KeptBytesMax = 64 * 1024 * 1024;

    readonly List<(RecordingPosition Position, long OutputBytes, int Session, Screen Screen)> _kept = [];
    long _spacingBytes = SpacingBytes;
    long _keptBytes;
    long _outputBytes;
    byte[] _bytes = [];
    int _length;
    RecordingEventKind _kind;
    bool _hasNext;
    long _nextMicroseconds;
    RecordingPosition _nextPosition;
    string? _wanted;
    bool _wasSeen;
    bool _wasThere;
    readonly StringBuilder _text = new();

    /// <summary>What the terminal shows now.</summary>
    public Screen Screen { get; } = new(reader.Header.ColumnCount, reader.Header.RowCount);

    /// <summary>The time that is shown.</summary>
    public long Microseconds { get; private set; }

    /// <summary>The latest time that was read of.</summary>
    public long KnownMicroseconds { get; private set; }

    /// <summary>The marks passed so far, in order of time.</summary>
    public SortedList<long, string> Markers { get; } = [];

    /// <summary>What happened last.</summary>
    public RecordingEventKind Kind { get; private set; }

    /// <summary>What is said of what happened last; valid until <see cref="TryPeek"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>What the recording says of itself.</summary>
    public RecordingHeader Header => reader.Header;

    /// <summary>Which session is shown, from 1: others may have been added to a file.</summary>
    public int Session { get; private set; } = 1;

    /// <summary>When the next thing happens.</summary>
    /// <returns>False at the end of what is there.</returns>
    public bool TryPeek(out long microseconds)
    {
        if (!_hasNext)
            Fetch();
        microseconds = _nextMicroseconds;
        return _hasNext;
    }

    /// <summary>Has the next thing happen.</summary>
    /// <returns>False at the end of what is there.</returns>
    public bool Step()
    {
        if (!TryPeek(out long microseconds))
            return false;
        Keep();
        _hasNext = false;
        (Microseconds, Kind) = (microseconds, _kind);
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, _length);
        switch (_kind)
        {
            case RecordingEventKind.Output:
                _outputBytes += bytes.Length;
                Screen.Write(bytes);
                Screen.Stamp(microseconds);
                break;
            case RecordingEventKind.Resize when TryParseSize(bytes, out int columns, out int rows):
                Screen.Resize(columns, rows);
                break;
            case RecordingEventKind.Session:
                Session++;
                BeginSession();
                break;
            case RecordingEventKind.Marker:
                Markers[microseconds] = Encoding.UTF8.GetString(bytes);
                break;
        }

        return true;
    }

    /// <summary>Shows a time: everything that happened until then, and nothing after.</summary>
    public void Seek(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        int index = _kept.FindLastIndex(kept => kept.Position.Microseconds <= microseconds);
        if (microseconds < Microseconds || (index >= 0 && _kept[index].OutputBytes > _outputBytes))
            Restore(index);
        while (TryPeek(out long next) && next <= microseconds)
            Step();
        Microseconds = TryPeek(out _) ? microseconds : Math.Min(microseconds, KnownMicroseconds);
    }

    /// <summary>Shows what was there before the first thing that happened at a time.</summary>
    public void SeekBefore(long microseconds)
    {
        Restore(_kept.FindLastIndex(kept => kept.Position.Microseconds < microseconds));
        while (TryPeek(out long next) && next < microseconds)
            Step();
    }

    /// <summary>Reads to the end of what is there, so that <see cref="KnownMicroseconds"/> is the whole length; draws nothing.</summary>
    public void Measure()
    {
        RecordingPosition position = reader.Position;
        while (reader.TryRead(out RecordingEvent next))
            KnownMicroseconds = Math.Max(KnownMicroseconds, next.Microseconds);
        reader.Seek(position);
    }

    /// <summary>Goes on to where a text is on the screen that wasn't before.</summary>
    /// <param name="text">A text within a line; small and capital letters are the same.</param>
    /// <param name="isEnding">Asked now and then whether to give up; null never to.</param>
    /// <returns>False where it isn't on the screen till the end; the end is shown then.</returns>
    public bool FindText(string text, Func<bool>? isEnding = null)
    {
        _wasThere = IsOnScreen(text, onlyChanged: false);
        _wanted = text;
        Screen.ScrolledLines = this;
        try
        {
            for (long steps = 0; Step(); steps++)
            {
                if (_kind != RecordingEventKind.Output)
                    continue;
                bool isThere = IsOnScreen(text, onlyChanged: !_wasThere);
                if (_wasSeen || (isThere && !_wasThere))
                    return true;
                _wasThere = isThere;
                if (steps % 1024 == 0 && isEnding?.Invoke() == true)
                    return false;
            }

            return false;
        }
        finally
        {
            (_wanted, _wasSeen, Screen.ScrolledLines) = (null, false, null);
        }
    }

    /// <inheritdoc/>
    void IScrolledLines.Leave(Screen screen, ReadOnlySpan<Cell> line, bool isWrapped, long? stamp) =>
        _wasSeen |= !_wasThere && Holds(line, _wanted!);

    bool IsOnScreen(string text, bool onlyChanged)
    {
        bool isThere = false;
        for (int row = 0; row < Screen.RowCount && !isThere; row++)
            isThere = (!onlyChanged || Screen.IsChanged(row)) && Holds(Screen[row][..Screen.UsedColumns(row)], text);
        Screen.ForgetChanges();
        return isThere;
    }

    bool Holds(ReadOnlySpan<Cell> line, string text)
    {
        _text.Clear();
        Screen.WriteText(line, _text);
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
        {
            if (chunk.Length == _text.Length)
                return chunk.Span.Contains(text, StringComparison.OrdinalIgnoreCase);
        }

        return _text.ToString().Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    void Fetch()
    {
        _nextPosition = reader.Position;
        if (!reader.TryRead(out RecordingEvent next))
            return;
        if (_bytes.Length < next.Bytes.Length)
            _bytes = new byte[Math.Max(next.Bytes.Length, 4096)];
        next.Bytes.CopyTo(_bytes);
        (_length, _kind, _hasNext, _nextMicroseconds) = (next.Bytes.Length, next.Kind, true, next.Microseconds);
        KnownMicroseconds = Math.Max(KnownMicroseconds, _nextMicroseconds);
    }

    // Before a step: the screen as it is belongs to the position of what comes next.
    void Keep()
    {
        long last = _kept.Count == 0 ? -_spacingBytes : _kept[^1].OutputBytes;
        if (_outputBytes - last < _spacingBytes)
            return;
        var copy = new Screen(Screen.ColumnCount, Screen.RowCount);
        copy.CopyFrom(Screen);
        _kept.Add((_nextPosition, _outputBytes, Session, copy));
        const int CellBytes = 16, Pages = 2;
        _keptBytes += (long)Screen.ColumnCount * Screen.RowCount * CellBytes * Pages;
        if (_keptBytes < KeptBytesMax)
            return;
        for (int index = _kept.Count - 1 - (_kept.Count - 1) % 2 - 1; index > 0; index -= 2)
            _kept.RemoveAt(index);
        _spacingBytes *= 2;
        _keptBytes /= 2;
    }

    void Restore(int index)
    {
        if (index < 0)
        {
            if (_kept.Count == 0)
                return;
            index = 0;
        }

        (RecordingPosition position, long outputBytes, int session, Screen screen) = _kept[index];
        Screen.CopyFrom(screen);
        reader.Seek(position);
        (_hasNext, _outputBytes, Session, Microseconds) = (false, outputBytes, session, position.Microseconds);
    }

    // Another terminal: nothing of what the last one showed or of its modes holds. CAN ends what was cut off, RIS begins anew.
    void BeginSession() => Screen.Write("\u0018\u001bc"u8);

    static bool TryParseSize(ReadOnlySpan<byte> text, out int columns, out int rows)
    {
        string[] parts = Encoding.ASCII.GetString(text).Split('x');
        rows = 0;
        columns = 0;
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out columns)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out rows);
    }
}
