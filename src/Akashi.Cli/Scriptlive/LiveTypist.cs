using System.Diagnostics;
using Akashi.Cli.Scriptreplay;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Cli.Scriptlive;

/// <summary>Types what was typed in a recorded session, in its rhythm.</summary>
sealed class LiveTypist : IRelayTypist
{
    readonly TimingReader _reader;
    readonly ReplayLog _log;
    readonly LiveRequest _request;
    readonly MemoryStream _waiting = new();
    readonly long _began = Stopwatch.GetTimestamp();
    double _due;

    public LiveTypist(TimingReader reader, ReplayLog log, LiveRequest request)
    {
        _reader = reader;
        _log = log;
        _request = request;
        ReadNext();
    }

    public int MillisecondsLeft
    {
        get
        {
            double left = (_due - Stopwatch.GetElapsedTime(_began).TotalSeconds) * 1000;
            return (int)Math.Clamp(Math.Ceiling(left), 0, int.MaxValue);
        }
    }

    /// <summary>The line of the timing file that can't be read; null for none.</summary>
    public int? MalformedLine { get; private set; }

    public int Type(Span<byte> destination)
    {
        int count = _waiting.Read(destination);
        if (count > 0 && _waiting.Position == _waiting.Length)
            ReadNext();
        return count;
    }

    // What was shown stands between what was typed where both are in one log.
    void ReadNext()
    {
        _waiting.SetLength(0);
        double delay = 0;
        TimingFault fault;
        while ((fault = _reader.TryRead(out TimingEntry entry)) == TimingFault.None)
        {
            delay += entry.DelayMicroseconds / 1_000_000.0;
            if (entry.Kind == TimingKind.Input)
            {
                _log.TryCopy(entry.Size, _waiting, changesReturns: false);
                _waiting.Position = 0;
                if (_waiting.Length > 0)
                    break;
            }

            if (entry.Kind == TimingKind.Output && _request.LogHasBoth && !_log.TryCopy(entry.Size, Stream.Null, changesReturns: false))
                break;
        }

        if (fault == TimingFault.Malformed)
            MalformedLine = _reader.LineNumber + 1;
        delay = _request.Pace.Divisor == 0 ? delay : delay / _request.Pace.Divisor;
        _due += _request.Pace.DelayMax == 0 ? delay : Math.Min(delay, _request.Pace.DelayMax);
    }
}
