using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>One of some fields holds a text: command names, executables, terminals, labels.</summary>
/// <param name="fields">The names, in any record.</param>
/// <param name="pattern">The text.</param>
public sealed class TextCondition(FieldNames fields, TextPattern pattern) : EventCondition
{
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles { get; } = pattern.Needles();

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            foreach (Field field in record.Fields)
            {
                if (fields.Contains(field.Name) && pattern.IsInRaw(field.Value) && !KernelFields.Overrule(record, field))
                    return true;
            }
        }

        return false;
    }
}
