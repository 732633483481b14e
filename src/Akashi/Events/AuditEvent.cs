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
    const int FirstRecords = 4;

    RecordSlice[] _records = new RecordSlice[FirstRecords];
    RecordOrigin[] _origins = [];
    int _nodeLength;

    /// <summary>When it happened, and its serial.</summary>
    public EventStamp Stamp { get; private set; }

    /// <summary>The node's name; empty for none.</summary>
    public ReadOnlySpan<byte> Node => _nodeLength == 0 ? default : this[0].Node;

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

    /// <summary>Bytes of its records.</summary>
    public int Length { get; private set; }

    /// <summary>A record; valid as long as the event.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public Record this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly RecordSlice slice = ref _records[index];
            return new Record(slice.Chunk.Bytes.AsSpan(slice.Start, slice.Length), slice.ToLayout(Stamp));
        }
    }

    /// <summary>A record's type, without the record: for those who look at all of them for one.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public RecordType TypeAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _records[index].Type;
    }

    /// <summary>Where a record stands; only of events whose assembler keeps that.</summary>
    /// <param name="index">0 to Count - 1.</param>
    internal RecordOrigin OriginOf(int index) => _origins[index];

    /// <summary>A copy of its own, for whoever keeps it.</summary>
    public AuditEvent Detach()
    {
        var copy = new AuditEvent();
        CopyTo(copy, new ArenaChunk(new byte[Length]));
        return copy;
    }

    /// <summary>Makes another event a copy, with its bytes in a chunk that has room for them; the other must hold nothing of an arena.</summary>
    internal void CopyTo(AuditEvent copy, ArenaChunk chunk)
    {
        if (copy._records.Length < Count)
            copy._records = new RecordSlice[Count];
        copy._nodeLength = _nodeLength;
        copy.Length = Length;
        copy.Count = Count;
        copy.Stamp = Stamp;
        copy.IsComplete = IsComplete;
        copy.IsCandidate = IsCandidate;
        copy.Origin = Origin;
        for (int index = 0; index < Count; index++)
        {
            ref readonly RecordSlice slice = ref _records[index];
            slice.Chunk.Bytes.AsSpan(slice.Start, slice.Length).CopyTo(chunk.Bytes.AsSpan(chunk.Used));
            copy._records[index] = slice with { Chunk = chunk, Start = chunk.Used };
            chunk.Used += slice.Length;
        }
    }

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

    internal void Begin(in Record record, RecordOrigin origin, RecordArena arena)
    {
        Stamp = record.Stamp;
        Origin = origin;
        Count = 0;
        Length = 0;
        _nodeLength = record.Node.Length;
        IsClosed = false;
        IsComplete = false;
        IsCandidate = false;
        Append(record, arena);
    }

    internal void Append(in Record record, RecordArena arena)
    {
        if (Count == _records.Length)
            Array.Resize(ref _records, Count * 2);
        ArenaChunk chunk = arena.Append(record.Line, out int start);
        _records[Count++] = new RecordSlice(chunk, start, record);
        Length += record.Line.Length;
    }

    /// <summary>Keeps where the record stands that came last.</summary>
    internal void KeepOrigin(RecordOrigin origin)
    {
        if (_origins.Length < Count)
            Array.Resize(ref _origins, _records.Length);
        _origins[Count - 1] = origin;
    }

    /// <summary>Gives its bytes back: it has left and is to be used again.</summary>
    internal void End(RecordArena arena)
    {
        for (int index = 0; index < Count; index++)
            arena.GiveBack(_records[index].Chunk);
        Count = 0;
    }

    /// <summary>Whether a record belongs to it.</summary>
    internal bool IsOf(in Record record) =>
        Stamp == record.Stamp && _nodeLength == record.Node.Length && (_nodeLength == 0 || Node.SequenceEqual(record.Node));

    // Small, as thousands are open at once: the stamp is the event's.
    record struct RecordSlice
    {
        readonly ushort _length;
        readonly ushort _typeStart;
        readonly ushort _typeLength;
        readonly ushort _bodyStart;

        // Asked for several times an event by who normalises, and never by who prints as it stands: looked up when first asked for; 0 until then.
        RecordType _type;

        public RecordSlice(ArenaChunk chunk, int start, in Record record)
        {
            Chunk = chunk;
            Start = start;
            _length = (ushort)record.Line.Length;
            _typeStart = record.Layout.TypeStart;
            _typeLength = record.Layout.TypeLength;
            _bodyStart = record.Layout.BodyStart;
        }

        public RecordType Type => _type == 0 ? _type = RecordTypeName.ToNumber(TypeName) : _type;

        readonly ReadOnlySpan<byte> TypeName => Chunk.Bytes.AsSpan(Start + _typeStart, _typeLength);

        public ArenaChunk Chunk { readonly get; init; }

        public int Start { readonly get; init; }

        public readonly int Length => _length;

        public readonly RecordLayout ToLayout(EventStamp stamp) => new(stamp, _typeStart, _typeLength, _bodyStart);
    }
}
