using System.Runtime.CompilerServices;
using Akashi.Events;
using Akashi.Records;

namespace Akashi.LibAudit.Auparse;

/// <summary>The fields of an event's records: each record's are found when they're first asked for.</summary>
/// <param name="memory">Where their texts go.</param>
sealed class EventFields(EventMemory memory)
{
    const int Unknown = -1;

    readonly FieldSplitter _splitter = new(memory);
    Range[] _records = new Range[8];
    FieldEntry[] _fields = new FieldEntry[32];
    int _count;

    // The record that was asked for last: programs walk it field by field.
    int _record = Unknown;
    Range _found;

    /// <summary>The event; null for none.</summary>
    internal AuditEvent? Event { get; private set; }

    /// <summary>Another event begins.</summary>
    internal void Begin(AuditEvent? auditEvent)
    {
        memory.Clear();
        Event = auditEvent;
        _count = 0;
        _record = Unknown;
        if (auditEvent is null)
            return;
        if (_records.Length < auditEvent.Count)
            _records = new Range[Math.Max(auditEvent.Count, _records.Length * 2)];
        _records.AsSpan(0, auditEvent.Count).Fill(new Range(Unknown, 0));
    }

    /// <summary>How many fields a record has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CountOf(int record)
    {
        if (record != _record)
            GoTo(record);
        return _found.Count;
    }

    /// <summary>A field; valid until another record's are asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref FieldEntry At(int record, int field)
    {
        if (record != _record)
            GoTo(record);
        return ref _fields[_found.Start + field];
    }

    /// <summary>Finds the field whose value stands at a place of a record's line, or that has the name where it stands nowhere.</summary>
    /// <returns>Its index; -1 for none.</returns>
    internal int Find(int record, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int count = CountOf(record), named = -1;
        int start = Event![record].Line.Overlaps(value, out int at) ? at : -1;
        for (int field = 0; field < count; field++)
        {
            ref FieldEntry entry = ref At(record, field);
            if (!entry.NameBytes.SequenceEqual(name))
                continue;
            if (entry.ValueStart == start && start >= 0)
                return field;
            if (named < 0)
                named = field;
        }

        return named;
    }

    void GoTo(int record)
    {
        ref Range range = ref _records[record];
        if (range.Start == Unknown)
        {
            int start = _count;
            _splitter.Split(Event![record], ref _fields, ref _count);
            range = new Range(start, _count - start);
        }

        _found = range;
        _record = record;
    }

    readonly record struct Range(int Start, int Count);
}
