namespace Akashi.Recordings;

/// <summary>Lines of a file that may grow, with where they begin.</summary>
/// <param name="stream">The file; can be sought where <see cref="Seek"/> is called.</param>
public sealed class RecordingLines(Stream stream)
{
    /// <summary>Bytes of a line at most; longer ones are passed over.</summary>
    public const int LineBytesMax = 64 * 1024 * 1024;

    const int ReadBytes = 256 * 1024;

    byte[] _buffer = new byte[ReadBytes];
    int _start;
    int _end;
    int _searched;

    /// <summary>Where the next line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Lines that were too long.</summary>
    public long LongLineCount { get; private set; }

    /// <summary>Bytes after the last line feed: a line that isn't whole yet, or was cut off.</summary>
    public int RestBytes => _end - _start;

    /// <summary>The next whole line.</summary>
    /// <param name="line">It, without its line feed; valid until the next read.</param>
    /// <returns>False where no whole line is there (yet).</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, _searched + length - _start);
                Offset += line.Length + 1;
                _start = _searched = _searched + length + 1;
                return true;
            }

            _searched = _end;
            if (Fill())
                continue;
            line = default;
            return false;
        }
    }

    /// <summary>What stands after the last line feed; valid until the next read.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Goes on elsewhere.</summary>
    public void Seek(long offset)
    {
        stream.Position = offset;
        (Offset, _start, _end, _searched) = (offset, 0, 0, 0);
    }

    /// <summary>Takes the line back that was read last.</summary>
    /// <param name="offset">Where it began.</param>
    /// <param name="lengthBytes">Its length with the line feed.</param>
    internal void StepBack(long offset, int lengthBytes)
    {
        Offset = offset;
        _start -= lengthBytes;
        _searched = _start;
    }

    bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LineBytesMax)
            {
                // Its rest counts as a line of its own.
                Offset += _end;
                LongLineCount++;
                _end = _searched = 0;
            }
            else
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }

        int count = stream.Read(_buffer, _end, Math.Min(ReadBytes, _buffer.Length - _end));
        _end += count;
        return count > 0;
    }
}
