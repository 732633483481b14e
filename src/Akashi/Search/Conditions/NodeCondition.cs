using System.Text;
using Akashi.Events;

namespace Akashi.Search.Conditions;

/// <summary>The event comes from one of some nodes; names compare exactly.</summary>
/// <param name="nodes">The names.</param>
public sealed class NodeCondition(IReadOnlyList<string> nodes) : EventCondition
{
    readonly byte[][] _nodes = [.. nodes.Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles => [.. _nodes.Select(node => (byte[])[.. "node="u8, .. node, .. " type="u8])];

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        foreach (byte[] node in _nodes)
        {
            if (auditEvent.Node.SequenceEqual(node))
                return true;
        }

        return false;
    }
}
