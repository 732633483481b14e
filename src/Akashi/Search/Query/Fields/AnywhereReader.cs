using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>Everything: each line of an event, each value that stands in hex, and the command line with its arguments joined by blanks.</summary>
sealed class AnywhereReader : FieldReader
{
    readonly CommandReader _command = new();
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
                if (ValueText.MayBeHex(field.Value) && EncodedText.TryDecodeHex(field.Value, _decoded, out int length) && Take(_decoded.AsSpan(0, length), taker))
                    return true;
            }
        }

        return _command.Read(auditEvent, taker);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) => _command.NeedlesFor(test);

    // A title's arguments end in NULs, and are shown with blanks.
    static bool Take(Span<byte> decoded, IValueTaker taker)
    {
        if (taker.Take(decoded, default))
            return true;
        if (!decoded.Contains((byte)0))
            return false;
        decoded.Replace((byte)0, (byte)' ');
        return taker.Take(decoded, default);
    }
}
