using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Records of an event that follow one another, up to one that ends events.</summary>
/// <remarks>
/// Most events are one part. Those whose PROCTITLE or EOE stands before other records (a log in reverse order, one that holds everything twice) are
/// several, and each says by itself what was done: so the original prints them.
/// </remarks>
public readonly ref struct EventPart
{
    readonly AuditEvent _event;
    readonly int _start;

    EventPart(AuditEvent auditEvent, int start, int count)
    {
        _event = auditEvent;
        _start = start;
        Count = count;
    }

    /// <summary>How many records it has; at least 1.</summary>
    public int Count { get; }

    /// <summary>A record; valid as long as the event.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public Record this[int index] => _event[_start + index];

    /// <summary>Takes the next part of an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="next">Where to go on: 0 at first, then as it is left.</param>
    /// <param name="part">The part.</param>
    /// <returns>False where there is none: an EOE by itself is none.</returns>
    public static bool TryTake(AuditEvent auditEvent, ref int next, out EventPart part)
    {
        part = default;
        while (next < auditEvent.Count && auditEvent[next].Type == RecordType.Eoe)
            next++;
        if (next == auditEvent.Count)
            return false;
        int start = next;
        while (next < auditEvent.Count)
        {
            if (EventEnd.IsLast(auditEvent[next++].Type))
                break;
        }

        part = new EventPart(auditEvent, start, next - start);
        return true;
    }

    /// <summary>The index of the first record of a type; -1 where there is none.</summary>
    public int IndexOf(RecordType type)
    {
        for (int index = 0; index < Count; index++)
        {
            if (this[index].Type == type)
                return index;
        }

        return -1;
    }
}
