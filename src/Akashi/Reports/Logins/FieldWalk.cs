using Akashi.Events;
using Akashi.Records;

namespace Akashi.Reports.Logins;

/// <summary>Looks for fields of an event one after the other, each after the one found before, as auparse's cursor does.</summary>
/// <remarks>What isn't found leaves the walk at its end: nothing is found any more until <see cref="Rewind"/>. The classic tools rest on that.</remarks>
/// <param name="auditEvent">The event; the values are valid as long as it is.</param>
public ref struct FieldWalk(AuditEvent auditEvent)
{
    int _record;
    FieldEnumerator _fields = auditEvent[0].Fields;

    /// <summary>Begins anew.</summary>
    public void Rewind()
    {
        _record = 0;
        _fields = auditEvent[0].Fields;
    }

    /// <summary>Goes to the next field of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Its raw value; empty where there is none.</param>
    /// <returns>False where none follows.</returns>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (true)
        {
            while (_fields.MoveNext())
            {
                if (!_fields.Current.Name.SequenceEqual(name))
                    continue;
                value = _fields.Current.Value;
                return true;
            }

            if (_record + 1 >= auditEvent.Count)
            {
                value = default;
                return false;
            }

            _fields = auditEvent[++_record].Fields;
        }
    }
}
