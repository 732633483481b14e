using System.Runtime.CompilerServices;
using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>The record whose fields are interpreted one by one, and what of it they needed so far: looked for once, and then there for the others.</summary>
sealed class KeptRecord
{
    const int FirstEnrichmentBytes = 512;

    // In the enrichment, as RecordContext has them.
    readonly uint[] _places = new uint[RecordContext.EnrichedNamesMax];

    // A copy: making the record anew for each field takes as long as a field's words.
    byte[] _enrichment = new byte[FirstEnrichmentBytes];
    int _enrichmentLength;
    int _addressStart;
    int _addressLength;
    AuditEvent? _event;
    int _index;
    SyscallContext _syscall;
    Facts _known;
    bool _isArp;

    /// <summary>Its type; there must be a record.</summary>
    internal RecordType Type { get; private set; }

    /// <summary>As <see cref="FieldClassification.HasOwnTypes"/>.</summary>
    internal bool HasOwnTypes { get; private set; }

    /// <summary>As <see cref="IRecordContext.IsArp"/>.</summary>
    internal bool IsArp
    {
        get
        {
            if ((_known & Facts.Family) == 0)
                KeepFamily();
            return _isArp;
        }
    }

    /// <summary>As <see cref="IRecordContext.EnrichedAddress"/>.</summary>
    internal ReadOnlySpan<byte> EnrichedAddress
    {
        get
        {
            if ((_known & Facts.Address) == 0)
                KeepAddress();
            return _enrichment.AsSpan(_addressStart, _addressLength);
        }
    }

    /// <summary>Whether it is a record of an event.</summary>
    internal bool Is(AuditEvent? auditEvent, int index) => index == _index && ReferenceEquals(auditEvent, _event);

    /// <summary>Another record begins; none where there is no event.</summary>
    internal void Become(AuditEvent? auditEvent, int index)
    {
        _event = auditEvent;
        _index = index;
        Type = auditEvent?.TypeAt(index) ?? default;
        HasOwnTypes = FieldClassification.HasOwnTypes(Type);
        _known = Facts.None;
    }

    /// <summary>As <see cref="IRecordContext.Syscall"/>.</summary>
    internal ref readonly SyscallContext Syscall(Machine own)
    {
        if ((_known & Facts.Syscall) == 0)
            KeepSyscall(own);
        return ref _syscall;
    }

    /// <summary>As <see cref="IRecordContext.TryFindEnriched"/>.</summary>
    internal bool TryFindEnriched(int entry, out ReadOnlySpan<byte> value)
    {
        if ((_known & Facts.Enrichment) == 0)
            KeepEnrichment();
        uint place = (uint)entry < (uint)_places.Length ? _places[entry] : RecordContext.NotEnriched;
        if (place == RecordContext.NotEnriched)
        {
            value = default;
            return false;
        }

        value = _enrichment.AsSpan((int)(place >> 16), (ushort)place);
        return RecordContext.Answers(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void KeepEnrichment()
    {
        _known |= Facts.Enrichment;
        ReadOnlySpan<byte> enrichment = _event![_index].Enrichment;
        if (_enrichment.Length < enrichment.Length)
            _enrichment = new byte[Record.LineBytesMax];
        enrichment.CopyTo(_enrichment);
        _enrichmentLength = enrichment.Length;
        Array.Clear(_places);
        if (!enrichment.IsEmpty)
            RecordContext.FindPlaces(enrichment, _places);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void KeepAddress()
    {
        if ((_known & Facts.Enrichment) == 0)
            KeepEnrichment();
        _known |= Facts.Address;
        ReadOnlySpan<byte> enrichment = _enrichment.AsSpan(0, _enrichmentLength);
        ReadOnlySpan<byte> address = RecordContext.FindAddress(enrichment);
        _addressLength = address.Length;
        _addressStart = enrichment.Overlaps(address, out int start) ? start : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void KeepSyscall(Machine own)
    {
        _known |= Facts.Syscall;
        _syscall = SyscallContext.Of(_event![_index], own);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void KeepFamily()
    {
        _known |= Facts.Family;
        _isArp = RecordContext.FindArp(_event![_index]);
    }

    [Flags]
    enum Facts : byte
    {
        None = 0,
        Enrichment = 1,
        Syscall = 2,
        Family = 4,
        Address = 8,
    }
}

/// <summary>What is kept of a record, for an <see cref="Interpreter"/>: a type of value, so that it's compiled for this alone, without calls by table.</summary>
readonly struct KeptContext(KeptRecord record) : IRecordContext
{
    /// <inheritdoc/>
    public RecordType Type => record.Type;

    /// <inheritdoc/>
    public bool IsArp => record.IsArp;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> EnrichedAddress => record.EnrichedAddress;

    /// <inheritdoc/>
    public SyscallContext Syscall(Machine own) => record.Syscall(own);

    /// <inheritdoc/>
    public bool TryFindEnriched(int entry, out ReadOnlySpan<byte> value) => record.TryFindEnriched(entry, out value);
}
