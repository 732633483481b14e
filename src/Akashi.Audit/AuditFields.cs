using Akashi.Records;

namespace Akashi.Audit;

/// <summary>Walks the fields of a record, for foreach. Allocates nothing.</summary>
public ref struct AuditFields
{
    readonly AuditEvent _event;
    readonly int _recordIndex;
    ReadOnlySpan<byte> _rest;
    bool _isNested;

    internal AuditFields(AuditEvent auditEvent, int recordIndex, ReadOnlySpan<byte> body)
    {
        _event = auditEvent;
        _recordIndex = recordIndex;
        _rest = body;
    }

    /// <summary>The field.</summary>
    public AuditField Current { get; private set; }

    /// <summary>For foreach.</summary>
    public readonly AuditFields GetEnumerator() => this;

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        // Made anew each time, for a type of another assembly can't be a member here: programs see this assembly alone.
        var fields = new FieldEnumerator(_rest, _isNested);
        if (!fields.MoveNext())
            return false;
        _rest = fields.Rest;
        _isNested = fields.IsNested;
        Current = new AuditField(_event, _recordIndex, fields.Current.Name, fields.Current.Value, fields.Current.IsNested);
        return true;
    }
}
