namespace Akashi.Search;

/// <summary>Candidates are the lines that hold one of some texts.</summary>
/// <remarks>
/// Keeps, for each scan, where it stands next, so that each byte of a block is searched once by each, however many hits the others have.
/// </remarks>
public sealed class NeedleScan : ICandidateSource
{
    readonly IReadOnlyList<byte[]> _needles;
    readonly AnchorScan[] _scans;
    readonly int[] _next;

    /// <summary>Looks for texts; those that differ in the case of letters only, such as hex digits, are looked for together.</summary>
    /// <param name="needles">One or more texts, none empty.</param>
    public NeedleScan(IReadOnlyList<byte[]> needles)
    {
        _needles = needles;
        var groups = new List<List<byte[]>>();
        foreach (byte[] needle in needles)
        {
            List<byte[]>? alike = groups.Find(group => AnchorScan.AreAlike(group[0], needle));
            if (alike is null)
                groups.Add([needle]);
            else
                alike.Add(needle);
        }

        _scans = [.. groups.Select(group => new AnchorScan([.. group]))];
        _next = new int[_scans.Length];
    }

    /// <inheritdoc/>
    public int NextCandidate(ReadOnlySpan<byte> block, int from)
    {
        if (from == 0)
            Array.Fill(_next, -1);
        int lowest = block.Length;
        for (int index = 0; index < _next.Length; index++)
        {
            if (_next[index] < from)
                _next[index] = Find(block, from, _scans[index]);
            lowest = Math.Min(lowest, _next[index]);
        }

        return lowest;
    }

    /// <inheritdoc/>
    public ICandidateSource Twin() => new NeedleScan(_needles);

    static int Find(ReadOnlySpan<byte> block, int from, AnchorScan scan)
    {
        int found = scan.IndexIn(block[from..]);
        return found < 0 ? block.Length : from + found;
    }
}
