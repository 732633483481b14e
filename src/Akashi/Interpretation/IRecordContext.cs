using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What a field's meaning may need of the record that it stands in.</summary>
interface IRecordContext
{
    /// <summary>The record's type.</summary>
    RecordType Type { get; }

    /// <summary>Whether the record is of the protocol family ARP, whose hooks have other names.</summary>
    bool IsArp { get; }

    /// <summary>The enriched address with its braces, which hold blanks: <c>{ saddr_fam=inet laddr=127.0.0.1 lport=22 }</c>; empty for none.</summary>
    ReadOnlySpan<byte> EnrichedAddress { get; }

    /// <summary>What the system call's fields need of one another.</summary>
    /// <param name="own">This machine: the same for all calls.</param>
    SyscallContext Syscall(Machine own);

    /// <summary>Finds the first enriched value of a field.</summary>
    /// <param name="entry">The entry of <see cref="FieldTypes"/> that has the field's name; -1 for none.</param>
    /// <param name="value">The value, quotes and all.</param>
    /// <returns>False where there is none that answers.</returns>
    bool TryFindEnriched(int entry, out ReadOnlySpan<byte> value);
}
