using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>The fields of a normalised event in words, as csv and text print them.</summary>
/// <param name="interpreter">For the words.</param>
sealed class EventFieldText(Interpreter interpreter)
{
    const byte KeyJoint = 0x01;

    readonly InterpretedText _text = new();
    readonly InterpretedText _directory = new();
    readonly InterpretedText _path = new();

    /// <summary>A field's value in words; empty for no field. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(AuditEvent auditEvent, EventField field)
    {
        if (!field.IsPresent)
            return default;
        Record record = auditEvent[field.RecordIndex];
        return interpreter.TryInterpret(record, field.Name, field.Value, _text) ? _text.Bytes : field.Value;
    }

    /// <summary>Who acted: nobody logged in is the system.</summary>
    public ReadOnlySpan<byte> OfSubject(AuditEvent auditEvent, EventField field)
    {
        ReadOnlySpan<byte> words = Of(auditEvent, field);
        return words.SequenceEqual("unset"u8) ? "system"u8 : words;
    }

    /// <summary>An object: files by their whole path, a key by the first one.</summary>
    public ReadOnlySpan<byte> OfObject(AuditEvent auditEvent, EventField field)
    {
        ReadOnlySpan<byte> words = Of(auditEvent, field);
        if (field.Name.SequenceEqual("key"u8))
            return FirstKey(words);
        if (!field.IsPresent || TypeOf(auditEvent, field) != FieldType.EscapedFile)
            return words;
        _path.Clear();
        ObjectPath.Append(DirectoryOf(auditEvent), words, _path);
        return _path.Bytes;
    }

    /// <summary>The first key of those that a value holds.</summary>
    public ReadOnlySpan<byte> OfKey(AuditEvent auditEvent, EventField field) => FirstKey(Of(auditEvent, field));

    /// <summary>Whether a result says that it could be done.</summary>
    public bool IsSuccess(AuditEvent auditEvent, EventField result)
    {
        ReadOnlySpan<byte> words = Of(auditEvent, result);
        return words.SequenceEqual("yes"u8) || words.StartsWith("suc"u8)
            || (words.SequenceEqual("allow"u8) && TypeOf(auditEvent, result) == FieldType.Seccomp);
    }

    /// <summary>The type of a field.</summary>
    public static FieldType TypeOf(AuditEvent auditEvent, EventField field) =>
        FieldClassification.Of(auditEvent[field.RecordIndex].Type, field.Name, field.Value);

    static ReadOnlySpan<byte> FirstKey(ReadOnlySpan<byte> keys)
    {
        int joint = keys.IndexOf(KeyJoint);
        return joint < 0 ? keys : keys[..joint];
    }

    ReadOnlySpan<byte> DirectoryOf(AuditEvent auditEvent)
    {
        if (!auditEvent.TryFindRecord(RecordType.Cwd, out Record record) || !record.TryFind("cwd"u8, out ReadOnlySpan<byte> value))
            return default;
        return interpreter.TryInterpret(record, "cwd"u8, value, _directory) ? _directory.Bytes : value;
    }
}
