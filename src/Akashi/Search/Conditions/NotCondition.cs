using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>A condition doesn't hold. What lacks a text has none that could be looked for: every event is looked at.</summary>
/// <param name="denied">Which.</param>
public sealed class NotCondition(EventCondition denied) : EventCondition
{
    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent) => !denied.Matches(auditEvent);
}
