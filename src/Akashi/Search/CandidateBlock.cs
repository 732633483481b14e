using Akashi.Trail;

namespace Akashi.Search;

/// <summary>A block of whole lines of its own, and where its candidates stand: at most one is kept for a line.</summary>
sealed class CandidateBlock
{
    const int FirstCandidates = 64;

    byte[] _bytes = [];
    int[] _candidates = new int[FirstCandidates];
    int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public int Segment { get; private set; }

    public long Offset { get; private set; }

    public int CandidateCount { get; private set; }

    /// <summary>Whether every line is one; none is listed then.</summary>
    public bool IsEveryLine { get; private set; }

    public int CandidateAt(int index) => _candidates[index];

    /// <summary>Takes a copy of a block and looks for its candidates.</summary>
    public void Fill(in TrailBlock block, ICandidateSource source)
    {
        if (_bytes.Length < block.Bytes.Length)
            _bytes = new byte[TrailReader.BlockBytes];
        block.Bytes.CopyTo(_bytes);
        _length = block.Bytes.Length;
        Segment = block.Segment;
        Offset = block.Offset;
        CandidateCount = 0;
        IsEveryLine = source is EveryLine;
        if (!IsEveryLine)
            FindCandidates(Bytes, source);
    }

    void FindCandidates(ReadOnlySpan<byte> bytes, ICandidateSource source)
    {
        int from = 0;
        while (from < bytes.Length)
        {
            int candidate = source.NextCandidate(bytes, from);
            if (candidate >= bytes.Length)
                return;
            if (CandidateCount == _candidates.Length)
                Array.Resize(ref _candidates, CandidateCount * 2);
            _candidates[CandidateCount++] = candidate;
            int lineEnd = bytes[candidate..].IndexOf((byte)'\n');
            from = lineEnd < 0 ? bytes.Length : candidate + lineEnd + 1;
        }
    }
}
