namespace Akashi.LibAudit.Auparse;

/// <summary>A place in an event: a record, and a field of it.</summary>
/// <remarks>It may stand behind the last record, where a search for a field ended; there is no field then.</remarks>
sealed unsafe class EventCursor(EventFields fields)
{
    const int None = -1;

    byte[]? _wanted;
    int _wantedLength;

    /// <summary>The record's index; -1 behind the last.</summary>
    internal int Record { get; private set; } = None;

    /// <summary>The field's index.</summary>
    internal int Field { get; private set; }

    /// <summary>Whether there is a record.</summary>
    internal bool HasRecord => Record >= 0;

    int Records => fields.Event?.Count ?? 0;

    /// <summary>The field's entry; there must be a record. Every record has a field, its type.</summary>
    internal ref FieldEntry Entry
    {
        get
        {
            fields.CountOf(Record);
            return ref fields.At(Record, Field);
        }
    }

    /// <summary>Goes to the first record of an event that was just taken.</summary>
    internal void Begin() => (Record, Field) = (Records > 0 ? 0 : None, 0);

    /// <summary>Goes to a record's first field.</summary>
    internal bool TryGoToRecord(uint record)
    {
        if (record >= (uint)Records)
            return false;
        (Record, Field) = ((int)record, 0);
        return true;
    }

    /// <summary>Goes to the next record; behind the last where there is none.</summary>
    internal bool TryNextRecord()
    {
        if (!HasRecord)
            return false;
        (Record, Field) = (Record + 1 < Records ? Record + 1 : None, 0);
        return HasRecord;
    }

    /// <summary>Goes to a field of the record.</summary>
    internal bool TryGoToField(uint field)
    {
        if (!HasRecord || field >= (uint)fields.CountOf(Record))
            return false;
        Field = (int)field;
        return true;
    }

    /// <summary>Goes to the record's next field; stays where there is none.</summary>
    internal bool TryNextField() => TryGoToField((uint)Field + 1);

    /// <summary>Goes to a place that is known.</summary>
    internal void GoTo(int record, int field) => (Record, Field) = (record, field);

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
                (Record, Field) = (record, field);
                return entry.Value;
            }
        }

        (Record, Field) = (None, 0);
        return null;
    }
}
