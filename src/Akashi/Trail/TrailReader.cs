using Akashi.Host;

namespace Akashi.Trail;

/// <summary>Reads a trail, or a stream, in blocks of whole lines.</summary>
/// <remarks>
/// Blocks of 256 KB are as quick as mapped memory, and safe when a log is truncated while it's read. A line that doesn't fit
/// into a block is passed over, whatever its length, and counted. Allocates nothing after its buffer.
/// </remarks>
public sealed class TrailReader
{
    /// <summary>The longest block.</summary>
    internal const int BlockBytes = 256 * 1024;

    byte[] _buffer = new byte[BlockBytes];
    readonly IReadOnlyList<Segment> _segments;
    readonly Stream? _stream;
    int _segment;
    int _length;
    int _consumed;
    long _bufferOffset;
    bool _isAtEnd;
    long _bytesRead;

    /// <summary>Reads the segments of a trail, oldest first; the trail stays the caller's to dispose.</summary>
    public TrailReader(AuditTrail trail)
    {
        _segments = trail.Segments;
    }

    /// <summary>Reads a stream to its end; it stays open.</summary>
    public TrailReader(Stream stream)
    {
        _segments = [];
        _stream = stream;
    }

    /// <summary>Lines passed over because they don't fit into a block.</summary>
    public long OverlongLines { get; private set; }

    /// <summary>Bytes read so far; may be asked from another thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Bytes that are left to be read, as long as the segments were when they were opened; 0 for a stream.</summary>
    internal long KnownLength => _segments.Skip(_segment).Sum(segment => segment.Identity.LengthWhenOpened) - Math.Min(_bufferOffset, LengthOf(_segment));

    /// <summary>Where reading stands: behind the last block. Of a trail; right once <see cref="TryRead"/> has returned false.</summary>
    public TrailPosition End => _segments[_segment].At(_bufferOffset + _length);

    /// <summary>Whether the last line read lacks its line feed: its writer may not have been ready.</summary>
    public bool EndsWithinLine { get; private set; }

    /// <summary>The block read last; empty before the first and after the end. Valid until the next read.</summary>
    public TrailBlock Current => new(_buffer.AsSpan(0, _consumed), _segment, _bufferOffset);

    /// <summary>Starts at a place within a segment instead of at the beginning.</summary>
    /// <param name="segment">The segment's index.</param>
    /// <param name="offset">The beginning of a line in it.</param>
    public void Seek(int segment, long offset)
    {
        _segment = segment;
        _bufferOffset = offset;
        _length = _consumed = 0;
        _isAtEnd = false;
    }

    /// <summary>Reads the next block; false at the end of the last segment.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public bool TryRead(out TrailBlock block)
    {
        while (true)
        {
            Carry();
            Fill();
            int end = _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && _isAtEnd)
                end = _length;
            if (end > 0)
            {
                _consumed = end;
                EndsWithinLine = _buffer[end - 1] != (byte)'\n';
                block = Current;
                return true;
            }

            if (!_isAtEnd)
                SkipOverlongLine();
            else if (!TryNextSegment())
            {
                block = default;
                return false;
            }
        }
    }

    /// <summary>Gives the bytes of the block read last away, so that they needn't be copied: the reader goes on with others.</summary>
    /// <param name="spare">As many bytes as <see cref="BlockBytes"/>.</param>
    /// <returns>Bytes that begin with the block, and are the caller's now.</returns>
    internal byte[] Exchange(byte[] spare)
    {
        byte[] given = _buffer;
        given.AsSpan(_consumed, _length - _consumed).CopyTo(spare);
        _buffer = spare;
        _bufferOffset += _consumed;
        _length -= _consumed;
        _consumed = 0;
        return given;
    }

    void Carry()
    {
        _buffer.AsSpan(_consumed, _length - _consumed).CopyTo(_buffer);
        _bufferOffset += _consumed;
        _length -= _consumed;
        _consumed = 0;
    }

    // A pipe gives what is there: a block must not wait for more than one read once it has a line.
    void Fill()
    {
        while (_length < _buffer.Length && !_isAtEnd)
        {
            int read = ReadInto(_buffer.AsSpan(_length));
            _isAtEnd = read == 0;
            bool hasLine = _buffer.AsSpan(_length, read).Contains((byte)'\n');
            _length += read;
            if (hasLine)
                return;
        }
    }

    int ReadInto(Span<byte> destination)
    {
        int read = _stream is not null ? _stream.Read(destination)
            : _segment < _segments.Count ? _segments[_segment].Read(destination, _bufferOffset + _length) : 0;
        Volatile.Write(ref _bytesRead, _bytesRead + read);
        return read;
    }

    void SkipOverlongLine()
    {
        OverlongLines++;
        int index = -1;
        while (index < 0 && !_isAtEnd)
        {
            _bufferOffset += _length;
            _length = 0;
            int read = ReadInto(_buffer);
            _isAtEnd = read == 0;
            _length = read;
            index = _buffer.AsSpan(0, read).IndexOf((byte)'\n');
        }

        _consumed = index + 1;
        EndsWithinLine = index < 0;
    }

    long LengthOf(int segment) => segment < _segments.Count ? _segments[segment].Identity.LengthWhenOpened : 0;

    bool TryNextSegment()
    {
        if (_segment + 1 >= _segments.Count)
            return false;
        Seek(_segment + 1, 0);
        return true;
    }
}
