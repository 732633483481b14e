using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>One of some fields is a user, asked for by name.</summary>
/// <remarks>
/// The name that the recording machine looked up counts where there is one (<c>AUID="bob"</c>), else the number that the name has here.
/// </remarks>
public sealed class UserCondition : EventCondition
{
    readonly FieldNames _fields;
    readonly FieldNames _enriched;
    readonly uint _uid;
    readonly byte[] _name;

    /// <summary>Makes one.</summary>
    /// <param name="fields">The names of fields, such as <c>auid</c>, in any record.</param>
    /// <param name="uid">The user's number on this machine.</param>
    /// <param name="name">The user's name.</param>
    public UserCondition(string[] fields, uint uid, string name)
    {
        _fields = new FieldNames(fields);
        _enriched = new FieldNames([.. fields.Select(field => field.ToUpperInvariant())]);
        _uid = uid;
        byte[] text = Encoding.UTF8.GetBytes(name);
        _name = new byte[EncodedText.EncodedLength(text)];
        EncodedText.Encode(text, _name);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles => _uid == 0
        ? [] // A TTY record of anybody counts as root's.
        :
    [
        .. _fields.With(_uid.ToString(CultureInfo.InvariantCulture)),
        .. _enriched.With(Encoding.UTF8.GetString(_name)),
    ];

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (Matches(record))
                return true;
        }

        return false;
    }

    bool Matches(in Record record)
    {
        foreach (Field field in record.Fields)
        {
            int place = IndexOf(field.Name);
            if (place < 0 || !SubjectFields.HasName(record.Type, field.Name))
                continue;
            if (SubjectFields.IsPassedOver(record.Type, field.Name))
            {
                if (_uid == 0)
                    return true;
                continue;
            }

            bool isIt = record.TryFindEnriched(_enriched.All[place], out ReadOnlySpan<byte> looked)
                ? looked.SequenceEqual(_name)
                : FieldNumber.TryRead(field.Value, out long number) && number == _uid;
            if (isIt && !KernelFields.Overrule(record, field))
                return true;
        }

        return false;
    }

    int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < _fields.All.Count; index++)
        {
            if (name.SequenceEqual(_fields.All[index]))
                return index;
        }

        return -1;
    }
}
