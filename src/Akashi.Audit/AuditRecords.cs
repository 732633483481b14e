namespace Akashi.Audit;

/// <summary>Walks the records of an event, for foreach. Allocates nothing.</summary>
public ref struct AuditRecords
{
    readonly AuditEvent _event;
    int _index;

    internal AuditRecords(AuditEvent auditEvent)
    {
        _event = auditEvent;
        _index = -1;
    }

    /// <summary>The record.</summary>
    public readonly AuditRecord Current => _event[_index];

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext() => ++_index < _event.Count;
}
