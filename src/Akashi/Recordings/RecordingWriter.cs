using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Akashi.Recordings;

/// <summary>Writes a recording: bytes in, lines of asciicast v3 out.</summary>
/// <remarks>
/// docs/recording-format.md. Lines gather until <see cref="Flush"/>, and at 256 KB by themselves; each flush ends in a check where the file is chained, and goes
/// out as one write. A character cut between two writes waits for its rest. Nothing is ever rewritten. Not for several threads.
/// </remarks>
/// <param name="stream">Where lines go; stays open.</param>
public sealed class RecordingWriter(Stream stream)
{
    // A line stays under 100 KB, base64 and escapes included, but for text that is all controls.
    const int PieceBytesMax = 16 * 1024;

    const int GatheredBytesMax = 256 * 1024;

    // By RecordingGapCause.
    static readonly string[] s_gapWords = ["", " rate", " size"];

    // What may gather, the last piece and a check: never made larger, which would leave the smaller ones behind.
    readonly ArrayBufferWriter<byte> _lines = new(GatheredBytesMax + (PieceBytesMax * 8) + 4096);
    readonly PartialCharacter _output = new();
    readonly PartialCharacter _input = new();
    RecordingChain _chain = new();
    bool _isChained;
    long _microseconds;
    long _outputBytes;
    long _inputBytes;
    long _checkCount;
    long _flushedBytes;
    long _unsaidBytes;

    // Output and input of each cause.
    readonly long[] _gapBytes = new long[2 * s_gapWords.Length];

    /// <summary>Whether events <c>b</c> hold the bytes that no text can; default true.</summary>
    public bool KeepsExactBytes { get; init; } = true;

    /// <inheritdoc cref="Sha256.Blocks"/>
    public ISha256Blocks? Blocks { get; init; }

    /// <summary>Events whose bytes aren't UTF-8.</summary>
    public long InexactCount { get; private set; }

    /// <summary>The hash of the last check, in hex; empty before the first and where the file isn't chained.</summary>
    public string LastHash => _isChained && _checkCount > 0 ? Convert.ToHexStringLower(_chain.Last) : "";

    /// <summary>Writes the header: the first line.</summary>
    public void Begin(RecordingHeader header)
    {
        _isChained = header.IsChained;
        _chain.Blocks = Blocks;
        using (var json = new Utf8JsonWriter(_lines))
            WriteHeader(json, header);
        _lines.Write("\n"u8);
    }

    /// <summary>Goes on behind what a file holds already: an event says that another session begins, and what the terminal's size is.</summary>
    /// <param name="tail">The end of what is there; its chain is used up.</param>
    /// <param name="unixSeconds">Now.</param>
    /// <param name="columnCount">Columns.</param>
    /// <param name="rowCount">Rows.</param>
    public void Continue(RecordingTail tail, long unixSeconds, int columnCount, int rowCount)
    {
        _isChained = tail.Chain is not null;
        _chain = tail.Chain ?? _chain;
        _chain.Blocks = Blocks;
        if (!tail.EndsInLineFeed)
            stream.Write("\n"u8);
        WriteText(0, RecordingEventKind.Session, string.Create(CultureInfo.InvariantCulture, $"{unixSeconds} u={tail.UnprovedBytes}"));
        Resize(0, columnCount, rowCount);
    }

    /// <summary>Ends the file of a recorder that is gone: says so, with a check of all that stands before.</summary>
    /// <param name="tail">The end of what is there, of a file with a running hash; its chain is used up.</param>
    /// <param name="unixSeconds">Now.</param>
    /// <param name="reason">Why: a few words.</param>
    public void Close(RecordingTail tail, long unixSeconds, string reason)
    {
        _isChained = true;
        _chain = tail.Chain ?? _chain;
        _chain.Blocks = Blocks;
        if (!tail.EndsInLineFeed)
            stream.Write("\n"u8);
        WriteText(0, RecordingEventKind.Closed, string.Create(CultureInfo.InvariantCulture, $"{unixSeconds} u={tail.UnprovedBytes} {reason}"));
        Flush();
    }

