using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>A file of the event, or the directory it happened in, holds a text.</summary>
/// <param name="pattern">The text.</param>
public sealed class FileCondition(TextPattern pattern) : EventCondition
{
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles { get; } = pattern.Needles();

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type is RecordType.Path or RecordType.Cwd or RecordType.Avc or RecordType.UserCmd && Matches(record))
                return true;
        }

        return false;
    }

    bool Matches(in Record record)
    {
        foreach (Field field in record.Fields)
        {
            bool isFile = field.Name.SequenceEqual("name"u8) || field.Name.SequenceEqual("path"u8) || field.Name.SequenceEqual("cwd"u8);
            if (isFile && pattern.IsInRaw(field.Value))
                return true;
        }

        return false;
    }
}
