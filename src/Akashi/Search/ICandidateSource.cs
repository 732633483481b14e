namespace Akashi.Search;

/// <summary>Says which bytes of a trail might belong to a matching event: by scanning now, by an index later.</summary>
/// <remarks>A candidate may be a false hit, never a miss: every matching event has a candidate in one of its lines.</remarks>
public interface ICandidateSource
{
    /// <summary>The next candidate within a block.</summary>
    /// <param name="block">Whole lines.</param>
    /// <param name="from">The index to look from; rises within one block, and starts at 0 for a new one.</param>
    /// <returns>The index of a byte of the candidate's line; the block's length where there is no more.</returns>
    int NextCandidate(ReadOnlySpan<byte> block, int from);

    /// <summary>Another one that finds the same, for another thread.</summary>
    ICandidateSource Twin();
}
