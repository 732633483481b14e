using System.Text;

namespace Akashi.Tests.Trail;

/// <summary>Logs whose order fails in the ways real ones do.</summary>
/// <remarks>
/// Clocks that are set back or forward and stay so for a sixth of the log or more; nodes whose clocks differ, line by line; records that are late by
/// up to hours; lines that are no records, of any length; a segment without a line feed at its end; empty segments.
/// </remarks>
sealed class DisorderedLogs
{
    const int PhasesMax = 5;
    const int HourMilliseconds = 3_600_000;

    readonly Random _random;
    readonly bool _isOrderly;
    readonly long[] _skews;
    readonly int _lines;
    readonly int _stepMilliseconds;
    readonly int _noise;
    long _serial = 1;

    public DisorderedLogs(Random random)
    {
        _random = random;
        _isOrderly = random.Next(3) == 0;
        _lines = random.Next(200, 3000);
        _stepMilliseconds = random.Next(1, 2000);
        _noise = random.Next(3) == 0 ? 0 : random.Next(20, 400);
        _skews = [.. Enumerable.Range(0, _isOrderly || random.Next(2) == 0 ? 1 : random.Next(2, 4)).Select(_ => (long)random.Next(-HourMilliseconds, HourMilliseconds))];
    }

    /// <summary>The stamps' seconds, in the order of the lines.</summary>
    public List<long> Seconds { get; } = [];

    /// <summary>The segments, oldest first.</summary>
    public List<byte[]> Make()
    {
        var segments = new List<byte[]>();
        int phases = _isOrderly ? 1 : _random.Next(1, PhasesMax + 1);
        int segmentEnd = 0, phaseEnd = 0;
        long clock = 1_700_000_000_000;
        var text = new StringBuilder();
        for (int line = 0; line < _lines; line++)
        {
            if (line == phaseEnd)
            {
                phaseEnd += Math.Max(1, _lines / phases);
                long span = (long)_lines * _stepMilliseconds;
                if (line > 0)
                    clock += _random.NextInt64(-span, span) / _random.Next(1, 50);
            }

            if (line == segmentEnd)
            {
                segmentEnd += _random.Next(1, _lines);
                Cut(segments, text);
            }

            AddNoise(text);
            AddRecord(text, clock);
            clock += _random.Next(0, 2 * _stepMilliseconds);
        }

        Cut(segments, text);
        return segments;
    }

    void AddRecord(StringBuilder text, long clock)
    {
        int node = _random.Next(_skews.Length);
        long stamp = clock + _skews[node];
        if (_random.Next(30) == 0)
            stamp -= _random.Next(0, 2 * HourMilliseconds);
        Seconds.Add(stamp / 1000);
        if (_skews.Length > 1)
            text.Append($"node=n{node} ");
        text.Append($"type=CWD msg=audit({stamp / 1000}.{stamp % 1000:000}:{_serial++}): cwd=\"").Append('x', _random.Next(20, 90)).Append("\"\n");
    }

    void AddNoise(StringBuilder text)
    {
        if (_noise == 0 || _random.Next(_noise) != 0)
            return;
        switch (_random.Next(4))
        {
            case 0:
                text.Append("no record\n");
                break;
            case 1:
                text.Append('x', _random.Next(1, 5000)).Append('\n');
                break;
            case 2:
                text.Append('\0', _random.Next(1, 3000));
                break;
            default:
                text.Append("type=CWD msg=audit(99999999999.000:1\n");
                break;
        }
    }

    void Cut(List<byte[]> segments, StringBuilder text)
    {
        if (text.Length > 0 && _random.Next(3) == 0)
            text.Length--;
        segments.Add(Encoding.ASCII.GetBytes(text.ToString()));
        text.Clear();
    }
}
