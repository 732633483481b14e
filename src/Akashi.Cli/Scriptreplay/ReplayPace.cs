using System.Diagnostics;
using Akashi.Linux.Terminals;

namespace Akashi.Cli.Scriptreplay;

/// <summary>Waits between pieces, while keys change the pace: space pauses, up and down change the speed, right goes on at once.</summary>
/// <remarks>The keys are those of util-linux 2.41; up is 10 % quicker, down 10 % slower, never below a tenth.</remarks>
sealed class ReplayPace(double divisor, double delaySecondsMax, bool hasKeys)
{
    const double Quicker = 1.1;
    const double Slower = 0.9;
    const double SpeedMin = 0.1;
    const double SecondsMin = 0.0001;
    const double MicrosecondsPerSecond = 1_000_000;

    double _divisor = divisor;
    bool _isPaused;
    readonly TerminalKeys _keys = new(0);
    bool _hasKeys = hasKeys;

    /// <summary>Waits for as long as a delay says.</summary>
    public void Wait(long microseconds)
    {
        double left = microseconds / MicrosecondsPerSecond;
        if (_divisor != 0)
            left /= _divisor;
        if (delaySecondsMax != 0 && left > delaySecondsMax)
            left = delaySecondsMax;
        if (left < SecondsMin)
            left = 0;
        while (left > 0 || _isPaused)
        {
            long began = Stopwatch.GetTimestamp();
            double before = _divisor;
            int timeout = _isPaused ? -1 : (int)Math.Min(Math.Ceiling(left * 1000), int.MaxValue);
            TerminalKey key = _hasKeys ? _keys.Wait(timeout) : Sleep(left);
            if (!_isPaused)
                left -= Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (key == TerminalKey.Right)
                return;
            Take(key);
            left *= before / _divisor;
        }
    }

    void Take(TerminalKey key)
    {
        if (key == TerminalKey.Space)
            _isPaused = !_isPaused;
        else if (key == TerminalKey.Up)
            _divisor *= Quicker;
        else if (key == TerminalKey.Down)
            _divisor = Math.Max(SpeedMin, _divisor * Slower);
        else if (key == TerminalKey.End)
            (_hasKeys, _isPaused) = (false, false);
    }

    static TerminalKey Sleep(double seconds)
    {
        Thread.Sleep(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)));
        return TerminalKey.None;
    }
}
