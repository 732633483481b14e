using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Events;

/// <summary>All records of one stamp and node, in the order they came.</summary>
/// <remarks>
/// Pooled: an event taken from an <see cref="EventAssembler"/> is valid until the next one is taken. Who keeps it calls
/// <see cref="Detach"/>. What is interpreted or normalised is computed by callers and not stored here.
/// </remarks>
public sealed class AuditEvent
{
    // Most events fit; thousands are open at once where many happen in a second, and should stay in the cache.
    const int FirstBytes = 768;
    const int FirstRecords = 4;

    byte[] _bytes = new byte[FirstBytes];
    RecordSlice[] _records = new RecordSlice[FirstRecords];
    int _length;

    /// <summary>When it happened, and its serial.</summary>
    public EventStamp Stamp { get; private set; }

    /// <summary>The node's name; empty for none.</summary>
    public ReadOnlySpan<byte> Node => Count == 0 ? default : this[0].Node;

    /// <summary>How many records it has; at least 1.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a record that ends events came, or the time for more ran out; false where it had to leave early.</summary>
    public bool IsComplete { get; internal set; }

    /// <summary>Whether no record joins it any more.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Whether a candidate source pointed at one of its records.</summary>
    public bool IsCandidate { get; internal set; }

    /// <summary>Where its first record stands, as the one who added it said.</summary>
    public RecordOrigin Origin { get; private set; }

    /// <summary>Bytes held for its records.</summary>
    public int Length => _length;

    /// <summary>Bytes of room for records.</summary>
    internal int Capacity => _bytes.Length;

    /// <summary>A record; valid as long as the event.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public Record this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly RecordSlice slice = ref _records[index];
            return new Record(_bytes.AsSpan(slice.Start, slice.Length), slice.Layout);
        }
    }

    /// <summary>A copy of its own, for whoever keeps it.</summary>
    public AuditEvent Detach() => new()
    {
        _bytes = _bytes.AsSpan(0, _length).ToArray(),
        _records = _records.AsSpan(0, Count).ToArray(),
        _length = _length,
        Count = Count,
        Stamp = Stamp,
        IsComplete = IsComplete,
        IsCandidate = IsCandidate,
        Origin = Origin,
    };

    /// <summary>Finds the first field of that name among all records.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (int index = 0; index < Count; index++)
        {
            if (this[index].TryFind(name, out value))
                return true;
        }

        value = default;
        return false;
    }

    /// <summary>Finds the first record of a type.</summary>
    public bool TryFindRecord(RecordType type, out Record record)
    {
        for (int index = 0; index < Count; index++)
        {
            record = this[index];
            if (record.Type == type)
                return true;
        }

        record = default;
        return false;
    }

    internal void Begin(in Record record, RecordOrigin origin)
    {
        Stamp = record.Stamp;
        Origin = origin;
        Count = 0;
        _length = 0;
        IsClosed = false;
        IsComplete = false;
        IsCandidate = false;
        Append(record);
    }

    internal void Append(in Record record)
    {
        if (record.Line.Length > _bytes.Length - _length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + record.Line.Length));
        if (Count == _records.Length)
            Array.Resize(ref _records, Count * 2);
        record.Line.CopyTo(_bytes.AsSpan(_length));
        _records[Count++] = new RecordSlice(_length, record.Line.Length, record.Layout);
        _length += record.Line.Length;
    }

    internal bool IsOf(in Record record) =>
        Stamp == record.Stamp && Node.SequenceEqual(record.Node);

    readonly record struct RecordSlice(int Start, int Length, RecordLayout Layout);
}
