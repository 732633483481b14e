using System.Globalization;
using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>One of some fields has a number: process ids, groups, sessions.</summary>
/// <param name="fields">The names, in any record.</param>
/// <param name="number">The number; a record's -1 and 4294967295 are the same.</param>
public sealed class NumberCondition(FieldNames fields, long number) : EventCondition
{
    readonly long _number = Fold(number);

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles =>
        _number == uint.MaxValue ? [.. With(uint.MaxValue), .. With(-1)] : With(_number);

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            foreach (Field field in record.Fields)
            {
                if (fields.Contains(field.Name) && !SubjectFields.IsPassedOver(record.Type, field.Name)
                    && FieldNumber.TryRead(field.Value, out long found) && Fold(found) == _number && !KernelFields.Overrule(record, field))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Unset is (uint)-1; some programs print it with a sign.
    static long Fold(long number) => number == -1 ? uint.MaxValue : number;

    IReadOnlyList<byte[]> With(long value) => fields.With(value.ToString(CultureInfo.InvariantCulture));
}
