namespace Akashi.Trail;

/// <summary>Whole lines out of one segment, or out of a stream.</summary>
/// <param name="bytes">One or more lines, each with its line feed; the last line of the input may lack it. Valid until the next read.</param>
/// <param name="segment">The segment's index, 0 for the oldest; 0 for a stream.</param>
/// <param name="offset">Where the first line stands, in bytes from the segment's beginning.</param>
public readonly ref struct TrailBlock(ReadOnlySpan<byte> bytes, int segment, long offset)
{
    /// <summary>The lines.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The segment's index.</summary>
    public int Segment { get; } = segment;

    /// <summary>Where the first line stands.</summary>
    public long Offset { get; } = offset;
}
