using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>All of some conditions hold.</summary>
/// <param name="parts">Two or more.</param>
public sealed class AllConditions(IReadOnlyList<EventCondition> parts) : EventCondition
{
    readonly EventCondition[] _parts = [.. parts];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles { get; } = SearchPlan.Choose(parts);

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        foreach (EventCondition part in _parts)
        {
            if (!part.Matches(auditEvent))
                return false;
        }

        return true;
    }
}
