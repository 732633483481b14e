namespace Akashi.Search;

/// <summary>Every line is a candidate: for searches without a text that could be looked for.</summary>
public sealed class EveryLine : ICandidateSource
{
    /// <inheritdoc/>
    public int NextCandidate(ReadOnlySpan<byte> block, int from) => from;

    /// <inheritdoc/>
    public ICandidateSource Twin() => this;
}
