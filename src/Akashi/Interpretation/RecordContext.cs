using System.Runtime.CompilerServices;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>A record whose fields are interpreted one after the other, and what they need of the whole record: looked for once.</summary>
/// <remarks>
/// A field's meaning may hang on other fields and on the enrichment. Who may write user messages can put thousands of such fields into one record:
/// looked for anew for each, they would cost the square of the record's length.
/// <code>
/// passes over the record: 1 for machine, call and arguments; 1 for the family; 1 for the enriched address; 1 for all enriched names
/// </code>
/// </remarks>
public ref struct RecordContext : IRecordContext
{
    // FieldTypes has 25 names that can be enriched, and they are its first.
    internal const int EnrichedNamesMax = 32;

    // An account's name has 256 bytes at most (LOGIN_NAME_MAX of limits.h), twice that in hex, and so has a socket's path. What is longer is not
    // the answer to a lookup, and would be printed again for each field.
    internal const int EnrichedBytesMax = 1024;

    internal const uint NotEnriched = 0;

    readonly Record _record;
    Places _places;
    SyscallContext _syscall;
    ReadOnlySpan<byte> _enrichment;
    FieldEnumerator _walk;
    ReadOnlySpan<byte> _address;
    bool _hasSyscall;
    bool _hasEnrichment;
    bool _hasWalk;
    bool _hasAddress;
    bool _hasFamily;
    bool _isArp;

    /// <summary>Begins a record; nothing is looked for yet.</summary>
    public RecordContext(in Record record)
    {
        _record = record;
        Type = record.Type;
    }

    /// <inheritdoc/>
    public RecordType Type { get; }

    /// <summary>How often the body or the enrichment was walked so far.</summary>
    internal int Passes { get; private set; }

    bool IRecordContext.IsArp
    {
        get
        {
            if (!_hasFamily)
            {
                _hasFamily = true;
                Passes++;
                _isArp = FindArp(_record);
            }

            return _isArp;
        }
    }

    ReadOnlySpan<byte> IRecordContext.EnrichedAddress
    {
        get
        {
            if (!_hasAddress)
            {
                _hasAddress = true;
                Passes++;
                _address = FindAddress(Enrichment);
            }

            return _address;
        }
    }

    ReadOnlySpan<byte> Enrichment
    {
        get
        {
            if (!_hasEnrichment)
            {
                _hasEnrichment = true;
                Passes++;
                _enrichment = _record.Enrichment;
            }

            return _enrichment;
        }
    }

    /// <inheritdoc cref="IRecordContext.Syscall"/>
    internal SyscallContext Syscall(Machine own)
    {
        if (!_hasSyscall)
        {
            _hasSyscall = true;
            Passes++;
            _syscall = SyscallContext.Of(_record, own);
        }

        return _syscall;
    }

    /// <summary>Finds the first enriched value of a field.</summary>
    /// <param name="name">The field's name as the body has it.</param>
    /// <param name="value">The value, quotes and all.</param>
    internal bool TryFindEnriched(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        TryFindEnriched(FieldIndex.EntryOf(name), out value);

    /// <inheritdoc cref="IRecordContext.TryFindEnriched"/>
    internal bool TryFindEnriched(int entry, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (entry is < 0 or >= EnrichedNamesMax || Enrichment.IsEmpty)
            return false;
        if (_places[entry] == NotEnriched && !TryWalkTo(entry))
            return false;
        value = _enrichment.Slice((int)(_places[entry] >> 16), (ushort)_places[entry]);
        return Answers(value);
    }

    SyscallContext IRecordContext.Syscall(Machine own) => Syscall(own);

    bool IRecordContext.TryFindEnriched(int entry, out ReadOnlySpan<byte> value) => TryFindEnriched(entry, out value);

    /// <summary>Whether an enriched value is the answer to a lookup; <c>unknown-</c> is none, for newer tables may know.</summary>
    internal static bool Answers(ReadOnlySpan<byte> value) => value.Length <= EnrichedBytesMax && !value.StartsWith("unknown-"u8);

    /// <summary>Finds the enriched values of all names: one walk.</summary>
    /// <param name="enrichment">The record's enrichment.</param>
    /// <param name="places">Of each name that can be enriched, by its entry in <see cref="FieldTypes"/>: start and length of its first value, 16 bits each;
    /// stays <see cref="NotEnriched"/> where it has none.</param>
    internal static void FindPlaces(ReadOnlySpan<byte> enrichment, scoped Span<uint> places)
    {
        var walk = new FieldEnumerator(enrichment);
        TryWalkTo(-1, enrichment, ref walk, places);
    }

    // Goes on from where the last walk stopped: who asks for one name pays for no more, who asks for all for one walk.
    bool TryWalkTo(int wanted)
    {
        if (!_hasWalk)
        {
            _hasWalk = true;
            Passes++;
            _walk = new FieldEnumerator(_enrichment);
        }

        return TryWalkTo(wanted, _enrichment, ref _walk, _places);
    }

    // Keeps the places of what it passes. 16 bits are enough, as lines are shorter than that. A start is never 0: a name stands before it.
    static bool TryWalkTo(int wanted, ReadOnlySpan<byte> enrichment, scoped ref FieldEnumerator walk, scoped Span<uint> places)
    {
        while (walk.MoveNext())
        {
            Field field = walk.Current;
            int entry = FieldIndex.EntryOfCapitals(field.Name);
            if (entry is < 0 or >= EnrichedNamesMax || places[entry] != NotEnriched || !enrichment.Overlaps(field.Name, out int start))
                continue;
            places[entry] = ((uint)(start + field.Name.Length + 1) << 16) | (uint)field.Value.Length;
            if (entry == wanted)
                return true;
        }

        return false;
    }

    /// <summary>Whether a record is of the protocol family ARP.</summary>
    internal static bool FindArp(scoped in Record record) => record.TryFind("family"u8, out ReadOnlySpan<byte> family) && family.SequenceEqual("3"u8);

    /// <summary>The address of an enrichment, as <see cref="IRecordContext.EnrichedAddress"/> has it.</summary>
    internal static ReadOnlySpan<byte> FindAddress(ReadOnlySpan<byte> enrichment)
    {
        int start = enrichment.IndexOf("SADDR="u8);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> address = enrichment[(start + "SADDR="u8.Length)..];
        int length = address.IndexOf((byte)'}') + 1;
        return address.StartsWith("{"u8) && length <= EnrichedBytesMax ? address[..length] : default;
    }

    // Of each name that can be enriched: 0 where it isn't.
    [InlineArray(EnrichedNamesMax)]
    struct Places
    {
        uint _first;
    }
}
