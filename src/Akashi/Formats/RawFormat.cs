using Akashi.Events;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>Every record as it stands in the trail, in the order it came, enrichment and all.</summary>
public sealed class RawFormat : IEventFormat
{
    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            output.Write(auditEvent[index].Line);
            output.Write((byte)'\n');
        }
    }
}
