using Akashi.Records;

namespace Akashi.LibAudit.Auparse;

/// <summary>The lines of a parser's sources, one after the other, or of what it's fed; counted.</summary>
/// <remarks>
/// <code>
/// buffer: | read before | _start: not yet taken | _end: room |
/// </code>
/// A line that is longer than a record can be is passed over, however long it gets, and counted as one line.
/// </remarks>
/// <param name="sources">The sources; none for a feed.</param>
sealed unsafe class LineInput(ByteSource[] sources) : IDisposable
{
    const int FirstBytes = 4 * 1024;

    // As much as the second cache holds beside all else; more is no quicker.
    const int ReadBytesMax = 64 * 1024;

    byte[] _buffer = new byte[FirstBytes];
    int _start;
    int _end;
    int _searched;
    int _wanted = FirstBytes;
    bool _isOverlong;

    // Headers are compared with the one before, which must stand in the same bytes.
    HeaderReader _headers;

    /// <summary>The number of the line taken last, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>Which source it's of.</summary>
    internal int Source { get; private set; }

    /// <summary>The name of a source's file; NULL for none.</summary>
    internal byte* NameOf(int source) => source < sources.Length ? sources[source].Name : null;

    /// <summary>Takes the next whole line that was read or fed.</summary>
    /// <param name="record">The record, where it is one; valid until more is read.</param>
    /// <param name="fault">Why it is none; None where it is.</param>
    /// <returns>False where there is no line.</returns>
    internal bool TryTake(out Record record, out RecordFault fault)
    {
        int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (length < 0)
        {
            _searched = _end;
            record = default;
            fault = RecordFault.None;
            return false;
        }

        int end = _searched + length;
        Take(end, end + 1, out record, out fault);
        return true;
    }

    /// <summary>Takes what stands behind the last line feed: the input is at its end.</summary>
    internal bool TryTakeRest(out Record record, out RecordFault fault)
    {
        if (_start == _end && !_isOverlong)
        {
            record = default;
            fault = RecordFault.None;
            return false;
        }

        Take(_end, _end, out record, out fault);
        return true;
    }

    /// <summary>Reads more.</summary>
    /// <returns>Bytes; 0 at the end of all sources; a negative error number.</returns>
    internal int Read()
    {
        MakeRoom(_wanted);
        int length = Source < sources.Length ? sources[Source].Read(_buffer.AsSpan(_end)) : 0;
        if (length >= _wanted)
            _wanted = Math.Min(_wanted * 2, ReadBytesMax);
        if (length > 0)
            _end += length;
        return length;
    }

    /// <summary>Goes to the next source.</summary>
    /// <returns>False where this was the last: it stays, for more may be written to it.</returns>
    internal bool TryGoOn()
    {
        if (Source + 1 >= sources.Length)
            return false;
        Source++;
        if (sources[Source].BeginsLineNumbers)
            Line = 0;
        return true;
    }

    /// <summary>Takes bytes of a host.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Goes back to the beginning of all.</summary>
    internal bool TryRewind()
    {
        bool canAll = true;
        foreach (ByteSource source in sources)
            canAll &= source.TryRewind();
        Forget();
        Source = 0;
        Line = 0;
        return canAll;
    }

    /// <summary>Forgets what was fed.</summary>
    internal void Forget()
    {
        _start = _end = _searched = 0;
        _isOverlong = false;
        _headers.Begin();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ByteSource source in sources)
            source.Dispose();
        Forget();
    }

    void Take(int end, int next, out Record record, out RecordFault fault)
    {
        RecordLayout layout = default;
        fault = _isOverlong ? RecordFault.TooLong : _headers.Read(_buffer, _start, end, out layout);
        record = fault == RecordFault.None ? new Record(_buffer.AsSpan(_start, end - _start), layout) : default;
        _isOverlong = false;
        Line++;
        _start = _searched = next;
    }

    // All lines that are whole were taken: what is there is the beginning of one.
    void MakeRoom(int length)
    {
        if (_end - _start >= Record.LineBytesMax && _searched == _end)
        {
            _isOverlong = true;
            _start = _end;
        }

        if (_start < _end && _buffer.Length - _end >= length)
            return;
        _headers.Begin();
        int kept = _end - _start;
        byte[] room = _buffer.Length - kept >= length ? _buffer : new byte[Math.Max(_buffer.Length * 2, kept + length)];
        _buffer.AsSpan(_start, kept).CopyTo(room);
        _buffer = room;
        _searched -= _start;
        _start = 0;
        _end = kept;
    }
}
