using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Commands;

/// <summary>Who ran what: a row for every start of a program, in the trail's order.</summary>
/// <remarks>
/// <code>
/// TIME                 PERSON      AS          FROM                    SESSION  DIRECTORY             STARTED            EXIT  COMMAND
/// 2026-11-21 07:18:33  tester      root        pts/1 127.0.0.1         1        /home/tester          ok                 0     sudo id
/// </code>
/// The person is the login user, whom su and sudo don't change; <c>system</c> where nobody logged in. STARTED is <c>ok</c>, the words of the error, or <c>-</c>
/// where the records don't say; EXIT what it ended with, where <see cref="Ends"/> knows. What ran under another name stands before it: <c>/tmp/x as ls</c>. A start that was refused before the kernel came to its arguments shows its path and <c>(arguments unknown)</c>. Secrets are masked.
/// </remarks>
/// <param name="host">Names, dates, words of errors.</param>
/// <param name="output">Where rows go.</param>
/// <param name="format">How they are written.</param>
/// <param name="terminalColumns">The width of the terminal that shows them; 0 for none.</param>
public sealed class CommandReport(IHost host, Utf8Output output, RowFormat format = RowFormat.Table, int terminalColumns = 0)
{
    // What the column STARTED holds, two blanks aside: "Permission denied".
    const int ReasonCharactersMax = 17;

    const int ArgumentBytesMax = 2 * 1024 * 1024;
    const int ArgumentsMax = 128 * 1024;
    const int DirectoryBytesMax = 4096;

    readonly SessionBook _sessions = new();
    readonly SetupProbes _probes = new();
    readonly PersonColumn _people = new(host.Accounts);
    readonly CommandLine _command = new(ArgumentBytesMax, ArgumentsMax);
    readonly SecretMask _mask = new();
    readonly ReportLine _row = new(
        [new("TIME", 0), new("PERSON", 21), new("AS", 33), new("FROM", 45), new("SESSION", 69), new("DIRECTORY", 78), new("STARTED", 100), new("EXIT", 119), new("COMMAND", 125)],
        format) { TerminalColumns = terminalColumns };

    WhereColumn? _where;

    /// <summary>Only this person's; null for everybody's.</summary>
    public PersonFilter? Person { get; init; }

    /// <summary>From when on, in milliseconds since the epoch.</summary>
    public long SinceUnixMilliseconds { get; init; }

    /// <summary>Until when, inclusive.</summary>
    public long UntilUnixMilliseconds { get; init; } = long.MaxValue;

    /// <summary>What programs ended with; null where that isn't known.</summary>
    public ProgramEnds? Ends { get; init; }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes the next event; older ones teach where sessions came from.</summary>
    public void Add(AuditEvent auditEvent)
    {
        _sessions.Learn(auditEvent);
        if (_probes.Take(auditEvent))
            return;
        long time = auditEvent.Stamp.UnixMilliseconds;
        if (time < SinceUnixMilliseconds || time > UntilUnixMilliseconds || !ExecutedProgram.IsStart(auditEvent))
            return;
        var parts = new EventParts(auditEvent);
        Record subject = parts.HasSyscall ? parts.Syscall : parts.Lead;
        if (Person is not null && !Person.Matches(subject))
            return;
        if (Rows++ == 0)
            _row.WriteHeading(output);
        WriteRow(parts, subject);
    }

    void WriteRow(in EventParts parts, in Record subject)
    {
        _row.Begin();
        _row.AppendTime(host.LocalTime, parts.Event.Stamp.UnixSeconds);
        _row.NextColumn();
        AppendPerson(subject);
        _row.NextColumn();
        AppendEffective(subject);
        _row.NextColumn();
        (_where ??= new WhereColumn(_sessions)).Append(parts, _row.Text);
        _row.NextColumn();
        AppendSession(subject);
        _row.NextColumn();
        AppendDirectory(parts.Event);
        _row.NextColumn();
        AppendStarted(parts);
        _row.NextColumn();
        AppendEnd(parts.Event.Stamp);
        _row.NextColumn();
        AppendCommand(parts);
        _row.Write(output);
    }

    void AppendPerson(in Record subject)
    {
        uint auid = ReadId(subject, "auid"u8);
        if (auid != ProcessIdentity.Unset)
            _people.AppendUser(subject, "AUID"u8, auid, _row.Text);
        else
            _row.Text.Append(subject.TryFind("auid"u8, out _) ? "system"u8 : "-"u8);
    }

    void AppendEffective(in Record subject)
    {
        if (subject.TryFind("euid"u8, out _))
            _people.AppendUser(subject, "EUID"u8, ReadId(subject, "euid"u8), _row.Text);
        else
            _row.Text.Append('-');
    }

    void AppendSession(in Record subject)
    {
        uint session = ReadId(subject, "ses"u8);
        if (session == ProcessIdentity.Unset)
            _row.Text.Append('-');
        else
            _row.Text.Append(session);
    }

    void AppendDirectory(AuditEvent auditEvent)
    {
        if (!auditEvent.TryFindRecord(RecordType.Cwd, out Record record) || !record.TryFind("cwd"u8, out ReadOnlySpan<byte> raw))
        {
            _row.Text.Append('-');
            return;
        }

        AppendValue(raw);
    }

    void AppendStarted(in EventParts parts)
    {
        EventResult result = parts.HasSyscall ? EventResult.Of(parts) : default;
        if (!result.IsKnown)
            _row.Text.Append('-');
        else if (result.IsSuccess)
            _row.Text.Append("ok"u8);
        else
            _row.Text.AppendText(result.Errno > 0 ? Reason(host.DescribeError(result.Errno)) : "failed");
    }

    // The one long reason that is frequent loses the half that says nothing here; programs get all words.
    string Reason(string words)
    {
        if (format != RowFormat.Table || words.Length <= ReasonCharactersMax)
            return words;
        return words == "No such file or directory" ? "No such file" : words[..(ReasonCharactersMax - 1)] + "…";
    }

    void AppendEnd(EventStamp start)
    {
        if (Ends is not null && Ends.TryFind(start, out byte status))
            _row.Text.Append((uint)status);
        else
            _row.Text.Append('-');
    }

    void AppendCommand(in EventParts parts)
    {
        if (_command.TryReadExecve(parts.Event))
        {
            AppendFalseName(parts);
            _mask.Apply(_command, parts);
            CommandText.Append(_command, _row.Text);
            return;
        }

        if (ExecutedProgram.TryFindPath(parts.Event, out ReadOnlySpan<byte> path))
            AppendValue(path);
        else
            _row.Text.Append('?');
        _row.Text.Append(" (arguments unknown)"u8);
    }

    void AppendFalseName(in EventParts parts)
    {
        Span<byte> path = stackalloc byte[FalseName.PathBytesMax];
        if (!FalseName.TryFind(parts, _command, path, out int length))
            return;
        _row.Text.AppendText(path[..length]);
        _row.Text.Append(" as "u8);
    }

    void AppendValue(ReadOnlySpan<byte> raw)
    {
        Span<byte> decoded = stackalloc byte[DirectoryBytesMax * 2];
        EncodedText.TryDecode(raw[..Math.Min(raw.Length, decoded.Length)], decoded, out int length);
        _row.Text.AppendText(decoded[..length]);
    }

    static uint ReadId(in Record record, ReadOnlySpan<byte> name) =>
        record.TryFind(name, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : ProcessIdentity.Unset;
}
