using System.Globalization;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Shows events as they come, one line each: when, who, from where, in which directory, whether it could be done, what.</summary>
/// <remarks>
/// <code>
/// 09:41:07  bob>root      pts/1 192.0.2.7        /home/bob           ok  # cat /etc/shadow
/// </code>
/// On a terminal the time stands alone and a line of its own says the day; lines break between words and end after some rows, and a narrow one
/// has narrower columns. Elsewhere every line has its date and stays whole. What is left of what has no bound is described at <see cref="CommandLine"/> and <see cref="LineText"/>. Not for several threads.
/// </remarks>
public sealed class LiveView
{
    const int EventRowsMax = 3;
    const int EventIndent = 10;
    const int RemarkIndent = 3;

    // ENOENT: programs look for files in many places, and nobody was kept from anything.
    const int NoSuchFile = 2;

    readonly IHost _host;
    readonly Utf8Output _output;
    readonly bool _isTerminal;
    readonly LineText _line;
    readonly SessionBook _sessions = new();
    readonly PersonColumn _person;
    readonly WhereColumn _where;
    readonly DeedWriter _deed;
    LiveColumns _columns = LiveColumns.Wide;
    int _terminalColumns;
    int _day;

    /// <summary>Makes a view.</summary>
    /// <param name="host">Names, dates, words for errors.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="isTerminal">Whether a person looks at it: days get lines of their own.</param>
    /// <param name="hasColors">Whether it's coloured.</param>
    public LiveView(IHost host, Utf8Output output, bool isTerminal, bool hasColors)
    {
        _host = host;
        _output = output;
        _isTerminal = isTerminal;
        _line = new LineText(hasColors);
        _person = new PersonColumn(host.Accounts);
        _where = new WhereColumn(_sessions);
        _deed = new DeedWriter(host, _person);
    }

    /// <summary>Whether the program's short name says by whom a thing was done, rather than its command line: where one program is looked at.</summary>
    public bool NamesDoerShortly
    {
        init => _deed = new DeedWriter(_host, _person) { NamesDoerShortly = value };
    }

    /// <summary>Events shown.</summary>
    public long Events { get; private set; }

    /// <summary>The width of the terminal; 0 where lines stay whole: elsewhere, and where it isn't known.</summary>
    public int TerminalColumns
    {
        get => _terminalColumns;
        set
        {
            _terminalColumns = value;
            _columns = LiveColumns.For(value);
        }
    }

    /// <summary>Shows an event.</summary>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Write(AuditEvent auditEvent)
    {
        _sessions.Learn(auditEvent);
        var parts = new EventParts(auditEvent);
        EventResult result = EventResult.Of(parts);
        LocalDateTime time = _host.LocalTime.ToLocal(auditEvent.Stamp.UnixSeconds);
        if (_isTerminal)
            WriteDay(time);
        _line.Clear();
        if (IsMinor(parts, result))
            _line.Dim();
        AppendTime(time);
        int column = _line.Columns + _columns.Gap;
        _line.PadTo(column);
        _person.Append(parts, _line);
        _line.PadTo(column += _columns.Person);
        _where.Append(parts, _line, _columns.HasSessionAddress);
        _line.PadTo(column += _columns.Where);
        AppendDirectory(parts);
        _line.PadTo(column + _columns.Directory);
        AppendResult(result);
        _deed.Append(parts, result, _line);
        WriteLine(EventIndent, EventRowsMax);
        Events++;
    }

    /// <summary>Teaches the view whose sessions are open already, without showing anything.</summary>
    public void Learn(AuditEvent auditEvent) => _sessions.Learn(auditEvent);

    /// <summary>Shows a remark of the program's own between the events.</summary>
    public void WriteRemark(string remark)
    {
        _line.Clear();
        _line.Begin(LiveColor.Dim);
        _line.Append("-- "u8);
        _line.AppendText(remark);
        _line.End();
        WriteLine(RemarkIndent, int.MaxValue);
    }

    static bool IsMinor(in EventParts parts, EventResult result) =>
        result.Errno == NoSuchFile || ((!result.IsKnown || result.IsSuccess) && DeedWriter.IsMinor(parts));

    void WriteLine(int indent, int rowsMax)
    {
        _line.Finish();
        if (_terminalColumns > 0)
            LineRows.Write(_line.Bytes, _terminalColumns, indent, rowsMax, _output);
        else
            _output.Write(_line.Bytes);
        _output.EndLine();
    }

    void WriteDay(in LocalDateTime time)
    {
        int day = (((time.Year * 12) + time.Month) * 31) + time.Day;
        if (day == _day)
            return;
        _day = day;
        WriteRemark(string.Create(CultureInfo.InvariantCulture, $"{time.Year:0000}-{time.Month:00}-{time.Day:00}"));
    }

    void AppendTime(in LocalDateTime time)
    {
        _line.Begin(LiveColor.Dim);
        if (!_isTerminal)
        {
            _line.Append(time.Year);
            AppendTwo('-', time.Month);
            AppendTwo('-', time.Day);
            _line.Append(' ');
        }

        AppendTwo('\0', time.Hour);
        AppendTwo(':', time.Minute);
        AppendTwo(':', time.Second);
        _line.End();
    }

    void AppendTwo(char before, int number)
    {
        if (before != '\0')
            _line.Append(before);
        _line.Append((char)('0' + (number / 10 % 10)));
        _line.Append((char)('0' + (number % 10)));
    }

    void AppendDirectory(in EventParts parts)
    {
        bool isKnown = parts.Event.TryFindRecord(RecordType.Cwd, out Record record) && record.TryFind("cwd"u8, out _);
        if (!isKnown && parts.Lead.Type == RecordType.UserCmd)
            record = parts.Lead;
        if (record.Line.IsEmpty || !record.TryFind("cwd"u8, out ReadOnlySpan<byte> raw))
        {
            _line.Begin(LiveColor.Dim);
            _line.Append('-');
            _line.End();
            return;
        }

        Span<byte> decoded = stackalloc byte[Record.LineBytesMax / 8];
        raw = raw[..Math.Min(raw.Length, decoded.Length)];
        EncodedText.TryDecode(raw, decoded, out int length);
        ReadOnlySpan<byte> directory = decoded[..length];
        _line.Begin(LiveColor.Directory);
        if (_isTerminal && length > _columns.Directory - 1)
            directory = ShortenDirectory(directory);
        _line.AppendText(directory);
        _line.End();
    }

    // The end says more than the beginning: .../auparse/test.
    ReadOnlySpan<byte> ShortenDirectory(ReadOnlySpan<byte> directory)
    {
        const string Mark = "...";
        ReadOnlySpan<byte> end = directory[^(_columns.Directory - Mark.Length - 1)..];
        int slash = end.IndexOf((byte)'/');
        _line.Append("..."u8);
        return slash < 0 ? end : end[slash..];
    }

    void AppendResult(EventResult result)
    {
        _line.Begin(result.IsSuccess ? LiveColor.Done : LiveColor.Refused);
        _line.Append(!result.IsKnown ? "  "u8 : result.IsSuccess ? "ok"u8 : "NO"u8);
        _line.End();
        _line.Append(' ', _columns.Gap);
    }
}
