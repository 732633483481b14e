using Akashi.Records;

namespace Akashi.Search;

/// <summary>Blocks of whole lines with the candidates in them, in the order of the trail.</summary>
interface ICandidateBlocks : IDisposable
{
    /// <summary>Goes to the next block; false at the end.</summary>
    /// <exception cref="Akashi.Host.TrailException">The disk refused.</exception>
    bool MoveNext();

    /// <summary>The block's lines; empty before the first and after the last. Valid until the next move.</summary>
    ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The lines and what their headers say; empty where nobody read them yet.</summary>
    ReadOnlySpan<LineHeader> Headers { get; }

    /// <summary>The segment's index.</summary>
    int Segment { get; }

    /// <summary>Where the first line stands in its segment.</summary>
    long Offset { get; }

    /// <summary>The next candidate at an index or behind it; the block's length where there is none. Asked with rising indexes that begin lines.</summary>
    int NextCandidate(int from);
}
