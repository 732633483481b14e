using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>The event has a serial.</summary>
/// <param name="serial">The number after the stamp's colon.</param>
public sealed class SerialCondition(ulong serial) : EventCondition
{
    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent) => auditEvent.Stamp.Serial == serial;
}
