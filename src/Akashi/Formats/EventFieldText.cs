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
    public ReadOnlySpan<byte> Of(EventPart part, EventField field)
    {
        if (!field.IsPresent)
            return default;
        Record record = part[field.RecordIndex];
        return interpreter.TryInterpret(record, field.Name, field.Value, _text) ? _text.Bytes : field.Value;
    }

    /// <summary>Who acted: nobody logged in is the system.</summary>
    public ReadOnlySpan<byte> OfSubject(EventPart part, EventField field)
    {
        ReadOnlySpan<byte> words = Of(part, field);
        return words.SequenceEqual("unset"u8) ? "system"u8 : words;
    }

    /// <summary>An object: files by their whole path, a key by the first one.</summary>
    public ReadOnlySpan<byte> OfObject(EventPart part, EventField field)
    {
        ReadOnlySpan<byte> words = Of(part, field);
        if (field.Name.SequenceEqual("key"u8))
            return FirstKey(words);
        if (!field.IsPresent || TypeOf(part, field) != FieldType.EscapedFile)
            return words;
        _path.Clear();
        ObjectPath.Append(DirectoryOf(part), words, _path);
        return _path.Bytes;
    }

    /// <summary>The first key of those that a value holds.</summary>
    public ReadOnlySpan<byte> OfKey(EventPart part, EventField field) => FirstKey(Of(part, field));

    /// <summary>Whether a result says that it could be done.</summary>
    public bool IsSuccess(EventPart part, EventField result)
    {
        ReadOnlySpan<byte> words = Of(part, result);
        return words.SequenceEqual("yes"u8) || words.StartsWith("suc"u8)
            || (words.SequenceEqual("allow"u8) && TypeOf(part, result) == FieldType.Seccomp);
    }

    /// <summary>The type of a field.</summary>
    public static FieldType TypeOf(EventPart part, EventField field) =>
        FieldClassification.Of(part[field.RecordIndex].Type, field.Name, field.Value);

    static ReadOnlySpan<byte> FirstKey(ReadOnlySpan<byte> keys)
    {
        int joint = keys.IndexOf(KeyJoint);
        return joint < 0 ? keys : keys[..joint];
    }

    ReadOnlySpan<byte> DirectoryOf(EventPart part)
    {
        int index = part.IndexOf(RecordType.Cwd);
        if (index < 0 || !part[index].TryFind("cwd"u8, out ReadOnlySpan<byte> value))
            return default;
        Record record = part[index];
        return interpreter.TryInterpret(record, "cwd"u8, value, _directory) ? _directory.Bytes : value;
    }
}
