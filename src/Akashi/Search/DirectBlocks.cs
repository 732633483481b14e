using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>Reads and scans on the caller's thread: for pipes, where a block must not wait for the next, and for little input.</summary>
sealed class DirectBlocks(TrailReader reader, ICandidateSource candidates) : ICandidateBlocks
{
    public ReadOnlySpan<byte> Bytes => reader.Current.Bytes;

    public ReadOnlySpan<LineHeader> Headers => default;

    public int Segment => reader.Current.Segment;

    public long Offset => reader.Current.Offset;

    public bool MoveNext() => reader.TryRead(out _);

    public int NextCandidate(int from) => candidates.NextCandidate(reader.Current.Bytes, from);

    public void Dispose()
    {
    }
}
