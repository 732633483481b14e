using Akashi.Events;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>What a row of a detailed report is written from.</summary>
/// <param name="text">How values are written.</param>
/// <param name="auditEvent">The event.</param>
/// <param name="facts">Its facts.</param>
/// <param name="index">Which of the event's rows it is, from 0.</param>
public readonly ref struct Row(ReportText text, AuditEvent auditEvent, EventFacts facts, int index)
{
    public ReportText Text { get; } = text;

    public AuditEvent Event { get; } = auditEvent;

    public EventFacts Facts { get; } = facts;

    public int Index { get; } = index;
}

/// <summary>Writes one value of a row.</summary>
public delegate void WriteColumn(in Row row);

/// <summary>A column of a detailed report.</summary>
/// <param name="Word">Its heading.</param>
/// <param name="Write">Writes its value.</param>
public sealed record Column(string Word, WriteColumn Write);
