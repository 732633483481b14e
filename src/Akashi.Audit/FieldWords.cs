using System.Runtime.CompilerServices;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Audit;

/// <summary>What interprets and normalises the events of one reader. Made when one is first asked for.</summary>
/// <param name="host">This machine.</param>
sealed class FieldWords(IHost host)
{
    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();
    readonly KeptContext _kept = new();
    AuditEvent? _event;
    int _generation;
    int _recordIndex;
    EventNormalizer? _normalizer;
    EventFieldText? _fields;

    /// <summary>The words of the fields of normalised events.</summary>
    internal EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    /// <summary>Who says what an event is about.</summary>
    internal EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    /// <summary>A field's value in words; itself where it has none. Valid until the next call.</summary>
    // By reference: two spans beside three words don't fit into the registers of a call.
    internal ReadOnlySpan<byte> Interpret(scoped in AuditField field)
    {
        AuditEvent auditEvent = field.Event;
        int recordIndex = field.RecordIndex;
        ReadOnlySpan<byte> name = field.NameUtf8, value = field.RawUtf8;
        RecordType type = auditEvent.Core.TypeAt(recordIndex);
        int entry = FieldIndex.EntryOf(name);
        FieldType kind = FieldClassification.Of(type, entry, name, value);
        if (kind == FieldType.Unclassified)
            return value;
        if (_event != auditEvent || _generation != auditEvent.Generation || _recordIndex != recordIndex)
        {
            (_event, _generation, _recordIndex) = (auditEvent, auditEvent.Generation, recordIndex);
            _kept.Clear();
        }

        // Of the record only those need the line.
        ReadOnlySpan<byte> line = kind is FieldType.Uid or FieldType.Gid ? auditEvent.Core[recordIndex].Line : default;
        if (!_interpreter.TryInterpretAlone(_kept, line, entry, kind, value, _text))
            InterpretInContext(auditEvent.Core[recordIndex], type, entry, kind, value);
        return _text.Bytes;
    }

    // By itself: who has a context has 400 bytes of the stack cleared, which takes longer than most words do.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void InterpretInContext(in Record record, RecordType type, int entry, FieldType kind, ReadOnlySpan<byte> value)
    {
        var context = new RecordContext(record, type, _kept);
        _interpreter.Interpret(ref context, entry, kind, value, _text);
    }
}
