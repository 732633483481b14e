using Akashi.Events;

namespace Akashi.Search.Query.Fields;

/// <summary>What of a normalised event is read.</summary>
enum NormalizedPart
{
    /// <summary>Who logged in.</summary>
    Who,

    /// <summary>As whom: the user that the process ran as.</summary>
    As,

    /// <summary>What was done.</summary>
    Action,

    /// <summary>To what.</summary>
    Object,

    /// <summary>By what.</summary>
    How,

    /// <summary><c>success</c> or <c>failed</c>.</summary>
    Result,

    /// <summary>The kind of event.</summary>
    Kind,
}

/// <summary>A part of what an event says, normalised.</summary>
/// <param name="context">For the event that was normalised last.</param>
/// <param name="part">Which.</param>
sealed class NormalizedReader(FieldContext context, NormalizedPart part) : FieldReader
{
    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker) => context.Normalized.Read(auditEvent, part, taker);
}
