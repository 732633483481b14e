using Akashi.Formats;
using Akashi.Host;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Plugins;

/// <summary>Writes a line to the system log.</summary>
/// <param name="priority">0 to 7.</param>
/// <param name="text">The line, without line feed.</param>
public delegate void SystemLogWriter(int priority, ReadOnlySpan<byte> text);

/// <summary>Writes every record to the system log.</summary>
public sealed class SyslogPlugin(IHost host, SyslogOptions options, SystemLogWriter log)
{
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(60);

    readonly FieldLine _words = new(host);
    readonly MemoryStream _line = new();
    readonly byte[] _raw = new byte[PluginFrames.TextBytesMax + RecordText.OverheadBytes];

    /// <summary>Runs until the input ends.</summary>
    public void Run(PluginInput input)
    {
        using var output = new Utf8Output(_line);
        while (!input.IsAtEnd)
        {
            while (input.TryPeek(out PluginRecord record))
            {
                Span<byte> line = _raw.AsSpan(0, record.WriteLine(_raw) - 1);
                if (options.Interprets)
                    WriteWords(line, output);
                else
                    WriteRaw(line);
                input.Release();
            }

            input.Wait(s_waitMax);
        }
    }

    // The byte before what was looked up would read as a control character.
    void WriteRaw(Span<byte> line)
    {
        line.Replace(Record.EnrichmentSeparator, (byte)' ');
        log(options.Priority, line);
    }

    void WriteWords(ReadOnlySpan<byte> text, Utf8Output output)
    {
        if (!Record.TryParse(text, out Record record, out _) || record.Type == RecordType.Eoe)
            return;
        _line.SetLength(0);
        _words.Write(record, output);
        output.Flush();
        log(options.Priority, _line.GetBuffer().AsSpan(0, (int)_line.Length));
    }
}
