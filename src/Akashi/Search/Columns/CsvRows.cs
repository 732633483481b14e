using Akashi.Events;
using Akashi.Formats;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Search.Query.Fields;

namespace Akashi.Search.Columns;

/// <summary>Events as CSV by RFC 4180: a header, a row for each event, columns that the caller chooses.</summary>
/// <remarks>
/// Lines end with CR LF. A value with a comma, a quote or a line end stands between quotes, and quotes in it are doubled. Several values of one field are
/// joined by a blank, each once. Bytes that aren't UTF-8 become U+FFFD; where <paramref name="isTerminal"/>, control bytes are escaped by the output's rules.
/// </remarks>
/// <param name="columns">Name and reader of each.</param>
/// <param name="isTerminal">Whether a person looks at it.</param>
public sealed class CsvRows(IReadOnlyList<(string Name, FieldReader Reader)> columns, bool isTerminal) : IEventFormat, IValueTaker
{
    // One event with thousands of paths would fill the memory of whoever reads the table.
    const int ValueBytesMax = 64 * 1024;

    readonly InterpretedText _value = new();
    bool _hasHeader;

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        WriteHeader(output);
        for (int index = 0; index < columns.Count; index++)
        {
            if (index > 0)
                output.Write((byte)',');
            _value.Clear();
            columns[index].Reader.Read(auditEvent, this);
            CsvText.Write(_value.Bytes, isTerminal, output);
        }

        output.Write("\r\n"u8);
    }

    /// <summary>Writes the header, once; where no event comes it's all there is.</summary>
    public void WriteHeader(Utf8Output output)
    {
        if (_hasHeader)
            return;
        _hasHeader = true;
        output.Write(string.Join(',', columns.Select(column => column.Name)) + "\r\n");
    }

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<byte> words, ReadOnlySpan<byte> raw)
    {
        if (words.IsEmpty || IsThere(words))
            return false;
        if (!_value.IsEmpty)
            _value.AppendByte((byte)' ');
        _value.Append(words);
        return _value.Bytes.Length > ValueBytesMax;
    }

    // Among the values taken, as a whole: a value with blanks isn't told from several.
    bool IsThere(ReadOnlySpan<byte> words)
    {
        ReadOnlySpan<byte> taken = _value.Bytes;
        while (true)
        {
            int at = taken.IndexOf(words);
            if (at < 0)
                return false;
            bool begins = at == 0 || taken[at - 1] == ' ';
            bool ends = at + words.Length == taken.Length || taken[at + words.Length] == ' ';
            if (begins && ends)
                return true;
            taken = taken[(at + 1)..];
        }
    }
}
