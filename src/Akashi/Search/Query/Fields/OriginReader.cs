using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Search.Conditions;

namespace Akashi.Search.Query.Fields;

/// <summary>Where a process comes from: one of the <see cref="OriginFields"/>, and fields of records that say the same.</summary>
/// <param name="enriched">The enriched field, in capitals.</param>
/// <param name="names">The fields of records.</param>
sealed class OriginReader(string enriched, params string[] names) : FieldReader
{
    readonly byte[] _enriched = Encoding.ASCII.GetBytes(enriched);
    readonly FieldNames _names = new(names);
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (names.Length > 0 && ReadOwn(record, taker))
                return true;
            foreach (Field field in new FieldEnumerator(OriginFields.Of(record)))
            {
                if (field.Name.SequenceEqual(_enriched) && taker.Take(ValueText.Decode(field.Value, _decoded), default))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => Needles.OfText(test.Literal);

    bool ReadOwn(in Record record, IValueTaker taker)
    {
        foreach (Field field in record.Fields)
        {
            if (_names.Contains(field.Name) && taker.Take(ValueText.Unquote(field.Value), default))
                return true;
        }

        return false;
    }
}
