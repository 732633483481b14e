using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>The event came from a host, by name or by address.</summary>
/// <param name="pattern">The text.</param>
public sealed class HostNameCondition(TextPattern pattern) : EventCondition
{
    static readonly FieldNames s_fields = new("hostname", "addr");

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (s_fields.Contains(field.Name) && pattern.IsInRaw(field.Value))
                    return true;
            }
        }

        return false;
    }
}
