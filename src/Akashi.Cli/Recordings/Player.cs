using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary>Plays a timeline on the terminal, obeying keys.</summary>
sealed class Player
{
    const long MicrosecondsPerSecond = 1_000_000;
    static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(200);

    // A file isn't waited for: who has only its descriptor may not watch its name. One fstat(2) costs a microsecond.
    static readonly TimeSpan s_lookAgainLive = TimeSpan.FromMilliseconds(10);

    readonly Invocation _invocation;
    readonly Timeline _timeline;
    readonly RawKeyboard _keyboard;
    readonly Utf8Output _output;
    readonly ReplayOptions _options;
    readonly ScreenRenderer _renderer;
    readonly int _rowCount;
    readonly int _columnCount;
    double _speed;
    bool _isPaused;
    volatile bool _isEnding;
    string? _search;
    TypedLine? _typing;
    string? _message;
    bool _showsKeys;
    bool _isLive;
    bool _isDrawn;

    public Player(Invocation invocation, Timeline timeline, RawKeyboard keyboard, Utf8Output output, ReplayOptions options)
    {
        (_invocation, _timeline, _keyboard, _output, _options) = (invocation, timeline, keyboard, output, options);
        if (!StandardStreams.TryGetSize(1, out int columns, out _rowCount))
            (columns, _rowCount) = (80, 24);
        _rowCount = Math.Max(2, _rowCount);
        _columnCount = columns;
        _renderer = new ScreenRenderer(output, columns, _rowCount - 1);
        _speed = options.Speed;
        _search = options.FindText;
        _isLive = options.IsLive;
        if (_isLive)
            timeline.Seek(long.MaxValue);
        else
            timeline.Measure();
        Screen screen = timeline.Screen;
        if (screen.ColumnCount > columns || screen.RowCount > _rowCount - 1)
            _message = Invariant($"recorded at {screen.ColumnCount}x{screen.RowCount}: upper left part shown");
    }

    /// <summary>Plays to the end or until it's asked to end. The terminal is as before afterwards.</summary>
    public void Play()
    {
        using IDisposable terminate = _invocation.Signals.On(Signal.Terminate, () => _isEnding = true);
        using IDisposable hangup = _invocation.Signals.On(Signal.Hangup, () => _isEnding = true);
        _output.Write("\u001b[?1049h\u001b[2J"u8);
        try
        {
            while (!_isEnding)
                Turn();
        }
        finally
        {
            _output.Write("\u001b[0m\u001b[?25h\u001b[?1049l"u8);
            _output.Flush();
        }
    }

    // Draws, waits for the next event or a key, and has what is due happen.
    void Turn()
    {
        if (_isLive)
        {
            TurnLive();
            return;
        }

        Draw();
        bool hasNext = _timeline.TryPeek(out long next);
        if (!hasNext && !_options.Follows && !_isPaused)
            _isPaused = true;
        TimeSpan wait = hasNext && !_isPaused ? WaitFor(next) : s_lookAgain;
        long began = _invocation.Host.Clock.GetTimestamp();
        Span<byte> keys = stackalloc byte[64];
        int count = wait <= TimeSpan.Zero ? _keyboard.Read(keys, TimeSpan.Zero) : _keyboard.Read(keys, wait < s_lookAgain ? wait : s_lookAgain);
        if (count < 0)
        {
            _isEnding = true;
            return;
        }

        if (count > 0)
        {
            TakeKeys(keys[..count]);
            return;
        }

        if (_isPaused || !hasNext)
            return;
        _waited += _invocation.Host.Clock.GetElapsedTime(began);
        if (wait > s_lookAgain)
            return;
        _waited = TimeSpan.Zero;
        // What comes within a hundredth of a second is drawn at once.
        long until = next + (long)(10_000 * _speed);
        // However much that is: a key is answered soon.
        long stepping = _invocation.Host.Clock.GetTimestamp();
        while (_timeline.TryPeek(out long following) && following <= until && _invocation.Host.Clock.GetElapsedTime(stepping) < s_lookAgain)
            Step();
    }

    // All that is there happens at once, however long it took.
    void TurnLive()
    {
        long stepping = _invocation.Host.Clock.GetTimestamp();
        while (_timeline.TryPeek(out _) && _invocation.Host.Clock.GetElapsedTime(stepping) < s_lookAgain)
        {
            Step();
            _isDrawn = false;
            if (_timeline.Kind is RecordingEventKind.End)
                (_isLive, _isPaused, _message) = (false, true, "the session has ended");
        }

        if (!_isDrawn)
            Draw();
        _isDrawn = true;
        Span<byte> keys = stackalloc byte[64];
        int count = _keyboard.Read(keys, s_lookAgainLive);
        if (count < 0)
            _isEnding = true;
        if (count <= 0)
            return;
        _isDrawn = false;
        TakeKeys(keys[..count]);
    }

    TimeSpan _waited;

    // Says what isn't to be seen on the screen.
    void Step()
    {
        _timeline.Step();
        if (_timeline.Kind == RecordingEventKind.Gap)
            _message = Transcript.DescribeGap(_timeline.Bytes) ?? _message;
        else if (_timeline.Kind == RecordingEventKind.Closed)
            _message = Transcript.DescribeClosed(_timeline.Bytes);
        else if (_timeline.Kind == RecordingEventKind.Session)
            _message = Transcript.DescribeSession(_timeline.Session, _timeline.Bytes);
    }

    TimeSpan WaitFor(long next)
    {
        double seconds = Math.Max(0, next - _timeline.Microseconds) / (double)MicrosecondsPerSecond;
        if (_options.IdleSeconds is { } most)
            seconds = Math.Min(seconds, most);
        return TimeSpan.FromSeconds(Math.Min(seconds / _speed, 1e8)) - _waited;
    }

