using Akashi.Events;
using Akashi.Search.Query;
using Akashi.Search.Query.Fields;

namespace Akashi.Search.Conditions;

/// <summary>One of a field's values fits, in words or as the record has it.</summary>
/// <param name="reader">The field.</param>
/// <param name="test">What its values are compared with.</param>
public sealed class FieldCondition(FieldReader reader, ValueTest test) : EventCondition, IValueTaker
{
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles { get; } = reader.NeedlesFor(test);

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent) => reader.Read(auditEvent, this);

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<byte> words, ReadOnlySpan<byte> raw) => test.Holds(words) || (!raw.IsEmpty && test.Holds(raw));
}
