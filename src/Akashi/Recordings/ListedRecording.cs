using System.Text;
using System.Text.Json;

namespace Akashi.Recordings;

/// <summary>A recording that is read whole: asciicast v1, one JSON object with <c>stdout: [[DELAY, "DATA"], …]</c>.</summary>
public sealed class ListedRecording : IRecordingReader
{
    /// <summary>Bytes of a file at most.</summary>
    public const int FileBytesMax = 512 * 1024 * 1024;

    readonly List<(long Microseconds, byte[] Bytes)> _events = [];
    int _next;

    ListedRecording(RecordingHeader header) => Header = header;

    /// <inheritdoc/>
    public RecordingHeader Header { get; }

    /// <inheritdoc/>
    public RecordingFault? FirstFault { get; private set; }

    /// <inheritdoc/>
    public long FaultCount { get; private set; }

    /// <inheritdoc/>
    public RecordingPosition Position => new(_next, _next == 0 ? 0 : _events[_next - 1].Microseconds);

    /// <summary>Reads an asciicast v1.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="reader">Null where false is returned.</param>
    /// <returns>False where it's none. One that is cut or damaged gives what stands before.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> file, out ListedRecording? reader)
    {
        reader = null;
        int events = file.IndexOf("\"stdout\""u8);
        if (events < 0 || !AsciicastHeader.TryParse([.. file[..events].TrimEnd(" \t\r\n,"u8), (byte)'}'], out RecordingHeader? header, out int version) || version != 1)
            return false;
        reader = new ListedRecording(header!);
        reader.TakeEvents(file[events..], events);
        return true;
    }

    /// <inheritdoc/>
    public bool TryRead(out RecordingEvent next)
    {
        if (_next == _events.Count)
        {
            next = default;
            return false;
        }

        (long microseconds, byte[] bytes) = _events[_next++];
        next = new(microseconds, RecordingEventKind.Output, bytes);
        return true;
    }

    /// <inheritdoc/>
    public void Seek(RecordingPosition position) => _next = (int)Math.Clamp(position.Offset, 0, _events.Count);

    void TakeEvents(ReadOnlySpan<byte> text, long offset)
    {
        int colon = text.IndexOf((byte)':') + 1;
        var json = new Utf8JsonReader(text[colon..], isFinalBlock: true, new JsonReaderState());
        double seconds = 0;
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.Number)
            {
                double delay = json.GetDouble();
                seconds += delay is >= 0 and < 1e10 ? delay : 0;
                if (!json.Read() || json.TokenType != JsonTokenType.String)
                    break;
                _events.Add(((long)Math.Round(seconds * 1_000_000), Encoding.UTF8.GetBytes(json.GetString()!)));
                if (!json.Read() || json.TokenType != JsonTokenType.EndArray)
                    break;
            }

            if (json.TokenType == JsonTokenType.EndArray)
                return;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
        }

        FaultCount = 1;
        FirstFault = new RecordingFault(offset + colon + json.BytesConsumed, "not an event");
    }
}
