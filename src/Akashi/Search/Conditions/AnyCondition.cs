using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>One of some conditions holds.</summary>
/// <param name="parts">Two or more.</param>
public sealed class AnyCondition(IReadOnlyList<EventCondition> parts) : EventCondition
{
    readonly EventCondition[] _parts = [.. parts];

    /// <summary>Those of every part, as any of them may be the one; none where a part has none.</summary>
    public override IReadOnlyList<byte[]> Needles { get; } =
        parts.All(part => part.Needles.Count > 0) ? Query.Fields.Needles.Merge(parts.SelectMany(part => part.Needles)) : [];

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        foreach (EventCondition part in _parts)
        {
            if (part.Matches(auditEvent))
                return true;
        }

        return false;
    }
}
