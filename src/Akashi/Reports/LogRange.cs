using Akashi.Events;
using Akashi.Records;

namespace Akashi.Reports;

/// <summary>From when to when a trail and a report reach, as the main summary tells it.</summary>
/// <remarks>
/// The beginning is that of the record that was read first. Where a start is asked for, it is that of the first record outside of the time asked for, so that one sees
/// how far back the log goes; as in the original, that is the epoch where nothing is outside. The end is that of the event counted last.
/// </remarks>
/// <param name="query">What is asked for.</param>
public sealed class LogRange(ReportQuery query)
{
    RecordOrigin _firstOrigin;
    bool _hasFirst;

    /// <summary>The beginning; the epoch where there is none.</summary>
    public EventStamp First { get; private set; }

    /// <summary>The end; the epoch where there is none.</summary>
    public EventStamp Last { get; private set; }

    /// <summary>Looks at an event, whether it is in the report or not.</summary>
    public void See(AuditEvent auditEvent)
    {
        bool isInside = query.Times.Contains(auditEvent.Stamp);
        if (isInside)
            Last = auditEvent.Stamp;
        if (query.StartSeconds is not null && isInside)
            return;
        if (_hasFirst && !IsBefore(auditEvent.Origin, _firstOrigin))
            return;
        _hasFirst = true;
        _firstOrigin = auditEvent.Origin;
        First = auditEvent.Stamp;
    }

    /// <summary>Says which record is the trail's first, where reading begins behind it; it is outside of the time asked for.</summary>
    public void BeginWith(EventStamp first)
    {
        _hasFirst = true;
        First = first;
    }

    /// <summary>Writes the two lines of the main summary.</summary>
    public void Write(ReportText text)
    {
        text.Output.Write("Range of time in logs: "u8);
        text.WriteMoment(First);
        text.Output.Write(" - "u8);
        text.WriteMoment(Last);
        text.Output.Write("\nSelected time for report: "u8);
        text.WriteDate(query.StartSeconds ?? First.UnixSeconds);
        text.Output.Write(" - "u8);
        if (query.EndSeconds is { } end)
            text.WriteDate(end);
        else
            text.WriteMoment(Last);
        text.Output.EndLine();
    }

    static bool IsBefore(RecordOrigin left, RecordOrigin right) =>
        left.Segment != right.Segment ? left.Segment < right.Segment : left.Offset < right.Offset;
}
