using Akashi.Events;
using Akashi.Search.Query;

namespace Akashi.Search.Conditions;

/// <summary>An event lies in one of some periods, to the millisecond.</summary>
/// <param name="periods">One or more.</param>
public sealed class TimeCondition(params TimePeriod[] periods) : EventCondition
{
    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        foreach (TimePeriod period in periods)
        {
            if (period.Contains(auditEvent.Stamp.UnixMilliseconds))
                return true;
        }

        return false;
    }
}
