using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Output;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>One line of columns for each event, normalised, behind a line with the columns' names.</summary>
/// <remarks>
/// <code>
/// NODE,EVENT,DATE,TIME,[YEAR,MONTH,DAY,WEEKDAY,HOUR,MILLI,GMT_OFFSET,]SERIAL_NUM,EVENT_KIND,SESSION,SUBJ_PRIME,SUBJ_SEC,SUBJ_KIND,[SUBJ_LABEL,]
/// ACTION,RESULT,OBJ_PRIME,OBJ_SEC,[OBJ2,][OBJ_LABEL,]OBJ_KIND,HOW[,KEY]
/// </code>
/// Nothing is quoted, as in the original: a comma in a value moves the columns behind it. EVENT is empty where the type has no name.
/// </remarks>
/// <param name="host">For names and dates.</param>
/// <param name="columns">The columns beyond the usual ones.</param>
public sealed class CsvFormat(IHost host, CsvColumns columns = CsvColumns.None) : IEventFormat
{
    readonly Interpreter _interpreter = new(host);
    readonly CsvTime _time = new(host.LocalTime);
    EventNormalizer? _normalizer;
    EventFieldText? _fields;
    bool _wroteHeader;

    EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    bool HasTime => (columns & CsvColumns.Time) != 0;

    bool HasLabels => (columns & CsvColumns.Labels) != 0;

    bool HasSecondObject => (columns & CsvColumns.SecondObject) != 0;

    bool HasKeys => (columns & CsvColumns.Keys) != 0;

    /// <summary>Whether a line with the columns' names stands above the first event.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>How many events had nothing to show but their time and type.</summary>
    public int NotNormalizedCount { get; private set; }

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
            WriteLine(auditEvent, part, output);
    }

    void WriteLine(AuditEvent auditEvent, EventPart part, Utf8Output output)
    {
        if (HasHeader && !_wroteHeader)
            WriteHeader(output);
        _wroteHeader = true;

        output.WriteEscaped(auditEvent.Node);
        output.Write((byte)',');
        RecordTypes.Names.TryGetName((long)part.TypeAt(0), out ReadOnlySpan<byte> type);
        output.Write(type);
        output.Write((byte)',');
        _time.Write(auditEvent.Stamp, HasTime, output);
        output.Write(auditEvent.Stamp.Serial);
        output.Write((byte)',');
        if (Normalizer.TryNormalize(part, out NormalizedEvent normalized))
        {
            WriteSubject(part, normalized, output);
            WriteObject(part, normalized, output);
        }
        else
        {
            NotNormalizedCount++;
            WriteEmpty(output);
        }

        output.Write((byte)'\n');
    }

    void WriteHeader(Utf8Output output)
    {
        output.Write("NODE,EVENT,DATE,TIME,"u8);
        if (HasTime)
            output.Write("YEAR,MONTH,DAY,WEEKDAY,HOUR,MILLI,GMT_OFFSET,"u8);
        output.Write("SERIAL_NUM,EVENT_KIND,SESSION,SUBJ_PRIME,SUBJ_SEC,SUBJ_KIND,"u8);
        if (HasLabels)
            output.Write("SUBJ_LABEL,"u8);
        output.Write("ACTION,RESULT,OBJ_PRIME,OBJ_SEC,"u8);
        if (HasSecondObject)
            output.Write("OBJ2,"u8);
        if (HasLabels)
            output.Write("OBJ_LABEL,"u8);
        output.Write("OBJ_KIND,HOW"u8);
        if (HasKeys)
            output.Write(",KEY"u8);
        output.Write((byte)'\n');
    }

    void WriteSubject(EventPart part, in NormalizedEvent normalized, Utf8Output output)
    {
        EventKindNames.Names.TryGetName((long)normalized.Kind, out ReadOnlySpan<byte> kind);
        WriteColumn(kind, output);
        WriteColumn(Fields.Of(part, normalized.Session), output);
        WriteColumn(Fields.OfSubject(part, normalized.SubjectPrimary), output);
        WriteColumn(Fields.Of(part, normalized.SubjectSecondary), output);
        WriteColumn(SubjectKinds.NameOf(normalized.SubjectKind), output);
        if (HasLabels)
            WriteColumn(Fields.Of(part, normalized.SubjectLabel), output);
        WriteColumn(NormalizedWords.ActionOf(normalized), output);
        WriteColumn(ResultOf(part, normalized.Result), output);
    }

    void WriteObject(EventPart part, in NormalizedEvent normalized, Utf8Output output)
    {
        WriteColumn(NormalizedWords.IsSetting(normalized)
            ? normalized.ObjectPrimary.Name
            : Fields.OfObject(part, normalized.ObjectPrimary), output);
        WriteColumn(Fields.Of(part, normalized.ObjectSecondary), output);
        if (HasSecondObject)
            WriteColumn(Fields.OfObject(part, normalized.ObjectPrimary2), output);
        if (HasLabels)
            WriteColumn(Fields.Of(part, normalized.ObjectLabel), output);
        ObjectKindNames.Names.TryGetName((long)normalized.ObjectKind, out ReadOnlySpan<byte> kind);
        WriteColumn(kind, output);
        output.WriteEscaped(normalized.HowWord.IsEmpty ? Fields.Of(part, normalized.How) : normalized.HowWord);
        if (!HasKeys)
            return;
        output.Write((byte)',');
        output.WriteEscaped(Fields.OfKey(part, normalized.Key));
    }

    // The original's frame for what can't be normalised: a comma short, and one for each kind of further columns, though there are two labels.
    void WriteEmpty(Utf8Output output)
    {
        output.Write(",,,,,,,,,"u8);
        if (HasLabels)
            output.Write((byte)',');
        if (HasSecondObject)
            output.Write((byte)',');
        if (HasKeys)
            output.Write((byte)',');
    }

    ReadOnlySpan<byte> ResultOf(EventPart part, EventField result)
    {
        if (!result.IsPresent)
            return default;
        return Fields.IsSuccess(part, result) ? "success"u8 : "failed"u8;
    }

    static void WriteColumn(ReadOnlySpan<byte> value, Utf8Output output)
    {
        output.WriteEscaped(value);
        output.Write((byte)',');
    }
}
