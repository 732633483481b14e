namespace Akashi.LibAudit.Auparse;

/// <summary>A place in an event: a record, and a field of it.</summary>
/// <remarks>
/// It may stand behind the last record, where a search for a field ended; there is no field then. Each record keeps its own place: who comes back by
/// <see cref="TryNextRecord"/> finds the field where it was left, as in the original.
/// </remarks>
sealed unsafe class EventCursor(EventFields fields)
{
    const int None = -1;

    int[] _places = new int[8];
    byte[]? _wanted;
    int _wantedLength;

    /// <summary>The record's index; -1 behind the last.</summary>
    internal int Record { get; private set; } = None;

    /// <summary>The field's index; there must be a record.</summary>
    internal int Field => _places[Record];

    /// <summary>Whether there is a record.</summary>
    internal bool HasRecord => Record >= 0;

    int Records => fields.Event?.Count ?? 0;

    /// <summary>The field's entry; there must be a record. Every record has a field, its type.</summary>
    internal ref FieldEntry Entry => ref fields.At(Record, Field);

    /// <summary>Goes to the first record of an event that was just taken.</summary>
    internal void Begin()
    {
        if (_places.Length < Records)
            _places = new int[Math.Max(Records, _places.Length * 2)];
        _places.AsSpan(0, Records).Clear();
        Record = Records > 0 ? 0 : None;
    }

    /// <summary>Goes to a record's first field.</summary>
    internal bool TryGoToRecord(uint record)
    {
        if (record >= (uint)Records)
            return false;
        GoTo((int)record, 0);
        return true;
    }

    /// <summary>Goes to the next record; behind the last where there is none.</summary>
    internal bool TryNextRecord()
    {
        if (!HasRecord)
            return false;
        Record = Record + 1 < Records ? Record + 1 : None;
        return HasRecord;
    }

    /// <summary>Goes to a field of the record.</summary>
    internal bool TryGoToField(uint field)
    {
        if (!HasRecord || field >= (uint)fields.CountOf(Record))
            return false;
        _places[Record] = (int)field;
        return true;
    }

    /// <summary>Goes to the record's next field; stays where there is none.</summary>
    internal bool TryNextField() => HasRecord && TryGoToField((uint)Field + 1);

    /// <summary>Goes to a place that is known.</summary>
    internal void GoTo(int record, int field)
    {
        Record = record;
        _places[record] = field;
    }

    /// <summary>Finds a field from where it stands on; the name is kept for <see cref="FindNext"/>.</summary>
    internal byte* Find(ReadOnlySpan<byte> name)
    {
        if (_wanted is null || _wanted.Length < name.Length)
            _wanted = new byte[Math.Max(32, name.Length)];
        _wantedLength = name.Length;
        name.CopyTo(_wanted);
        if (HasRecord && Entry.NameBytes.SequenceEqual(name))
            return Entry.Value;
        return FindNext();
    }

    /// <summary>Whether a name was asked for.</summary>
    internal bool HasWanted => _wanted is not null;

    /// <summary>Finds the next field of the name.</summary>
    /// <remarks>From the last field of a record it finds none in the following ones, and stays, as the original does.</remarks>
    internal byte* FindNext()
    {
        if (_wanted is null || !HasRecord || Field + 1 >= fields.CountOf(Record))
            return null;
        ReadOnlySpan<byte> wanted = _wanted.AsSpan(0, _wantedLength);
        int field = Field + 1;
        for (int record = Record; record < Records; record++, field = 0)
        {
            for (int count = fields.CountOf(record); field < count; field++)
            {
                ref FieldEntry entry = ref fields.At(record, field);
                if (!entry.NameBytes.SequenceEqual(wanted))
                    continue;
                GoTo(record, field);
                return entry.Value;
            }
        }

        Record = None;
        return null;
    }
}
