using Akashi.Events;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>One of the event's keys holds a text.</summary>
/// <remarks>A record with several keys has them in hex, joined by the byte 0x01; each is compared by itself.</remarks>
/// <param name="pattern">The text.</param>
public sealed class KeyCondition(TextPattern pattern) : EventCondition
{
    const byte Joint = 0x01;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles { get; } = pattern.Needles();

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                // A program's record isn't caught by a rule: what it calls a key is none.
                if (field.Name.SequenceEqual("key"u8) && !field.IsNested && !field.Value.SequenceEqual("(null)"u8) && IsInAny(field.Value))
                    return true;
            }
        }

        return false;
    }

    bool IsInAny(ReadOnlySpan<byte> raw)
    {
        ReadOnlySpan<byte> keys = pattern.Decode(raw);
        foreach (Range key in keys.Split(Joint))
        {
            if (pattern.IsIn(keys[key]))
                return true;
        }

        return false;
    }
}
