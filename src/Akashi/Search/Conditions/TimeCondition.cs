using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>The event happened within whole seconds, both ends counted in.</summary>
/// <param name="startSeconds">Seconds since the epoch; long.MinValue for none.</param>
/// <param name="endSeconds">Seconds since the epoch; long.MaxValue for none.</param>
public sealed class TimeCondition(long startSeconds, long endSeconds) : EventCondition
{
    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        long second = auditEvent.Stamp.UnixSeconds;
        return second >= startSeconds && second <= endSeconds;
    }
}
