using Akashi.Events;

namespace Akashi.Search;

/// <summary>One condition of a search; all of them must hold.</summary>
public abstract class EventCondition
{
    /// <summary>Whether a whole event meets it. Allocates nothing.</summary>
    public abstract bool Matches(AuditEvent auditEvent);

    /// <summary>Texts of which every matching event has at least one in one of its lines; empty where there are none such.</summary>
    /// <remarks>Encoded forms count: who searches a key must offer its hex form too.</remarks>
    public virtual IReadOnlyList<byte[]> Needles => [];
}
