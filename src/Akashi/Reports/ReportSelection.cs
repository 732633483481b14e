using Akashi.Events;
using Akashi.Reports.Facts;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Reads the facts of events and says whether a query asks for them.</summary>
/// <param name="query">What is asked for.</param>
/// <param name="needs">The facts that the report needs.</param>
public sealed class ReportSelection(ReportQuery query, FactKinds needs)
{
    readonly FactsReader _reader = new(needs);

    /// <summary>Whether records of a type tell the report anything, wherever they stand in their event.</summary>
    public bool Reads(RecordType type) => _reader.Reads(type);

    /// <summary>The facts of the event read last.</summary>
    public EventFacts Facts { get; } = new();

    /// <summary>Events in which a record lacks what every record of its type has; they are in no report.</summary>
    public long MalformedEvents { get; private set; }

    /// <summary>Reads an event's facts, if it is asked for.</summary>
    public bool TryRead(AuditEvent auditEvent)
    {
        if (!query.Times.Contains(auditEvent.Stamp))
            return false;
        if (!_reader.TryRead(auditEvent, Facts))
        {
            MalformedEvents++;
            return false;
        }

        return HasNode(auditEvent.Node)
            && !(query.LeavesOutConfiguration && Facts.Type == RecordType.ConfigChange)
            && (query.Outcome == Outcome.Unset || Facts.Outcome == query.Outcome)
            && IsChangeOf(query.Changes);
    }

    bool HasNode(ReadOnlySpan<byte> node)
    {
        foreach (byte[] wanted in query.Nodes)
        {
            if (node.SequenceEqual(wanted))
                return true;
        }

        return query.Nodes.Count == 0;
    }

    bool IsChangeOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Additions => Facts.Type is not (RecordType.DelUser or RecordType.DelGroup),
        ChangeKind.Removals => Facts.Type is not (RecordType.AddUser or RecordType.AddGroup),
        _ => true,
    };
}
