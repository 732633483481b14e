using Akashi.Events;

namespace Akashi.Search.Query.Fields;

/// <summary>Reads what a field of the query language has in an event: for comparing, for columns, for counting.</summary>
/// <remarks>Not for several threads: readers have buffers.</remarks>
public abstract class FieldReader
{
    /// <summary>Hands the values to a taker until it has enough. Allocates nothing, save where an account's name is looked up.</summary>
    /// <returns>Whether it had enough.</returns>
    public abstract bool Read(AuditEvent auditEvent, IValueTaker taker);

    /// <summary>Texts of which every event with a value that fits has at least one in a line; empty where there are none such.</summary>
    public virtual IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => [];
}
