using Akashi.Records;

namespace Akashi.Search;

/// <summary>The lines of a block without candidates, and which of them can't matter to any event that has one: those needn't be joined.</summary>
/// <remarks>
/// An event without a candidate never leaves, and what it holds is seen by nobody. Records of a block that has no candidate matter only if their event has one in
/// another block: if it was open before the block, or is still open behind it. Both are told by the stamps, where they don't fall back within the block:
/// <code>
/// newest    the latest second of any record before the block: what is open was stamped then or before
/// first     the first record that is the timeout later: once it is joined, nothing of before is open
/// last      the first record less than the timeout before the block's last second: what is stamped earlier is closed within the block
/// lines behind first and before last are passed over
/// </code>
/// A lone EOE record closes nothing, so that no EOE counts as first or as the block's last. On a log of 5 events a second nineteen of twenty lines are passed over; on
/// one of more than 200 none is.
/// </remarks>
sealed class QuietStretch
{
    const int FirstHeaders = 1024;

    LineHeader[] _headers = new LineHeader[FirstHeaders];
    int _count;

    /// <summary>All lines of the block.</summary>
    public ReadOnlySpan<LineHeader> Headers => _headers.AsSpan(0, _count);

    /// <summary>The first line that needn't be joined.</summary>
    public int Start { get; private set; }

    /// <summary>The line behind the last one; the same as <see cref="Start"/> where there is none.</summary>
    public int End { get; private set; }

    /// <summary>Forgets the block.</summary>
    public void Clear() => _count = Start = End = 0;

    /// <summary>Reads the headers of a block.</summary>
    /// <param name="bytes">Whole lines.</param>
    /// <param name="newestSecond">The latest second of any record that was joined.</param>
    /// <param name="timeoutSeconds">How much newer a record must be to close an event.</param>
    public void Read(ReadOnlySpan<byte> bytes, long newestSecond, int timeoutSeconds)
    {
        Clear();
        // A record of the same second closes nothing, whatever the timeout.
        timeoutSeconds = Math.Max(1, timeoutSeconds);
        bool isSorted = true;
        long lastSecond = long.MinValue, closingSecond = long.MinValue;
        int first = -1;
        var reader = new HeaderReader();
        for (int start = 0; start < bytes.Length;)
        {
            LineHeader header = ReadLine(ref reader, bytes, start);
            start = header.End + 1;
            if (header.Fault != RecordFault.None)
                continue;
            long second = header.Layout.Stamp.UnixSeconds;
            isSorted &= second >= lastSecond;
            lastSecond = second;
            if (second == closingSecond || IsEnd(bytes, header))
                continue;
            closingSecond = second;
            if (first < 0 && (newestSecond == long.MinValue || second >= newestSecond + timeoutSeconds))
                first = _count - 1;
        }

        if (isSorted && first >= 0)
            Bound(first, closingSecond - timeoutSeconds);
    }

    LineHeader ReadLine(ref HeaderReader reader, ReadOnlySpan<byte> bytes, int start)
    {
        int length = bytes[start..].IndexOf((byte)'\n');
        int end = length < 0 ? bytes.Length : start + length;
        if (_count == _headers.Length)
            Array.Resize(ref _headers, _count * 2);
        RecordFault fault = reader.Read(bytes, start, end, out RecordLayout layout);
        return _headers[_count++] = new LineHeader(start, end, fault, layout);
    }

    // From the end: what may be open behind the block is few lines where the stretch is long.
    void Bound(int first, long closedThrough)
    {
        int end = _count - 1;
        while (end > first + 1 && (_headers[end - 1].Fault != RecordFault.None || _headers[end - 1].Layout.Stamp.UnixSeconds > closedThrough))
            end--;
        Start = first + 1;
        End = Math.Max(Start, end);
    }

    static bool IsEnd(ReadOnlySpan<byte> bytes, in LineHeader header) =>
        bytes.Slice(header.Start + header.Layout.TypeStart, header.Layout.TypeLength).SequenceEqual("EOE"u8);
}