    // Keys typed fast come together: one by one, an escape sequence being one.
    void TakeKeys(ReadOnlySpan<byte> keys)
    {
        _waited = TimeSpan.Zero;
        while (!keys.IsEmpty)
        {
            int length = TerminalKeys.LengthOf(keys);
            if (_typing is null)
                TakeKey(keys[..length]);
            else if (_typing.Take(keys[..length]))
                EndTyping(_typing);
            keys = keys[length..];
        }
    }

    void TakeKey(ReadOnlySpan<byte> key)
    {
        _message = null;
        if (_showsKeys)
        {
            _showsKeys = false;
            _renderer.Forget();
            return;
        }

        switch (Encoding.Latin1.GetString(key))
        {
            case "q" or "\u0003" or "\u0004": _isEnding = true; break;
            case " ": (_isPaused, _isLive) = (!_isPaused, false); break;
            case ".": (_isPaused, _isLive) = (true, false); Step(); break;
            case "\u001b[C" or "\u001bOC": Go(_timeline.Microseconds + 5 * MicrosecondsPerSecond); break;
            case "\u001b[D" or "\u001bOD": Go(_timeline.Microseconds - 5 * MicrosecondsPerSecond); break;
            case "\u001b[6~": Go(_timeline.Microseconds + 60 * MicrosecondsPerSecond); break;
            case "\u001b[5~": Go(_timeline.Microseconds - 60 * MicrosecondsPerSecond); break;
            case "\u001b[A" or "\u001bOA" or "+": _speed = Math.Min(10_000, _speed * 1.5); break;
            case "\u001b[B" or "\u001bOB" or "-": _speed = Math.Max(0.01, _speed / 1.5); break;
            case "g" or "\u001b[H": Go(0); break;
            case "G" or "\u001b[F":
                Go(long.MaxValue);
                (_isLive, _isPaused) = (_options.IsLive, _isPaused && !_options.IsLive);
                break;
            case "/": _typing = new TypedLine(); break;
            case "n" when _search is not null: Find(_search); break;
            case "N" when _search is not null: FindBefore(_search); break;
            case "h" or "?": (_showsKeys, _isPaused, _isLive) = (true, true, false); break;
        }
    }

    void EndTyping(TypedLine line)
    {
        _typing = null;
        if (line.IsDone && line.Text.Length > 0)
            Find(line.Text);
    }

    // Behind the end it goes on from the beginning; a text that isn't there leaves everything as it was.
    void Find(string text)
    {
        _search = text;
        (_isPaused, _isLive) = (true, false);
        long from = _timeline.Microseconds;
        if (!_timeline.FindText(text, () => _isEnding) && !_isEnding)
        {
            _timeline.SeekBefore(0);
            bool isThere = _timeline.FindText(text, () => _isEnding);
            _message = isThere ? $"from the beginning again: {text}" : $"not found: {text}";
            if (!isThere)
                Go(from);
        }

        _renderer.Forget();
    }

    void FindBefore(string text)
    {
        (_isPaused, _isLive) = (true, false);
        long from = _timeline.Microseconds, found = -1;
        _timeline.SeekBefore(0);
        while (_timeline.FindText(text, () => _isEnding) && _timeline.Microseconds < from)
            found = _timeline.Microseconds;
        if (found < 0)
            _message = $"not found before: {text}";
        Go(found < 0 ? from : found);
        _renderer.Forget();
    }

    void Go(long microseconds)
    {
        _isLive = false;
        _timeline.Seek(microseconds);
    }

    void Draw()
    {
        if (_showsKeys)
            DrawKeys();
        else
            _renderer.Draw(_timeline.Screen);
        string line = _typing is not null ? "find: " + _typing.Text : Status();
        line = Cut(HiddenCharacters.Escape(line), _columnCount - 2);
        _output.Write(Invariant($"\u001b7\u001b[{_rowCount};1H\u001b[0;7m {line} \u001b[0m\u001b[K\u001b8"));
        _output.Flush();
    }

    string Status()
    {
        string state = _isLive ? "live" : !_isPaused ? "playing" : _timeline.TryPeek(out _) || _options.Follows ? "paused" : "end";
        string more = _message ?? Invariant($"speed {_speed:0.##}  space / n q, h: keys");
        return Invariant($"{state} {Time(_timeline.Microseconds)} / {Time(_timeline.KnownMicroseconds)}  {more}");
    }

    void DrawKeys()
    {
        ReadOnlySpan<string> lines =
        [
            "space               pause, go on", "left, right         5 seconds back, on", "page up, page down  a minute back, on", "up, down            faster, slower",
            "g, G                to the beginning, to the end", ".                   the next event", "/                   find a text (ABC is abc)",
            "n, N                where it comes next, where it came before", "q                   end", "", "any key             back to the recording",
        ];
        _output.Write("\u001b[0m\u001b[2J"u8);
        for (int row = 0; row < Math.Min(lines.Length, _rowCount - 1); row++)
            _output.Write(Invariant($"\u001b[{row + 1};1H{Cut(lines[row], _columnCount - 1)}"));
    }

    static string Time(long microseconds)
    {
        TimeSpan time = TimeSpan.FromMicroseconds(microseconds);
        return Invariant($"{(int)time.TotalHours}:{time:mm\\:ss\\.f}");
    }

    // The line must not wrap: its end goes.
    static string Cut(string text, int columns)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            columns -= TerminalWidth.Of(rune.Value);
            if (columns < 0)
                return text[..length];
            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
