using System.Text;
using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>A field of records as it stands there, without quotes.</summary>
/// <param name="name">Its name, in any record.</param>
sealed class RawFieldReader(string name) : FieldReader
{
    readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (field.Name.SequenceEqual(_name) && taker.Take(ValueText.Unquote(field.Value), default))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) =>
        test.IsWhole ? [.. Needles.OfValue([name], test.Literal), .. Needles.OfValue([name], $"\"{test.Literal}\"")]
        : test.Literal.Length > 0 ? [Encoding.UTF8.GetBytes(test.Literal)] : [];
}
