using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>Everything: each line of an event, and each value that stands in hex.</summary>
sealed class AnywhereReader : FieldReader
{
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (taker.Take(record.Line, default))
                return true;
            foreach (Field field in record.Fields)
            {
                if (ValueText.MayBeHex(field.Value) && EncodedText.TryDecodeHex(field.Value, _decoded, out int length) && taker.Take(_decoded.AsSpan(0, length), default))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => Needles.OfText(test.Literal);
}
