using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Search;

/// <summary>A block of whole lines of its own, and where its candidates stand: at most one is kept for a line.</summary>
sealed class CandidateBlock
{
    const int FirstCandidates = 64;

    byte[] _bytes = new byte[TrailReader.BlockBytes];
    int[] _candidates = new int[FirstCandidates];
    LineHeader[] _headers = new LineHeader[FirstCandidates];
    int _headerCount;
    int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public int Segment { get; private set; }

    public long Offset { get; private set; }

    public int CandidateCount { get; private set; }

    /// <summary>Whether somebody looked for the candidates.</summary>
    public bool IsScanned { get; private set; }

    /// <summary>Whether every line is one; none is listed then.</summary>
    public bool IsEveryLine { get; private set; }

    public int CandidateAt(int index) => _candidates[index];

    /// <summary>The lines and their headers, where every line is a candidate; else none: then finding candidates is work enough for the one who reads ahead.</summary>
    public ReadOnlySpan<LineHeader> Headers => _headers.AsSpan(0, _headerCount);

    /// <summary>Takes the block that a reader read last; its candidates aren't known yet.</summary>
    public void Take(TrailReader reader)
    {
        TrailBlock block = reader.Current;
        _length = block.Bytes.Length;
        Segment = block.Segment;
        Offset = block.Offset;
        _bytes = reader.Exchange(_bytes);
        CandidateCount = 0;
        _headerCount = 0;
        IsScanned = false;
    }

    /// <summary>Looks for its candidates; where every line is one, reads the headers.</summary>
    public void Scan(ICandidateSource source)
    {
        IsScanned = true;
        IsEveryLine = source is EveryLine;
        if (IsEveryLine)
            ReadHeaders(Bytes);
        else
            FindCandidates(Bytes, source);
    }

    void ReadHeaders(ReadOnlySpan<byte> bytes)
    {
        var reader = new HeaderReader();
        int start = 0;
        while (start < bytes.Length)
        {
            int length = bytes[start..].IndexOf((byte)'\n');
            int end = length < 0 ? bytes.Length : start + length;
            if (_headerCount == _headers.Length)
                Array.Resize(ref _headers, _headerCount * 2);
            RecordFault fault = reader.Read(bytes, start, end, out RecordLayout layout);
            _headers[_headerCount++] = new LineHeader(start, end, fault, layout);
            start = end + 1;
        }
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
