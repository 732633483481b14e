using System.Text;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>One line of a trail: <c>type=PATH msg=audit(1626611363.720:348501): item=0 name=…</c>. Valid as long as its event.</summary>
public readonly ref struct AuditRecord
{
    readonly AuditEvent _event;
    readonly int _index;

    internal AuditRecord(AuditEvent auditEvent, int index)
    {
        _event = auditEvent;
        _index = index;
    }

    /// <summary>The type's number: 1300 for SYSCALL; 0 for a name that no table knows.</summary>
    public int Type => (int)_event.Core.TypeAt(_index);

    /// <summary>The type as it's written: <c>SYSCALL</c>, <c>UNKNOWN[1234]</c>.</summary>
    public string TypeName => Encoding.UTF8.GetString(Record.TypeName);

    /// <summary>The type's bytes.</summary>
    public ReadOnlySpan<byte> TypeNameUtf8 => Record.TypeName;

    /// <summary>The whole line without its line feed; need not be UTF-8.</summary>
    public ReadOnlySpan<byte> LineUtf8 => Record.Line;

    /// <summary>The fields that the kernel or a program wrote, in their order.</summary>
    public AuditFields Fields => new(_event, _index, Record.Body);

    /// <summary>What the recording daemon looked up, such as <c>AUID="bob"</c>; none in raw logs.</summary>
    public AuditFields EnrichedFields => new(_event, _index, Record.Enrichment);

    Record Record => _event.Core[_index];

    /// <summary>Finds the first field of a name.</summary>
    /// <param name="name">The name, such as <c>"auid"u8</c>.</param>
    /// <param name="field">The field; default where there is none.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out AuditField field)
    {
        foreach (Field found in Record.Fields)
        {
            if (!found.Name.SequenceEqual(name))
                continue;
            field = new AuditField(_event, _index, found.Name, found.Value, found.IsNested);
            return true;
        }

        field = default;
        return false;
    }

    /// <summary>The whole line.</summary>
    public override string ToString() => Encoding.UTF8.GetString(LineUtf8);
}
