using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>The event came from a host, by name or by address.</summary>
/// <remarks>A socket's address counts too. It stands in hex, so that there is no text to look for.</remarks>
/// <param name="pattern">The text.</param>
public sealed class HostNameCondition(TextPattern pattern) : EventCondition
{
    static readonly FieldNames s_fields = new("hostname", "addr");

    readonly InterpretedText _address = new();

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (s_fields.Contains(field.Name) && pattern.IsInRaw(field.Value))
                    return true;
                if (field.Name.SequenceEqual("saddr"u8) && IsAddress(field.Value))
                    return true;
            }
        }

        return false;
    }

    bool IsAddress(ReadOnlySpan<byte> value)
    {
        _address.Clear();
        return SocketAddress.TryWriteHost(value, _address) && pattern.IsIn(_address.Bytes);
    }
}
