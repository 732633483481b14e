using System.Text;
using Akashi.Events;

namespace Akashi.Search.Query.Fields;

/// <summary>The machine an event comes from.</summary>
sealed class NodeReader : FieldReader
{
    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker) => !auditEvent.Node.IsEmpty && taker.Take(auditEvent.Node, default);

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) =>
        test.Literal.Length == 0 ? [] : [Encoding.UTF8.GetBytes(test.IsWhole ? $"node={test.Literal} type=" : test.Literal)];
}