    /// <summary>Bytes of output and input that were only counted so far: what gaps tell of.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Whether what the terminal was sent and what was typed is only counted; a gap tells of it once something is written again.</summary>
    public bool IsDropping { get; set; }

    /// <summary>Why what comes is only counted though it could be written; null where it isn't. <see cref="IsDropping"/> goes before.</summary>
    public RecordingGapCause? LeavesOut { get; set; }

    /// <summary>Whether something was dropped that no gap tells of yet.</summary>
    public bool HasUnsaidGaps => _unsaidBytes > 0;

    /// <summary>Bytes that this writer made of all it was told: of the file, from where it began.</summary>
    public long WrittenBytes => _flushedBytes + _lines.WrittenCount;

    /// <summary>Whether something waits for <see cref="Flush"/>.</summary>
    public bool HasLines => _lines.WrittenCount > 0;

    /// <summary>Writes what the terminal was sent, or what was typed.</summary>
    /// <param name="microseconds">Since the beginning; times that go back count as no time.</param>
    /// <param name="kind">Output or input.</param>
    /// <param name="bytes">Any bytes.</param>
    public void Write(long microseconds, RecordingEventKind kind, ReadOnlySpan<byte> bytes)
    {
        PartialCharacter partial = kind == RecordingEventKind.Input ? _input : _output;
        if (kind == RecordingEventKind.Input)
            _inputBytes += bytes.Length;
        else
            _outputBytes += bytes.Length;
        if (IsDropping || LeavesOut is not null)
        {
            Drop(kind, bytes.Length);
            return;
        }

        WriteGaps(microseconds);
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(PieceBytesMax, bytes.Length)];
            bytes = bytes[piece.Length..];
            WritePiece(microseconds, kind, partial.Join(piece));
        }
    }

    /// <summary>Another size.</summary>
    public void Resize(long microseconds, int columnCount, int rowCount) =>
        WriteText(microseconds, RecordingEventKind.Resize, string.Create(CultureInfo.InvariantCulture, $"{columnCount}x{rowCount}"));

    /// <summary>Tells of what was dropped, where something was and nothing has told of it yet.</summary>
    public void WriteGaps(long microseconds)
    {
        _unsaidBytes = 0;
        for (int index = 0; index < _gapBytes.Length; index++)
        {
            long count = _gapBytes[index];
            _gapBytes[index] = 0;
            if (count > 0)
                WriteGap(microseconds, index % 2 == 0 ? RecordingEventKind.Output : RecordingEventKind.Input, count, (RecordingGapCause)(index / 2));
        }
    }

    /// <summary>Bytes that weren't recorded.</summary>
    public void WriteGap(long microseconds, RecordingEventKind of, long byteCount, RecordingGapCause cause = RecordingGapCause.Disk) =>
        WriteText(microseconds, RecordingEventKind.Gap, string.Create(CultureInfo.InvariantCulture, $"{(char)of} {byteCount}{s_gapWords[(int)cause]}"));

    /// <summary>Any other event: marks, exit, withheld input.</summary>
    public void WriteText(long microseconds, RecordingEventKind kind, string text)
    {
        WritePartials(microseconds);
        WriteEvent(microseconds, kind, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes the end: the program's exit status where it's known, the counts, the last check.</summary>
    public void End(long microseconds, int? exitCode)
    {
        if (exitCode is { } code)
            WriteText(microseconds, RecordingEventKind.Exit, code.ToString(CultureInfo.InvariantCulture));
        WritePartials(microseconds);
        WriteGaps(microseconds);
        if (_isChained)
            WriteText(microseconds, RecordingEventKind.End, string.Create(CultureInfo.InvariantCulture, $"o={_outputBytes} i={_inputBytes}"));
        Flush();
    }

    /// <summary>Sends what has gathered, with a check behind it.</summary>
    public void Flush()
    {
        if (_lines.WrittenCount == 0)
            return;
        if (_isChained)
        {
            _chain.Add(_lines.WrittenSpan);
            ReadOnlySpan<byte> link = _chain.Link();
            Span<byte> hex = stackalloc byte[Sha256.HashBytes * 2];
            for (int index = 0; index < link.Length; index++)
                link[index].TryFormat(hex[(index * 2)..], out _, "x2", CultureInfo.InvariantCulture);
            WriteEvent(_microseconds, RecordingEventKind.Check, hex);
            _checkCount++;
        }

        stream.Write(_lines.WrittenSpan);
        stream.Flush();
        _flushedBytes += _lines.WrittenCount;
        _lines.ResetWrittenCount();
    }

    static void WriteHeader(Utf8JsonWriter json, RecordingHeader header)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, 3);
        json.WriteStartObject("term"u8);
        json.WriteNumber("cols"u8, header.ColumnCount);
        json.WriteNumber("rows"u8, header.RowCount);
        if (header.TerminalType is { } type)
            json.WriteString("type"u8, type);
        json.WriteEndObject();
        if (header.UnixSeconds is { } seconds)
            json.WriteNumber("timestamp"u8, seconds);
        if (header.IdleSeconds is { } idle)
            json.WriteNumber("idle_time_limit"u8, idle);
        if (header.Command is { } command)
            json.WriteString("command"u8, command);
        if (header.Title is { } title)
            json.WriteString("title"u8, title);
        if (header.Environment.Count > 0)
        {
            json.WriteStartObject("env"u8);
            foreach ((string name, string value) in header.Environment)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        if (header.IsChained)
        {
            json.WriteStartObject("akashi"u8);
            json.WriteNumber("format"u8, 1);
            json.WriteString("chain"u8, "sha256"u8);
            if (header.Session.Count > 0)
                WriteSession(json, header.Session);
            if (header.ConvertedFrom is { } source)
                json.WriteString("converted_from"u8, source);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void WriteSession(Utf8JsonWriter json, IReadOnlyList<(string Name, string Value)> session)
    {
        json.WriteStartObject("session"u8);
        foreach ((string name, string value) in session)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    void Drop(RecordingEventKind kind, int byteCount)
    {
        DroppedBytes += byteCount;
        _unsaidBytes += byteCount;
        RecordingGapCause cause = IsDropping ? RecordingGapCause.Disk : LeavesOut ?? RecordingGapCause.Disk;
        _gapBytes[((int)cause * 2) + (kind == RecordingEventKind.Input ? 1 : 0)] += byteCount;
    }

    void WritePartials(long microseconds)
    {
        WritePiece(microseconds, RecordingEventKind.Output, _output.TakeRest());
        WritePiece(microseconds, RecordingEventKind.Input, _input.TakeRest());
    }

    void WritePiece(long microseconds, RecordingEventKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (WriteEvent(microseconds, kind, bytes))
            return;
        InexactCount++;
        if (!KeepsExactBytes)
            return;
        _lines.Write("[0.000000, \"b\", \""u8);
        Span<byte> encoded = _lines.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, encoded, out _, out int written);
        _lines.Advance(written);
        _lines.Write("\"]\n"u8);
    }

    // Returns whether the bytes are UTF-8.
    bool WriteEvent(long microseconds, RecordingEventKind kind, ReadOnlySpan<byte> bytes)
    {
        if (_lines.WrittenCount >= GatheredBytesMax && kind != RecordingEventKind.Check)
            Flush();
        long interval = Math.Max(0, microseconds - _microseconds);
        _microseconds += interval;
        Span<byte> start = _lines.GetSpan(40);
        start[0] = (byte)'[';
        Utf8Formatter.TryFormat(interval / 1_000_000, start[1..], out int length);
        start[++length] = (byte)'.';
        Utf8Formatter.TryFormat((ulong)(interval % 1_000_000), start[(length + 1)..], out _, new StandardFormat('D', 6));
        _lines.Advance(length + 7);
        _lines.Write(", \""u8);
        _lines.Write([(byte)kind]);
        _lines.Write("\", "u8);
        bool isText = JsonString.Write(_lines, bytes);
        _lines.Write("]\n"u8);
        return isText;
    }
}
