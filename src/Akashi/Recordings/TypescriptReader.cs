using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Reads what script(1) wrote: data, and when it came, classic or advanced.</summary>
/// <remarks>
/// Timing lines: <c>DELAY BYTES</c>; advanced <c>I|O DELAY BYTES</c>, <c>S DELAY SIGWINCH ROWS=r COLS=c</c>, <c>H DELAY NAME VALUE</c> (script(1), scriptreplay(1)).
/// The first line of a data file, "Script started on …", is no part of the session. Times that lie (more bytes than there are) end the recording.
/// </remarks>
public sealed class TypescriptReader : IRecordingReader
{
    // A record is at most what one read gave script; a lying size must not ask for memory.
    const int PieceBytesMax = 64 * 1024;

    readonly Stream _data;
    readonly Stream? _input;
    readonly RecordingLines _timing;
    readonly long _headerBytes;
    readonly byte[] _piece = new byte[PieceBytesMax];
    long _dataOffset;
    long _microseconds;
    long _leftBytes;
    bool _leftIsInput;
    long _inputOffset;

    /// <summary>Begins to read.</summary>
    /// <param name="data">Output, or input and output in one; can be sought.</param>
    /// <param name="timing">The timing file; can be sought.</param>
    /// <param name="input">Input in a file of its own; null where there is none.</param>
    public TypescriptReader(Stream data, Stream timing, Stream? input = null)
    {
        _data = data;
        _input = input;
        _timing = new RecordingLines(timing);
        _headerBytes = FirstLine(data, out string first);
        if (input is not null)
            _inputOffset = FirstLine(input, out _);
        _dataOffset = _headerBytes;
        Header = TypescriptHeader.Parse(first);
        ReadAdvancedHeader();
    }

    /// <inheritdoc/>
    public RecordingHeader Header { get; private set; }

    /// <inheritdoc/>
    public RecordingFault? FirstFault { get; private set; }

    /// <inheritdoc/>
    public long FaultCount { get; private set; }

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
            if (!_timing.TryRead(out ReadOnlySpan<byte> line))
            {
                next = default;
                return false;
            }

            if (TryTakeSignal(line, out next))
                return true;
            if (!TryTakeRecord(line))
                Refuse(offset, "not a line of a timing file");
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
        if (count == 0)
        {
            Refuse(_dataOffset, $"the timing file tells of {_leftBytes} bytes that aren't there");
            _leftBytes = 0;
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

    bool TryTakeRecord(ReadOnlySpan<byte> line)
    {
        _leftIsInput = false;
        if (line.Length > 2 && line[0] is (byte)'I' or (byte)'O' or (byte)'H' or (byte)'S' && line[1] == (byte)' ')
        {
            if (line[0] is (byte)'H' or (byte)'S')
                return TryTakeTime(line[2..], out _);
            _leftIsInput = line[0] == (byte)'I';
            line = line[2..];
        }

        bool isRecord = TryTakeTime(line, out ReadOnlySpan<byte> rest) && Utf8Parser.TryParse(rest, out _leftBytes, out _) && _leftBytes >= 0;
        if (!isRecord)
            _leftBytes = 0;
        return isRecord;
    }

    bool TryTakeSignal(ReadOnlySpan<byte> line, out RecordingEvent next)
    {
        next = default;
        if (!line.StartsWith("S "u8) || line.IndexOf(" SIGWINCH ROWS="u8) < 0)
            return false;
        string text = Encoding.Latin1.GetString(line);
        if (!int.TryParse(TypescriptHeader.Value(text, "ROWS="), NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            || !int.TryParse(TypescriptHeader.Value(text, "COLS="), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            || !TryTakeTime(line[2..], out _))
            return false;
        next = new(_microseconds, RecordingEventKind.Resize, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{columns}x{rows}")));
        return true;
    }

    bool TryTakeTime(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        const double SecondsMax = 1e9;
        rest = default;
        if (!Utf8Parser.TryParse(text, out double seconds, out int used) || !(seconds is >= 0 and <= SecondsMax))
            return false;
        _microseconds += (long)Math.Round(seconds * 1_000_000);
        rest = text[used..].TrimStart((byte)' ');
        return true;
    }

    // The lines H stand at the beginning, with no time between them.
    void ReadAdvancedHeader()
    {
        while (_timing.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.StartsWith("H "u8))
                break;
            Header = TypescriptHeader.Take(Encoding.UTF8.GetString(line), Header);
        }

        _timing.Seek(0);
    }

    static long FirstLine(Stream data, out string text)
    {
        byte[] start = new byte[4096];
        data.Position = 0;
        int count = data.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        int end = start.AsSpan(0, count).IndexOf((byte)'\n');
        text = "";
        if (end < 0 || !start.AsSpan(0, count).StartsWith("Script started"u8))
            return 0;
        text = Encoding.UTF8.GetString(start, 0, end);
        return end + 1;
    }

    void Refuse(long offset, string text)
    {
        FirstFault ??= new RecordingFault(offset, text);
        FaultCount++;
    }
}
