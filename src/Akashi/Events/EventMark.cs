using Akashi.Records;

namespace Akashi.Events;

/// <summary>Which event it was, after its records are gone: stamp, node, and the type of its first record.</summary>
/// <param name="stamp">Its stamp; the default where there was no event.</param>
/// <param name="node">Its node; empty for none.</param>
/// <param name="typeNumber">The type of its first record; <see cref="UnknownType"/> for one that no table knows.</param>
public sealed class EventMark(EventStamp stamp, byte[] node, uint typeNumber)
{
    /// <summary>The type of a record whose type no table knows, -1 as the original has it.</summary>
    public const uint UnknownType = uint.MaxValue;

    byte[] _node = node;
    int _nodeLength = node.Length;

    /// <summary>The stamp; the default where there was no event.</summary>
    public EventStamp Stamp { get; private set; } = stamp;

    /// <summary>The type of the first record.</summary>
    public uint TypeNumber { get; private set; } = typeNumber;

    /// <summary>The node; empty for none.</summary>
    public ReadOnlySpan<byte> Node => _node.AsSpan(0, _nodeLength);

    /// <summary>Whether it is this event's.</summary>
    public bool IsOf(AuditEvent auditEvent) =>
        Stamp == auditEvent.Stamp && TypeNumber == NumberOf(auditEvent) && Node.SequenceEqual(auditEvent.Node);

    /// <summary>Becomes this event's; allocates nothing but for a node that is longer than any before.</summary>
    public void Take(AuditEvent auditEvent)
    {
        Stamp = auditEvent.Stamp;
        TypeNumber = NumberOf(auditEvent);
        ReadOnlySpan<byte> node = auditEvent.Node;
        if (_node.Length < node.Length)
            _node = new byte[node.Length];
        node.CopyTo(_node);
        _nodeLength = node.Length;
    }

    static uint NumberOf(AuditEvent auditEvent) => auditEvent.TypeAt(0) is var type && type == 0 ? UnknownType : (uint)type;
}
