using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Searching;

/// <summary>Says on the terminal behind standard error how far a long search is: after a second, twice a second, on one line that is cleared in the end.</summary>
/// <remarks>Only where standard error is a terminal, and no results run through its line: they go elsewhere, or are counts that come in the end.</remarks>
sealed class SearchProgress : IDisposable
{
    const double BytesPerMegabyte = 1_000_000;

    static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);

    readonly Stream _terminal;
    readonly SearchInput _input;
    readonly TimeProvider _clock;
    readonly long _began;
    readonly object _gate = new();
    readonly ITimer _timer;
    bool _isShown;
    bool _isOver;

    SearchProgress(Stream terminal, SearchInput input, TimeProvider clock)
    {
        _terminal = terminal;
        _input = input;
        _clock = clock;
        _began = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Show(), null, s_first, s_period);
    }

    /// <summary>Starts it; null where nobody would see it.</summary>
    public static SearchProgress? Start(Invocation invocation, SearchInput input, bool printsAtEnd = false) =>
        invocation.ErrorTerminal is { } terminal && (printsAtEnd || !invocation.OutputIsTerminal) ? new SearchProgress(terminal, input, invocation.Host.Clock) : null;

    /// <summary>Ends it, and clears its line.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_isShown && !_isOver)
                Write("\r\e[K");
            _isOver = true;
        }
    }

    /// <summary>The line: percent, rate, time left.</summary>
    internal static string Describe(long readBytes, long lengthBytes, TimeSpan elapsed)
    {
        double rate = readBytes / Math.Max(elapsed.TotalSeconds, 0.001);
        string text = string.Create(CultureInfo.InvariantCulture, $"{readBytes / BytesPerMegabyte:0} MB read, {rate / BytesPerMegabyte:0} MB/s");
        if (lengthBytes == 0 || rate == 0)
            return text;
        long percent = Math.Min(readBytes * 100 / lengthBytes, 99);
        var left = TimeSpan.FromSeconds(Math.Max(lengthBytes - readBytes, 0) / rate);
        return string.Create(CultureInfo.InvariantCulture, $"{percent} %, {text}, {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }

    void Show()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isShown = true;
            Write("\r" + Describe(_input.Reader.BytesRead, _input.LengthBytes, _clock.GetElapsedTime(_began)) + "\e[K");
        }
    }

    void Write(string text)
    {
        try
        {
            _terminal.Write(Encoding.ASCII.GetBytes(text));
            _terminal.Flush();
        }
        catch (IOException)
        {
            // Nobody looks any more.
            _isOver = true;
        }
    }
}
