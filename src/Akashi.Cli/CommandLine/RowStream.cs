using System.Buffers;
using Akashi.Live;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>Lines for a person at a terminal: each is broken into rows between words; what goes on in a row below is indented.</summary>
/// <remarks>Lines are printable UTF-8; colours take no column. A line counts when its line feed comes, the last one at the end.</remarks>
/// <param name="inner">Where rows go; stays open.</param>
/// <param name="columns">The width of the terminal.</param>
/// <param name="indent">Blanks before each row of a line but the first.</param>
sealed class RowStream(Stream inner, int columns, int indent) : OneWayStream
{
    readonly ArrayBufferWriter<byte> _line = new();
    readonly Utf8Output _rows = new(inner);

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (int end; (end = buffer.IndexOf((byte)'\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            _line.Write(buffer[..end]);
            WriteLine();
            _rows.EndLine();
        }

        _line.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Flush() => _rows.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            WriteLine();
            _rows.Dispose();
        }

        base.Dispose(disposing);
    }

    void WriteLine()
    {
        LineRows.Write(_line.WrittenSpan, columns, indent, int.MaxValue, _rows);
        _line.ResetWrittenCount();
    }
}
