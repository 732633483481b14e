using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>The types of an event's records.</summary>
sealed class TypeReader : FieldReader
{
    readonly byte[] _name = new byte[RecordTypeName.BytesMax];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            RecordType type = auditEvent.TypeAt(index);
            ReadOnlySpan<byte> name = type == 0 ? auditEvent[index].TypeName : _name.AsSpan(0, RecordTypeName.Format(type, _name));
            if (taker.Take(name, default))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test)
    {
        if (!test.IsWhole)
            return [];
        RecordType type = RecordTypeName.ToNumber(Encoding.UTF8.GetBytes(test.Literal));
        return type == 0 ? Needles.OfText(test.Literal) : new RecordTypeCondition([type]).Needles;
    }
}
