using System.Runtime.CompilerServices;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>A record whose fields are interpreted one after the other, and what they need of the whole record: looked for once.</summary>
/// <remarks>
/// A field's meaning may hang on other fields and on the enrichment. Who may write user messages can put thousands of such fields into one record:
/// looked for anew for each, they would cost the square of the record's length.
/// <code>
/// passes over the record: 1 for machine, call and arguments; 1 for the family; 1 for the enriched address; 1 for each name that can be enriched
/// </code>
/// </remarks>
public ref struct RecordContext
{
    // FieldTypes has 25 names that can be enriched, and they are its first.
    internal const int EnrichedNamesMax = 32;

    // An account's name has 256 bytes at most (LOGIN_NAME_MAX of limits.h), twice that in hex, and so has a socket's path. What is longer is not
    // the answer to a lookup, and would be printed again for each field.
    internal const int EnrichedBytesMax = 1024;

    const uint NotEnriched = uint.MaxValue;

    readonly Record _record;
    Places _places;
    SyscallContext _syscall;
    ReadOnlySpan<byte> _enrichment;
    ReadOnlySpan<byte> _address;
    bool _hasSyscall;
    bool _hasEnrichment;
    bool _hasAddress;
    bool _hasFamily;
    bool _isArp;

    /// <summary>Begins a record; nothing is looked for yet.</summary>
    public RecordContext(in Record record)
    {
        _record = record;
        Type = record.Type;
    }

    /// <summary>The record's type.</summary>
    public RecordType Type { get; }

    /// <summary>How often the body or the enrichment was walked so far.</summary>
    internal int Passes { get; private set; }

    /// <summary>Whether the record is of the protocol family ARP, whose hooks have other names.</summary>
    internal bool IsArp
    {
        get
        {
            if (!_hasFamily)
            {
                _hasFamily = true;
                Passes++;
                _isArp = _record.TryFind("family"u8, out ReadOnlySpan<byte> family) && family.SequenceEqual("3"u8);
            }

            return _isArp;
        }
    }

    /// <summary>The enriched address with its braces, which hold blanks: <c>{ saddr_fam=inet laddr=127.0.0.1 lport=22 }</c>; empty for none.</summary>
    internal ReadOnlySpan<byte> EnrichedAddress
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

    /// <summary>What the system call's fields need of one another.</summary>
    /// <param name="own">This machine: the same for all calls.</param>
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
    internal bool TryFindEnriched(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        int entry = Enrichment.IsEmpty ? -1 : EntryOf(name);
        if (entry < 0)
            return false;
        if (_places[entry] == 0)
            _places[entry] = Find(name);
        if (_places[entry] == NotEnriched)
            return false;
        value = _enrichment.Slice((int)(_places[entry] >> 16), (ushort)_places[entry]);
        return value.Length <= EnrichedBytesMax && !value.StartsWith("unknown-"u8);
    }

    static int EntryOf(scoped ReadOnlySpan<byte> name)
    {
        NameTable names = FieldTypes.Names;
        for (int index = 0; index < EnrichedNamesMax; index++)
        {
            if (names.NameAt(index).SequenceEqual(name))
                return index;
        }

        return -1;
    }

    // Start and length, 16 bits each, as lines are shorter than that. A start is never 0: a name stands before it.
    uint Find(scoped ReadOnlySpan<byte> name)
    {
        Span<byte> upper = stackalloc byte[name.Length];
        for (int index = 0; index < name.Length; index++)
            upper[index] = name[index] is >= (byte)'a' and <= (byte)'z' ? (byte)(name[index] - 32) : name[index];
        Passes++;
        foreach (Field field in new FieldEnumerator(_enrichment))
        {
            if (field.Name.SequenceEqual(upper) && _enrichment.Overlaps(field.Name, out int start))
                return ((uint)(start + name.Length + 1) << 16) | (uint)field.Value.Length;
        }

        return NotEnriched;
    }

    static ReadOnlySpan<byte> FindAddress(ReadOnlySpan<byte> enrichment)
    {
        int start = enrichment.IndexOf("SADDR="u8);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> address = enrichment[(start + "SADDR="u8.Length)..];
        int length = address.IndexOf((byte)'}') + 1;
        return address.StartsWith("{"u8) && length <= EnrichedBytesMax ? address[..length] : default;
    }

    // Of each name that can be enriched: 0 where it wasn't looked for.
    [InlineArray(EnrichedNamesMax)]
    struct Places
    {
        uint _first;
    }
}
