using System.Globalization;
using System.Text;

namespace Akashi.Recordings;

/// <summary>Formats that a recording can be turned into.</summary>
public enum RecordingFormat
{
    AsciicastV1,
    AsciicastV2,
    AsciicastV3,

    /// <summary>Asciicast v3 with the running hash and exact bytes.</summary>
    Akashi,

    /// <summary>script(1)'s classic form: output alone.</summary>
    Typescript,

    /// <summary>script(1)'s advanced form: input in the same file, sizes.</summary>
    TypescriptAdvanced,

    /// <summary>ttyrec: output alone.</summary>
    Ttyrec,
}

/// <summary>Turns a recording into another format. What the new one can't say is left out and counted.</summary>
public sealed class RecordingConversion
{
    readonly IRecordingReader _reader;

    /// <summary>Takes a recording from its beginning.</summary>
    public RecordingConversion(IRecordingReader reader) => _reader = reader;

    /// <summary>Events that the new format has no words for.</summary>
    public LeftOutEvents LeftOut { get; private set; } = new();

    /// <summary>What the header of an akashi recording says it was made from; null for nothing.</summary>
    public string? ConvertedFrom { get; init; }

    /// <summary>Events of output or input whose bytes aren't UTF-8, and were put down as U+FFFD.</summary>
    public long InexactCount { get; private set; }

    /// <summary>Writes an asciicast.</summary>
    public void WriteAsciicast(Stream output, RecordingFormat format)
    {
        if (format is RecordingFormat.Akashi or RecordingFormat.AsciicastV3)
            WriteVersion3(output, format == RecordingFormat.Akashi);
        else
            WriteOlder(output, format == RecordingFormat.AsciicastV1);
    }

    /// <summary>Writes a ttyrec.</summary>
    public void WriteTtyrec(Stream output)
    {
        var writer = new TtyrecWriter(output);
        writer.Write(_reader);
        LeftOut = writer.LeftOut;
    }

    /// <summary>Writes a typescript.</summary>
    /// <param name="data">Takes output (and input, where it's advanced), between the lines of script(1).</param>
    /// <param name="timing">Takes the timing file.</param>
    /// <param name="isAdvanced">Whether input and sizes are told.</param>
    public void WriteTypescript(Stream data, Stream timing, bool isAdvanced)
    {
        RecordingHeader header = _reader.Header;
        string began = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(header.UnixSeconds ?? 0, 0, 253402300799)).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
        string term = OneWord(header.TerminalType ?? "xterm");
        data.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"Script started on {began} [TERM=\"{term}\" COLUMNS=\"{header.ColumnCount}\" LINES=\"{header.RowCount}\"]\n")));
        if (isAdvanced)
            WriteLine(timing, $"H 0.000000 START_TIME {began}\nH 0.000000 TERM {term}\nH 0.000000 COLUMNS {header.ColumnCount}\nH 0.000000 LINES {header.RowCount}");
        long last = 0;
        string exit = "";
        while (_reader.TryRead(out RecordingEvent next))
        {
            string? line = null;
            long wait = next.Microseconds - last;
            string delay = string.Create(CultureInfo.InvariantCulture, $"{wait / 1_000_000}.{wait % 1_000_000:000000}");
            if (next.Kind == RecordingEventKind.Output || (next.Kind == RecordingEventKind.Input && isAdvanced))
            {
                data.Write(next.Bytes);
                line = isAdvanced ? $"{(next.Kind == RecordingEventKind.Input ? 'I' : 'O')} {delay} {next.Bytes.Length}" : $"{delay} {next.Bytes.Length}";
            }
            else if (next.Kind == RecordingEventKind.Resize && isAdvanced && Encoding.ASCII.GetString(next.Bytes).Split('x') is [var columns, var rows])
            {
                line = $"S {delay} SIGWINCH ROWS={OneWord(rows)} COLS={OneWord(columns)}";
            }

            if (next.Kind == RecordingEventKind.Exit)
                exit = $" [COMMAND_EXIT_CODE=\"{OneWord(Encoding.UTF8.GetString(next.Bytes))}\"]";
            else if (line is null)
                LeftOut.Add(next.Kind);
            if (line is null)
                continue;
            WriteLine(timing, line);
            last = next.Microseconds;
        }

        string ended = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp((header.UnixSeconds ?? 0) + last / 1_000_000, 0, 253402300799))
            .ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
        data.Write(Encoding.UTF8.GetBytes($"\nScript done on {ended}{exit}\n"));
    }

    void WriteVersion3(Stream output, bool isChained)
    {
        var writer = new RecordingWriter(output) { KeepsExactBytes = isChained };
        writer.Begin(_reader.Header with { IsChained = isChained, ConvertedFrom = ConvertedFrom });
        long last = 0;
        while (_reader.TryRead(out RecordingEvent next))
        {
            last = next.Microseconds;
            if (next.Kind is RecordingEventKind.Output or RecordingEventKind.Input)
                writer.Write(last, next.Kind, next.Bytes);
            else if (next.Kind is RecordingEventKind.Check or RecordingEventKind.End)
                continue;
            else if (next.Kind is RecordingEventKind.Resize or RecordingEventKind.Marker or RecordingEventKind.Exit || (isChained && next.Kind != default))
                writer.WriteText(last, next.Kind, Encoding.UTF8.GetString(next.Bytes));
            else
                LeftOut.Add(next.Kind);
        }

        writer.End(last, null);
        InexactCount = writer.InexactCount;
    }

    void WriteOlder(Stream output, bool isFirst)
    {
        var older = new OlderAsciicast(output, isFirst);
        older.Write(_reader);
        (LeftOut, InexactCount) = (older.LeftOut, older.InexactCount);
    }

    // What goes into a line or between quotes of a typescript can't break out of it.
    static string OneWord(string text) =>
        new([.. text.Where(letter => letter is > ' ' and < '\u007F' and not '"').Take(64)]);

    static void WriteLine(Stream stream, string line) => stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
