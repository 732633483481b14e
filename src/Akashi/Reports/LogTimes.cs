using Akashi.Events;
using Akashi.Records;
using Akashi.Search;

namespace Akashi.Reports;

/// <summary>From when to when each log reaches: aureport --log.</summary>
/// <remarks>An event belongs to the log that was being read when it was complete, as in the original.</remarks>
/// <param name="text">How values are written.</param>
public sealed class LogTimes(ReportText text)
{
    int _segment;
    EventStamp _first;
    EventStamp _last;
    bool _hasEvent;

    /// <summary>Writes a line for each log.</summary>
    /// <param name="search">The events of the logs that count.</param>
    /// <param name="names">The logs' names, in the order in which they are read.</param>
    public void Write(TrailSearch search, IReadOnlyList<string> names)
    {
        while (search.TryNext(out AuditEvent? auditEvent))
        {
            while (_segment < search.Segment)
                EndLog(names);
            if (!_hasEvent)
                _first = auditEvent.Stamp;
            _last = auditEvent.Stamp;
            _hasEvent = true;
        }

        while (_segment < names.Count)
            EndLog(names);
    }

    void EndLog(IReadOnlyList<string> names)
    {
        text.Output.Write(names[_segment++]);
        if (_hasEvent)
        {
            text.Output.Write(": "u8);
            text.WriteMoment(_first);
            text.Output.Write(" - "u8);
            text.WriteMoment(_last);
            text.Output.EndLine();
        }
        else
        {
            text.Output.Write(": no records\n"u8);
        }

        _hasEvent = false;
    }
}
