using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>One of the event's records is of one of some types.</summary>
/// <param name="types">The types.</param>
public sealed class RecordTypeCondition(IReadOnlyCollection<RecordType> types) : EventCondition
{
    // More needles cost more than looking at every event.
    const int NeedlesMax = 4;

    readonly ushort[] _types = [.. types.Select(type => (ushort)type)];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles => _types.Length > NeedlesMax ? [] : [.. _types.SelectMany(type => Spellings((RecordType)type))];

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (_types.AsSpan().Contains((ushort)auditEvent[index].Type))
                return true;
        }

        return false;
    }

    // Every name of a number, and the form for a number without a name, whichever the writer's table had.
    static IEnumerable<byte[]> Spellings(RecordType type)
    {
        var spellings = new List<byte[]> { Encoding.ASCII.GetBytes($"type=UNKNOWN[{(int)type}] ") };
        NameTable names = RecordTypes.Names;
        for (int index = 0; index < names.Count; index++)
        {
            if (names.NumberAt(index) == (long)type)
                spellings.Add([.. "type="u8, .. names.NameAt(index), (byte)' ']);
        }

        return spellings;
    }
}
