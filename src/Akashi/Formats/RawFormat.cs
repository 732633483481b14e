using Akashi.Events;
using Akashi.Output;
using Akashi.Records;

namespace Akashi.Formats;

/// <summary>Every record as it stands in the trail, in the order it came, enrichment and all.</summary>
/// <remarks>
/// Where one record of an event was enriched, those without enrichment get its separator at their end too: the original does, and files made
/// by it are compared byte for byte.
/// </remarks>
public sealed class RawFormat : IEventFormat
{
    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        bool isEnriched = IsEnriched(auditEvent);
        for (int index = 0; index < auditEvent.Count; index++)
        {
            ReadOnlySpan<byte> line = auditEvent[index].Line;
            output.Write(line);
            if (isEnriched && !line.Contains(Record.EnrichmentSeparator))
                output.Write(Record.EnrichmentSeparator);
            output.Write((byte)'\n');
        }
    }

    static bool IsEnriched(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent[index].Line.Contains(Record.EnrichmentSeparator))
                return true;
        }

        return false;
    }
}
