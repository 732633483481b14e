namespace Akashi.Search;

/// <summary>Candidates are the lines that hold one of some texts.</summary>
/// <remarks>
/// Keeps, for each needle, where it stands next, so that each byte of a block is searched once a needle, however many hits the others have.
/// </remarks>
/// <param name="needles">One or more texts, none empty.</param>
public sealed class NeedleScan(IReadOnlyList<byte[]> needles) : ICandidateSource
{
    readonly int[] _next = new int[needles.Count];

    /// <inheritdoc/>
    public int NextCandidate(ReadOnlySpan<byte> block, int from)
    {
        if (from == 0)
            Array.Fill(_next, -1);
        int lowest = block.Length;
        for (int index = 0; index < _next.Length; index++)
        {
            if (_next[index] < from)
                _next[index] = Find(block, from, needles[index]);
            lowest = Math.Min(lowest, _next[index]);
        }

        return lowest;
    }

    static int Find(ReadOnlySpan<byte> block, int from, byte[] needle)
    {
        int found = block[from..].IndexOf(needle);
        return found < 0 ? block.Length : from + found;
    }
}
