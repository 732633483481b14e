using System.Buffers.Text;
using System.Text.Json;

namespace Akashi.Recordings;

/// <summary>Reads asciicast v2 and v3, with the events of <c>akashi record</c>.</summary>
/// <remarks>
/// A line each: the header, then <c>[TIME, "CODE", "DATA"]</c>; times are intervals in v3, since the beginning in v2; in v3 lines that begin with # are
/// comments (docs.asciinema.org). A line that isn't whole or right is passed over, counted, and reading goes on with the next: so a file that was cut or
/// damaged anywhere gives what is left of it.
/// </remarks>
public sealed class AsciicastReader : IRecordingReader
{
    readonly RecordingLines _lines;
    readonly bool _hasIntervals;
    byte[] _text = new byte[4096];
    byte[] _exact = [];
    long _microseconds;
    int _textBytes;
    RecordingEventKind _kind;
    bool _isHeld;
    bool _heldMayBeInexact;
    RecordingPosition _heldAt;
    long _lastFault = -1;

    AsciicastReader(RecordingLines lines, RecordingHeader header, int version)
    {
        _lines = lines;
        _hasIntervals = version == 3;
        Header = header;
    }

    /// <inheritdoc/>
    public RecordingHeader Header { get; }

    /// <inheritdoc/>
    public RecordingFault? FirstFault { get; private set; }

    /// <inheritdoc/>
    public long FaultCount { get; private set; }

    /// <inheritdoc/>
    public RecordingPosition Position => _isHeld ? _heldAt : new(_lines.Offset, _microseconds);

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="reader">Null where false is returned.</param>
    /// <returns>False where the first line is no header of asciicast v2 or v3.</returns>
    public static bool TryOpen(Stream stream, out AsciicastReader? reader)
    {
        var lines = new RecordingLines(stream);
        reader = null;
        if (!lines.TryRead(out ReadOnlySpan<byte> first) || !AsciicastHeader.TryParse(first, out RecordingHeader? header, out int version)
            || version is not (2 or 3))
            return false;
        reader = new AsciicastReader(lines, header!, version);
        return true;
    }

    /// <inheritdoc/>
    public void Seek(RecordingPosition position)
    {
        _lines.Seek(position.Offset);
        _microseconds = position.Microseconds;
        _isHeld = false;
    }

    /// <inheritdoc/>
    public bool TryRead(out RecordingEvent next)
    {
        // Output with U+FFFD waits for the line behind it, which may have its exact bytes.
        while (true)
        {
            long offset = _lines.Offset;
            long before = _microseconds;
            if (!_lines.TryRead(out ReadOnlySpan<byte> line))
                return TakeHeld(out next);
            if (_isHeld)
            {
                if (TryTakeExact(line))
                {
                    _isHeld = false;
                    next = new(_microseconds, _kind, _exact);
                    return true;
                }

                // It belongs to nothing held: read again afterwards.
                _lines.StepBack(offset, line.Length + 1);
                return TakeHeld(out next);
            }

            if (line.IsEmpty || line[0] == (byte)'#' || !TryParse(line, offset))
                continue;
            if (_kind == RecordingEventKind.Exact)
                continue;
            if (!_heldMayBeInexact)
            {
                next = new(_microseconds, _kind, _text.AsSpan(0, _textBytes));
                return true;
            }

            _isHeld = true;
            _heldAt = new(offset, before);
        }
    }

    bool TakeHeld(out RecordingEvent next)
    {
        next = _isHeld ? new(_microseconds, _kind, _text.AsSpan(0, _textBytes)) : default;
        bool isThere = _isHeld;
        _isHeld = false;
        return isThere;
    }

    bool TryTakeExact(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || json.TokenType != JsonTokenType.Number
                || !json.Read() || json.TokenType != JsonTokenType.String || !json.ValueTextEquals("b"u8)
                || !json.Read() || json.TokenType != JsonTokenType.String || !json.TryGetBytesFromBase64(out byte[]? exact))
                return false;
            _exact = exact;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    bool TryParse(ReadOnlySpan<byte> line, long offset)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (json.Read() && json.TokenType == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.Number
                && TryTakeTime(json.ValueSpan) && json.Read() && json.TokenType == JsonTokenType.String && TryTakeKind(ref json)
                && json.Read() && json.TokenType == JsonTokenType.String)
            {
                int length = json.ValueSpan.Length;
                if (_text.Length < length)
                    _text = new byte[Math.Max(length, _text.Length * 2)];
                _textBytes = json.CopyString(_text);
                _heldMayBeInexact = _kind is RecordingEventKind.Output or RecordingEventKind.Input
                    && _text.AsSpan(0, _textBytes).IndexOf("\uFFFD"u8) >= 0;
                if (json.Read() && json.TokenType == JsonTokenType.EndArray && !json.Read())
                    return true;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a lone surrogate, which no UTF-8 can say.
        }

        return Refuse(offset, "not an event");
    }

    bool TryTakeTime(ReadOnlySpan<byte> number)
    {
        const double SecondsMax = 1e10;
        if (!Utf8Parser.TryParse(number, out double seconds, out int used) || used != number.Length || !(seconds >= 0 && seconds <= SecondsMax))
            return false;
        long microseconds = (long)Math.Round(seconds * 1_000_000);
        _microseconds = _hasIntervals ? Math.Min(_microseconds + microseconds, (long)(SecondsMax * 1_000_000)) : Math.Max(_microseconds, microseconds);
        return true;
    }

    // Codes of more than one letter are somebody else's.
    bool TryTakeKind(ref Utf8JsonReader json)
    {
        _kind = json.ValueSpan.Length == 1 ? (RecordingEventKind)json.ValueSpan[0] : default;
        return true;
    }

    bool Refuse(long offset, string text)
    {
        // What is read again isn't counted again.
        if (offset <= _lastFault)
            return false;
        _lastFault = offset;
        FirstFault ??= new RecordingFault(offset, text);
        FaultCount++;
        return false;
    }
}
