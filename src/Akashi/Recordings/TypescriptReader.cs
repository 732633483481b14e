using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Reads what script(1) wrote: data, and when it came, classic or advanced.</summary>
/// <remarks>
/// The timing file is read as scriptreplay reads it (<see cref="TimingReader"/>), but for damage: a line that is none is passed over and counted. The first
/// line of a data file, "Script started on …", is no part of the session. Times that lie (more bytes than there are) end the recording, until the data grow.
/// </remarks>
public sealed class TypescriptReader : IRecordingReader
{
    // A record is at most what one read gave script; a lying size must not ask for memory.
    const int PieceBytesMax = 64 * 1024;
    const long MicrosecondsMax = 10_000_000_000 * 1_000_000L;
    const int HeaderLinesMax = 64;

    readonly Stream _data;
    readonly Stream? _input;
    readonly TimingReader _timing;
    readonly byte[] _piece = new byte[PieceBytesMax];
    RecordingFault? _firstFault;
    RecordingFault? _missing;
    long _faultCount;
    long _dataOffset;
    long _inputOffset;
    long _microseconds;
    long _leftBytes;
    bool _leftIsInput;

    /// <summary>Begins to read.</summary>
    /// <param name="data">Output, or input and output in one; can be sought.</param>
    /// <param name="timing">The timing file; can be sought.</param>
    /// <param name="input">Input in a file of its own; null where there is none.</param>
    public TypescriptReader(Stream data, Stream timing, Stream? input = null)
    {
        _data = data;
        _input = input;
        _dataOffset = FirstLine(data, out string first);
        if (input is not null)
            _inputOffset = FirstLine(input, out _);
        Header = TypescriptHeader.Parse(first);
        timing.Position = 0;
        _timing = new TimingReader(timing);
        for (int count = 0; count < HeaderLinesMax && _timing.TryRead(out TimingEntry entry) == TimingFault.None && entry.Kind == TimingKind.Header; count++)
            Header = TypescriptHeader.Take(Encoding.UTF8.GetString(entry.Name), Encoding.UTF8.GetString(entry.Value).TrimStart(' '), Header);
        _timing.Seek(0);
    }

    /// <inheritdoc/>
    public RecordingHeader Header { get; private set; }

    /// <inheritdoc/>
    public RecordingFault? FirstFault => _firstFault ?? _missing;

    /// <inheritdoc/>
    public long FaultCount => _faultCount + (_missing is null ? 0 : 1);

    /// <inheritdoc/>
    public RecordingPosition Position =>
        new(_timing.Offset, _microseconds) { DataOffset = _dataOffset, InputOffset = _inputOffset, LeftBytes = _leftBytes, LeftIsInput = _leftIsInput };

    /// <inheritdoc/>
    public void Seek(RecordingPosition position)
    {
        _timing.Seek(position.Offset);
        (_dataOffset, _inputOffset) = (position.DataOffset, position.InputOffset);
        (_microseconds, _leftBytes, _leftIsInput) = (position.Microseconds, position.LeftBytes, position.LeftIsInput);
    }

    /// <inheritdoc/>
    public bool TryRead(out RecordingEvent next)
    {
        while (_leftBytes == 0)
        {
            long offset = _timing.Offset;
            TimingFault fault = _timing.TryRead(out TimingEntry entry);
            if (fault != TimingFault.None)
            {
                if (_timing.IsAtEnd)
                {
                    // A line without its end may be whole when it's read again.
                    _timing.Seek(offset);
                    next = default;
                    return false;
                }

                _timing.SkipLine();
                _firstFault ??= new RecordingFault(offset, "not a line of a timing file");
                _faultCount++;
                continue;
            }

            _microseconds = Math.Min(_microseconds + Math.Clamp(entry.DelayMicroseconds, 0, MicrosecondsMax), MicrosecondsMax);
            if (entry.Kind == TimingKind.Signal && TryTakeSize(entry, out next))
                return true;
            _leftBytes = (long)Math.Min(entry.Size, long.MaxValue);
            _leftIsInput = entry.Kind == TimingKind.Input;
        }

        return TryReadPiece(out next);
    }

    bool TryReadPiece(out RecordingEvent next)
    {
        bool fromInput = _leftIsInput && _input is not null;
        Stream stream = fromInput ? _input! : _data;
        stream.Position = fromInput ? _inputOffset : _dataOffset;
        int wanted = (int)Math.Min(_leftBytes, PieceBytesMax);
        int count = stream.ReadAtLeast(_piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
        _missing = count > 0 ? null : new RecordingFault(_dataOffset, $"the timing file tells of {_leftBytes} bytes that aren't there");
        if (count == 0)
        {
            next = default;
            return false;
        }

        _leftBytes -= count;
        if (fromInput)
            _inputOffset += count;
        else
            _dataOffset += count;
        next = new(_microseconds, _leftIsInput ? RecordingEventKind.Input : RecordingEventKind.Output, _piece.AsSpan(0, count));
        return true;
    }

    bool TryTakeSize(TimingEntry entry, out RecordingEvent next)
    {
        next = default;
        if (!entry.Name.AsSpan().SequenceEqual("SIGWINCH"u8))
            return false;
        string text = Encoding.Latin1.GetString(entry.Value);
        if (!int.TryParse(TypescriptHeader.Value(text, "ROWS="), NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            || !int.TryParse(TypescriptHeader.Value(text, "COLS="), NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
            return false;
        next = new(_microseconds, RecordingEventKind.Resize, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{columns}x{rows}")));
        return true;
    }

    static long FirstLine(Stream data, out string text)
    {
        // The line holds the command, which the kernel bounds to 128 KB.
        byte[] start = new byte[256 * 1024];
        data.Position = 0;
        int count = data.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        int end = start.AsSpan(0, count).IndexOf((byte)'\n');
        text = "";
        if (end < 0 || !start.AsSpan(0, count).StartsWith("Script started"u8))
            return 0;
        text = Encoding.UTF8.GetString(start, 0, end);
        return end + 1;
    }
}
