using System.Buffers.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>What part of the stamp is read.</summary>
enum StampPart
{
    /// <summary><c>1626611363.720:348501</c>.</summary>
    Id,

    /// <summary><c>348501</c>.</summary>
    Serial,

    /// <summary><c>2021-07-18T12:29:23.720Z</c>.</summary>
    Time,
}

/// <summary>When an event happened, and which it was.</summary>
sealed class StampReader(StampPart part) : FieldReader
{
    readonly byte[] _text = new byte[EventStamp.TextBytesMax];
    readonly IsoTime _time = new();

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        if (part == StampPart.Time)
            return taker.Take(_time.Of(auditEvent.Stamp), default);
        int length;
        if (part == StampPart.Id)
            length = auditEvent.Stamp.Format(_text);
        else
            Utf8Formatter.TryFormat(auditEvent.Stamp.Serial, _text, out length);
        return taker.Take(_text.AsSpan(0, length), default);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test)
    {
        if (!test.IsWhole || part == StampPart.Time)
            return [];
        string serial = test.Literal[(test.Literal.LastIndexOf(':') + 1)..];
        return serial.Length == 0 ? [] : [System.Text.Encoding.UTF8.GetBytes(serial + ")")];
    }
}
