using System.Buffers;
using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Writes asciicast v1 and v2.</summary>
/// <remarks>
/// <code>
/// {"version": 1, "width": 80, "height": 24, "stdout": [     v1: one object; delays, output alone
/// [0.250000, "hi"]
/// ]}
/// {"version": 2, "width": 80, "height": 24}                 v2: a line each; times since the beginning
/// [0.250000, "o", "hi"]
/// </code>
/// A character that is cut between two events goes into the later one. Source: docs.asciinema.org.
/// </remarks>
sealed class OlderAsciicast(Stream output, bool isFirst)
{
    readonly ArrayBufferWriter<byte> _line = new();
    readonly PartialCharacter _shown = new();
    readonly PartialCharacter _typed = new();
    long _last;
    bool _isLater;

    /// <summary>Events that the version has no words for.</summary>
    public LeftOutEvents LeftOut { get; } = new();

    /// <summary>Events whose bytes aren't UTF-8.</summary>
    public long InexactCount { get; private set; }

    /// <summary>Writes a recording to its end.</summary>
    public void Write(IRecordingReader reader)
    {
        RecordingHeader header = reader.Header;
        string size = string.Create(CultureInfo.InvariantCulture, $"\"width\": {header.ColumnCount}, \"height\": {header.RowCount}");
        string time = header.UnixSeconds is { } seconds && !isFirst ? $", \"timestamp\": {seconds}" : "";
        output.Write(Encoding.UTF8.GetBytes(isFirst ? $"{{\"version\": 1, {size}, \"stdout\": [\n" : $"{{\"version\": 2, {size}{time}}}\n"));
        long end = 0;
        while (reader.TryRead(out RecordingEvent next))
        {
            end = next.Microseconds;
            Take(next);
        }

        WriteEvent(end, RecordingEventKind.Output, _shown.TakeRest());
        WriteEvent(end, RecordingEventKind.Input, _typed.TakeRest());
        if (isFirst)
            output.Write("]}\n"u8);
    }

    void Take(RecordingEvent next)
    {
        switch (next.Kind)
        {
            case RecordingEventKind.Output:
                WriteEvent(next.Microseconds, next.Kind, _shown.Join(next.Bytes));
                break;
            case RecordingEventKind.Input when !isFirst:
                WriteEvent(next.Microseconds, next.Kind, _typed.Join(next.Bytes));
                break;
            case RecordingEventKind.Resize or RecordingEventKind.Marker when !isFirst:
                WriteEvent(next.Microseconds, next.Kind, next.Bytes);
                break;
            default:
                LeftOut.Add(next.Kind);
                break;
        }
    }

    void WriteEvent(long microseconds, RecordingEventKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        long shown = isFirst ? microseconds - _last : microseconds;
        _last = microseconds;
        string code = isFirst ? "" : $" \"{(char)kind}\",";
        string start = string.Create(CultureInfo.InvariantCulture, $"{(isFirst && _isLater ? "," : "")}[{shown / 1_000_000}.{shown % 1_000_000:000000},{code} ");
        _line.Write(Encoding.ASCII.GetBytes(start));
        InexactCount += JsonString.Write(_line, bytes) ? 0 : 1;
        _line.Write("]\n"u8);
        output.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
        _isLater = true;
    }
}
