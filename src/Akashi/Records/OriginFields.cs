namespace Akashi.Records;

/// <summary>The enriched fields that tell where a process comes from; auditd of akashi.conf's enrich_parent and enrich_unit adds them behind all others.</summary>
/// <remarks>
/// <c>PARENT_COMM="bash" UNIT="session-3.scope" CONTAINER="docker:4e1f…" LATE=parent_comm,unit</c>: each may be missing. Texts are written as the kernel writes those
/// that it doesn't trust (<see cref="EncodedText"/>), and so hold no blanks. The original tools pass over them.
/// </remarks>
public static class OriginFields
{
    /// <summary>The name of the parent's command.</summary>
    public static ReadOnlySpan<byte> ParentCommand => "PARENT_COMM"u8;

    /// <summary>The unit of systemd.</summary>
    public static ReadOnlySpan<byte> Unit => "UNIT"u8;

    /// <summary>Engine and id of the container.</summary>
    public static ReadOnlySpan<byte> Container => "CONTAINER"u8;

    /// <summary>Which of the others may be of later than the event: <c>parent_comm</c>, <c>unit</c> (with the container), or both with a comma between.</summary>
    public static ReadOnlySpan<byte> Late => "LATE"u8;

    /// <summary>The end of a record's enrichment, from the first of them on.</summary>
    /// <returns>Empty for none; part of the record's line.</returns>
    public static ReadOnlySpan<byte> Of(in Record record)
    {
        ReadOnlySpan<byte> enrichment = record.Enrichment;
        int start = enrichment.Length;

        // From the end: most records have none, and one look tells so.
        while (start > 0)
        {
            int before = enrichment[..Math.Max(start - 1, 0)].LastIndexOf((byte)' ') + 1;
            if (!IsOne(enrichment[before..]))
                break;
            start = before;
        }

        return enrichment[start..];
    }

    static bool IsOne(ReadOnlySpan<byte> rest)
    {
        int equals = rest.IndexOf((byte)'=');
        if (equals < 0)
            return false;
        ReadOnlySpan<byte> name = rest[..equals];
        return name.SequenceEqual(ParentCommand) || name.SequenceEqual(Unit) || name.SequenceEqual(Container) || name.SequenceEqual(Late);
    }
}
