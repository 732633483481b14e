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

    readonly Invocation _invocation;
    readonly Timeline _timeline;
    readonly RawKeyboard _keyboard;
    readonly Utf8Output _output;
    readonly ReplayOptions _options;
    readonly ScreenRenderer _renderer;
    readonly int _rowCount;
    double _speed;
    bool _isPaused;
    volatile bool _isEnding;
    string? _search;
    string? _typing;

    public Player(Invocation invocation, Timeline timeline, RawKeyboard keyboard, Utf8Output output, ReplayOptions options)
    {
        (_invocation, _timeline, _keyboard, _output, _options) = (invocation, timeline, keyboard, output, options);
        if (!StandardStreams.TryGetSize(1, out int columns, out _rowCount))
            (columns, _rowCount) = (80, 24);
        _rowCount = Math.Max(2, _rowCount);
        _renderer = new ScreenRenderer(output, columns, _rowCount - 1);
        _speed = options.Speed;
        _search = options.FindText;
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
            _timeline.Step();
    }

    TimeSpan _waited;

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
            else
                TakeTyping(keys[..length]);
            keys = keys[length..];
        }
    }

    void TakeKey(ReadOnlySpan<byte> key)
    {
        switch (Encoding.Latin1.GetString(key))
        {
            case "q" or "\u0003" or "\u0004": _isEnding = true; break;
            case " ": _isPaused = !_isPaused; break;
            case ".": _isPaused = true; _timeline.Step(); break;
            case "\u001b[C" or "\u001bOC": Go(_timeline.Microseconds + 5 * MicrosecondsPerSecond); break;
            case "\u001b[D" or "\u001bOD": Go(_timeline.Microseconds - 5 * MicrosecondsPerSecond); break;
            case "\u001b[6~": Go(_timeline.Microseconds + 60 * MicrosecondsPerSecond); break;
            case "\u001b[5~": Go(_timeline.Microseconds - 60 * MicrosecondsPerSecond); break;
            case "\u001b[A" or "\u001bOA" or "+": _speed = Math.Min(10_000, _speed * 1.5); break;
            case "\u001b[B" or "\u001bOB" or "-": _speed = Math.Max(0.01, _speed / 1.5); break;
            case "g" or "\u001b[H": Go(0); break;
            case "G" or "\u001b[F": Go(long.MaxValue); break;
            case "/": _typing = ""; break;
            case "n" when _search is not null: Find(_search); break;
        }
    }

    void TakeTyping(ReadOnlySpan<byte> key)
    {
        switch (key[0])
        {
            case (byte)'\r' or (byte)'\n':
                string text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_typing!));
                _typing = null;
                if (text.Length > 0)
                    Find(text);
                break;
            case 0x1B or 0x03:
                _typing = null;
                break;
            case 0x7F or 0x08:
                _typing = _typing![..Math.Max(0, _typing!.Length - 1)];
                break;
            case >= (byte)' ':
                _typing += (char)key[0];
                break;
        }
    }

    void Find(string text)
    {
        _search = text;
        _isPaused = true;
        _timeline.FindText(text, () => _isEnding);
        _renderer.Forget();
    }

    void Go(long microseconds) => _timeline.Seek(microseconds);

    void Draw()
    {
        _renderer.Draw(_timeline.Screen);
        TimeSpan time = TimeSpan.FromMicroseconds(_timeline.Microseconds);
        string line = _typing is not null
            ? "find: " + new string([.. _typing.Where(letter => letter is >= ' ' and <= '~')])
            : string.Create(CultureInfo.InvariantCulture, $"{(_isPaused ? "paused" : "playing")} {(int)time.TotalHours}:{time:mm\\:ss\\.f}  speed {_speed:0.##}  space / n q");
        _output.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b7\u001b[{_rowCount};1H\u001b[0;7m {line} \u001b[0m\u001b[K\u001b8"));
        _output.Flush();
    }
}
