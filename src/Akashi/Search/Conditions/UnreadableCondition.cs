using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>Leaves out what the original can't read, and counts it: events with an AppArmor status in an AVC record.</summary>
/// <remarks>A recorded run shows it. The count is said beside the result: nothing is left out in silence.</remarks>
public sealed class UnreadableCondition : EventCondition
{
    /// <summary>Events left out.</summary>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.Avc && record.Body.StartsWith("apparmor=\"STATUS\""u8))
            {
                LeftOut++;
                return false;
            }
        }

        return true;
    }
}
