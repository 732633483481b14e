using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What contexts of one record found out, for contexts that are made anew for each of its fields.</summary>
sealed class KeptContext
{
    bool _hasSyscall;
    Machine _machine;
    long _number;
    ulong _a0, _a1;
    ArgumentKinds _arguments;

    // Where it begins in the line; -1 where that wasn't looked for.
    int _start = -1;

    readonly uint[] _places = new uint[RecordContext.EnrichedNamesMax];

    /// <summary>Whether the record's enrichment was walked.</summary>
    internal bool IsFilled { get; set; }

    /// <summary>As <see cref="RecordContext"/> has them.</summary>
    internal Span<uint> Places => _places;

    /// <summary>The record's enrichment, looked for once.</summary>
    internal ReadOnlySpan<byte> EnrichmentOf(scoped in Record record)
    {
        if (_start < 0)
            _start = record.Line.Length - record.Enrichment.Length;
        return record.Line[_start..];
    }

    /// <summary>The record has no enrichment.</summary>
    internal void FillEmpty()
    {
        if (IsFilled)
            return;
        Array.Clear(_places);
        IsFilled = true;
    }

    /// <summary>Finds an enriched value, once the enrichment was walked.</summary>
    /// <param name="line">The record's line.</param>
    /// <param name="entry">The field's entry in <see cref="FieldTypes"/>.</param>
    /// <param name="value">The value; empty where there is none that answers.</param>
    internal bool TryFindEnriched(ReadOnlySpan<byte> line, int entry, out ReadOnlySpan<byte> value)
    {
        value = default;
        if ((uint)entry >= (uint)_places.Length || _places[entry] == 0)
            return false;
        value = line[_start..].Slice((int)(_places[entry] >> 16), (ushort)_places[entry]);
        return RecordContext.Answers(value);
    }

    /// <summary>What the record's system call is, looked for once.</summary>
    internal SyscallContext SyscallOf(scoped in Record record, Machine own)
    {
        if (_hasSyscall)
            return SyscallContext.Again(_machine, _number, _a0, _a1, _arguments);
        SyscallContext found = SyscallContext.Of(record, own);
        (_hasSyscall, _machine, _number, _a0, _a1, _arguments) = (true, found.Machine, found.Number, found.A0, found.A1, found.Arguments);
        return found;
    }

    /// <summary>Another record begins.</summary>
    internal void Clear()
    {
        _hasSyscall = false;
        IsFilled = false;
        _start = -1;
    }
}
