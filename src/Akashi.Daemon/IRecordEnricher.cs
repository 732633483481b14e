namespace Akashi.Daemon;

/// <summary>Adds what the numbers of a record mean on this machine at this moment.</summary>
public interface IRecordEnricher
{
    /// <summary>Writes the separator and the enriched fields of a record.</summary>
    /// <param name="line">The record's line without a line feed.</param>
    /// <param name="destination">Room for them.</param>
    /// <returns>The bytes written; 0 where the record has nothing to enrich, or the room is too small.</returns>
    int Enrich(ReadOnlySpan<byte> line, Span<byte> destination);
}
