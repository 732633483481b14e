using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>The keys of an event, each by itself.</summary>
/// <remarks>A record with several has them in hex, joined by the byte 0x01.</remarks>
sealed class KeyReader : FieldReader
{
    const byte Joint = 0x01;

    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (field.Name.SequenceEqual("key"u8) && !field.Value.SequenceEqual("(null)"u8) && TakeEach(ValueText.Decode(field.Value, _decoded), taker))
                    return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => Needles.OfText(test.Literal);

    static bool TakeEach(ReadOnlySpan<byte> keys, IValueTaker taker)
    {
        foreach (Range key in keys.Split(Joint))
        {
            if (taker.Take(keys[key], default))
                return true;
        }

        return false;
    }
}
