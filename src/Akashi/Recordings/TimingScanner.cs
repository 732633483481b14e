namespace Akashi.Recordings;

/// <summary>Reads bytes of a stream as fscanf(3) does: blanks are skipped before numbers and words, and a byte that doesn't fit stays.</summary>
sealed class TimingScanner(Stream stream)
{
    const int BufferLength = 4096;

    readonly byte[] _buffer = new byte[BufferLength];
    int _next;
    int _end;
    long _endOffset;

    /// <summary>Whether reading went over the end, feof(3).</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Bytes taken so far, or where <see cref="Seek"/> went and those since.</summary>
    public long Offset => _endOffset - (_end - _next);

    /// <summary>Goes on elsewhere; a file that grew may be read on from where it ended.</summary>
    /// <param name="offset">A byte of the stream, which can be sought.</param>
    public void Seek(long offset)
    {
        stream.Position = offset;
        (_next, _end, _endOffset, IsAtEnd) = (0, 0, offset, false);
    }

    /// <summary>The byte that comes next; -1 at the end.</summary>
    public int Peek()
    {
        if (_next == _end && !IsAtEnd)
        {
            _next = 0;
            _end = stream.Read(_buffer, 0, BufferLength);
            _endOffset += _end;
            IsAtEnd = _end == 0;
        }

        return _next < _end ? _buffer[_next] : -1;
    }

    /// <summary>Takes a byte; -1 at the end.</summary>
    public int Take()
    {
        int value = Peek();
        if (value >= 0)
            _next++;
        return value;
    }

    /// <summary>Skips what isspace(3) holds for.</summary>
    public void SkipBlanks()
    {
        while (Peek() is ' ' or (>= '\t' and <= '\r'))
            _next++;
    }

    /// <summary>Takes this byte.</summary>
    /// <returns>False, and nothing taken, where another comes.</returns>
    public bool TryTake(byte expected)
    {
        if (Peek() != expected)
            return false;
        _next++;
        return true;
    }

    /// <summary>Takes a number after blanks: a sign and digits, as many as the width allows.</summary>
    /// <param name="width">The most characters, sign included.</param>
    /// <param name="magnitude">The digits' value, held at the largest there is.</param>
    /// <param name="isNegative">Whether a minus stood before them.</param>
    /// <returns>False where no digit comes.</returns>
    public bool TryTakeNumber(int width, out ulong magnitude, out bool isNegative)
    {
        SkipBlanks();
        isNegative = Peek() == '-';
        magnitude = 0;
        if (isNegative || Peek() == '+')
        {
            _next++;
            width--;
        }

        int digits = 0;
        for (; digits < width && Peek() is >= '0' and <= '9'; digits++)
        {
            ulong digit = (ulong)(Take() - '0');
            magnitude = magnitude > (ulong.MaxValue - digit) / 10 ? ulong.MaxValue : magnitude * 10 + digit;
        }

        return digits > 0;
    }
}
