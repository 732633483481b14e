using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Reads ttyrec: output alone, in frames.</summary>
/// <remarks>
/// <code>
/// 0   4   seconds since 1970      little-endian, unsigned
/// 4   4   microseconds            below 1,000,000
/// 8   4   length of the bytes
/// 12  …   the bytes
/// </code>
/// There is no header and no magic: a file is one where its first frame can be. A frame that is nothing but <c>ESC [ 8 ; ROWS ; COLUMNS t</c> is the size, as termrec
/// writes it. A frame that can't be ends the recording: nothing tells where the next one begins.
/// </remarks>
public sealed class TtyrecReader : IRecordingReader
{
    internal const int FrameHeaderBytes = 12;
    internal const int MicrosecondsPerSecond = 1_000_000;

    const int FrameBytesMax = 64 * 1024 * 1024;
    const int PieceBytesMax = 64 * 1024;

    readonly Stream _stream;
    readonly byte[] _piece = new byte[PieceBytesMax];
    readonly long _began;
    long _offset;
    long _microseconds;
    long _leftBytes;

    TtyrecReader(Stream stream, long began)
    {
        _stream = stream;
        _began = began;
        Header = new RecordingHeader { UnixSeconds = began == 0 ? null : began / MicrosecondsPerSecond };
    }

    /// <inheritdoc/>
    public RecordingHeader Header { get; private set; }

    /// <inheritdoc/>
    public RecordingPosition Position => new(_offset, _microseconds) { LeftBytes = _leftBytes };

    /// <inheritdoc/>
    public RecordingFault? FirstFault { get; private set; }

    /// <inheritdoc/>
    public long FaultCount => FirstFault is null ? 0 : 1;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The file; can be sought.</param>
    /// <param name="reader">Null where false is returned.</param>
    /// <returns>False where no frame can stand at its beginning.</returns>
    public static bool TryOpen(Stream stream, out TtyrecReader? reader)
    {
        reader = null;
        Span<byte> frame = stackalloc byte[FrameHeaderBytes];
        stream.Position = 0;
        if (stream.ReadAtLeast(frame, FrameHeaderBytes, throwOnEndOfStream: false) < FrameHeaderBytes
            || !TryParse(frame, out long time, out int length) || length == 0 || length > stream.Length - FrameHeaderBytes)
            return false;
        reader = new TtyrecReader(stream, time);
        if (reader.TryRead(out RecordingEvent first) && first.Kind == RecordingEventKind.Resize && Encoding.ASCII.GetString(first.Bytes).Split('x') is [var columns, var rows])
            reader.Header = reader.Header with { ColumnCount = int.Parse(columns, CultureInfo.InvariantCulture), RowCount = int.Parse(rows, CultureInfo.InvariantCulture) };
        reader.Seek(default);
        return true;
    }

    /// <inheritdoc/>
    public void Seek(RecordingPosition position) => (_offset, _microseconds, _leftBytes) = (position.Offset, position.Microseconds, position.LeftBytes);

    /// <inheritdoc/>
    public bool TryRead(out RecordingEvent next)
    {
        next = default;
        while (_leftBytes == 0)
        {
            _stream.Position = _offset;
            if (FirstFault is { } fault && fault.Offset == _offset
                || _stream.ReadAtLeast(_piece.AsSpan(0, FrameHeaderBytes), FrameHeaderBytes, throwOnEndOfStream: false) < FrameHeaderBytes)
                return false;
            if (!TryParse(_piece, out long time, out int length))
            {
                FirstFault ??= new RecordingFault(_offset, "not a frame of a ttyrec");
                return false;
            }

            // A clock that was set back stops the recording's time, no more.
            _microseconds = Math.Max(_microseconds, time - _began);
            _offset += FrameHeaderBytes;
            _leftBytes = length;
        }

        return TryReadPiece(out next);
    }

    bool TryReadPiece(out RecordingEvent next)
    {
        _stream.Position = _offset;
        int wanted = (int)Math.Min(_leftBytes, PieceBytesMax);
        int count = _stream.ReadAtLeast(_piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
        _offset += count;
        _leftBytes -= count;
        next = count == 0 ? default
            : _leftBytes == 0 && TryParseSize(_piece.AsSpan(0, count), out string size)
                ? new(_microseconds, RecordingEventKind.Resize, Encoding.ASCII.GetBytes(size))
                : new(_microseconds, RecordingEventKind.Output, _piece.AsSpan(0, count));
        return count > 0;
    }

    static bool TryParse(ReadOnlySpan<byte> frame, out long microseconds, out int length)
    {
        uint rest = BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]);
        microseconds = BinaryPrimitives.ReadUInt32LittleEndian(frame) * (long)MicrosecondsPerSecond + rest;
        length = (int)Math.Min(bytes, FrameBytesMax);
        return rest < MicrosecondsPerSecond && bytes <= FrameBytesMax;
    }

    static bool TryParseSize(ReadOnlySpan<byte> bytes, out string size)
    {
        const int LengthMax = 20;
        size = "";
        if (bytes.Length > LengthMax || !bytes.StartsWith("\e[8;"u8) || bytes[^1] != (byte)'t')
            return false;
        string[] parts = Encoding.ASCII.GetString(bytes[4..^1]).Split(';');
        bool isSize = parts.Length == 2 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0);
        size = isSize ? $"{parts[1]}x{parts[0]}" : "";
        return isSize;
    }
}
