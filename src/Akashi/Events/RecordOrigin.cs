namespace Akashi.Events;

/// <summary>Where a record stands: the segment by its index among those being read, and the byte offset of its line there.</summary>
/// <param name="Segment">0 for the oldest segment being read; 0 for a stream.</param>
/// <param name="Offset">Bytes from the segment's beginning.</param>
public readonly record struct RecordOrigin(int Segment, long Offset);
