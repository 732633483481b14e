using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>The words of an event's fields, for who asks for one field after the other, in any order.</summary>
/// <param name="interpreter">For the words.</param>
sealed class EventWords(Interpreter interpreter)
{
    readonly InterpretedText _text = new();
    readonly KeptRecord _kept = new();

    /// <summary>Forgets the record of the last call: its event becomes another one.</summary>
    internal void Clear() => _kept.Become(null, 0);

    /// <summary>A field's value in words; itself where it has none. Valid until the next call.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="record">The record's index.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its raw value, with its quotes.</param>
    internal ReadOnlySpan<byte> Of(AuditEvent auditEvent, int record, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!_kept.Is(auditEvent, record))
            _kept.Become(auditEvent, record);
        int entry = FieldIndex.EntryOf(name);
        FieldType type = _kept.HasOwnTypes
            ? FieldClassification.Of(_kept.Type, entry, name, value)
            : FieldClassification.OfUsual(FieldIndex.TypeAt(entry), name, value);
        if (type == FieldType.Unclassified)
            return value;
        var context = new KeptContext(_kept);
        interpreter.Interpret(ref context, entry, type, value, _text);
        return _text.Bytes;
    }
}
