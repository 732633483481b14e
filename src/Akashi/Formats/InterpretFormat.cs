using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>The records with their values in words, the last one first.</summary>
/// <remarks>
/// <code>
/// ----
/// [node=NAME ]type=NAME msg=audit(DATE TIME.mmm:SERIAL) : auid=operator1 exe=/usr/bin/cat
/// </code>
/// What stands between the pairs stays (<c>avc:  denied  { read } for</c>, <c>msg='</c>); one blank follows each value, the last one too. Values without
/// a type stay as they are, but for control bytes; the comma behind a value of a type gives way. A record without pairs is followed by an empty line.
/// </remarks>
/// <param name="host">For names and dates.</param>
public sealed class InterpretFormat(IHost host) : IEventFormat
{
    const int DateBytesMax = 256;
    const byte KeyJoint = 0x01;

    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();
    readonly byte[] _date = new byte[DateBytesMax];
    int _dateLength;
    long _dateSecond = long.MinValue;

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        output.Write("----\n"u8);
        bool isDaemon = DaemonRecords.Contains(auditEvent[auditEvent.Count - 1].Type);
        for (int index = auditEvent.Count - 1; index >= 0; index--)
        {
            WriteRecord(auditEvent[index], output);
            if (isDaemon)
                break;
        }
    }

    // for each pair:
    //     write what stands before its value
    //     write its value, in words where it has a type, and a blank
    //     skip the blank behind it
    // What differs: what goes out as it is (words between pairs, values without a type) is written in one piece together with what follows it, up to
    // the next value of a type; and whether the record holds control bytes at all is looked for once.
    void WriteRecord(in Record record, Utf8Output output)
    {
        WriteHeader(record, output);
        ReadOnlySpan<byte> body = record.LineWithoutEnrichment;
        body = body[(body.IndexOf("):"u8) + 1)..];
        output.Write((byte)' ');
        var piece = new UntouchedText(body, output);
        var context = new RecordContext(record);
        bool hasPair = false;
        int next = 0;
        while (TryFindName(body, next, out int nameStart, out int equals))
        {
            next = equals + 1;
            if (next < body.Length && body[next] == '\'')
            {
                next++;
                continue;
            }

            ReadOnlySpan<byte> name = body[nameStart..equals].TrimStart((byte)'(');
            ReadOnlySpan<byte> value = ValueAt(body, next);
            hasPair = true;
            if (_interpreter.TryInterpret(ref context, name, value.TrimEnd((byte)','), _text))
                next = WriteWords(name, value, next, ref piece, output);
            else
                next = KeepValue(name, next + value.Length, ref piece, output);
        }

        WriteEnd(hasPair, next, ref piece, output);
        WriteOrigins(record, output);
        output.Write((byte)'\n');
    }

    // What the original's daemon doesn't write; behind all else, in lower case as other names are.
    void WriteOrigins(in Record record, Utf8Output output)
    {
        if (record.Type != RecordType.Syscall)
            return;
        foreach (Field field in new FieldEnumerator(OriginFields.Of(record)))
        {
            for (int index = 0; index < field.Name.Length; index++)
                output.Write((byte)(field.Name[index] is >= (byte)'A' and <= (byte)'Z' ? field.Name[index] | 0x20 : field.Name[index]));
            output.Write((byte)'=');
            _text.Clear();
            EscapedValue.Write(field.Value, _text);
            output.WriteEscaped(_text.Bytes);
            output.Write((byte)' ');
        }
    }

    int WriteWords(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int valueStart, ref UntouchedText piece, Utf8Output output)
    {
        int end = valueStart + value.Length;
        piece.WriteUpTo(valueStart);
        if (name.SequenceEqual("key"u8))
            WriteKeys(_text.Bytes, output);
        else
            output.WriteEscaped(_text.Bytes);
        if (!name.SequenceEqual("data"u8))
            output.Write((byte)' ');
        int next = value.EndsWith(","u8) ? end : piece.AfterBlank(end);
        piece.Skip(next);
        return next;
    }

    // A value without a type, and the blank behind it, stay in the piece; only at the record's end there is none yet.
    static int KeepValue(ReadOnlySpan<byte> name, int end, ref UntouchedText piece, Utf8Output output)
    {
        int next = piece.AfterBlank(end);
        bool isData = name.SequenceEqual("data"u8);
        if (next > end && !isData)
            return next;
        piece.WriteUpTo(end);
        piece.Skip(next);
        if (!isData)
            output.Write((byte)' ');
        return next;
    }

    static void WriteEnd(bool hasPair, int next, ref UntouchedText piece, Utf8Output output)
    {
        if (hasPair)
            piece.WriteTrimmed(next);
        else
        {
            piece.WriteUpTo(next);
            output.WriteEscaped(piece.From(next));
            output.Write((byte)'\n');
        }
    }

    void WriteHeader(in Record record, Utf8Output output)
    {
        if (!record.Node.IsEmpty)
        {
            output.Write("node="u8);
            output.WriteControlEscaped(record.Node);
            output.Write((byte)' ');
        }

        output.Write("type="u8);
        output.WriteControlEscaped(record.TypeName);
        output.Write(" msg=audit("u8);
        WriteDate(record.Stamp.UnixSeconds, output);
        int milliseconds = record.Stamp.Milliseconds;
        output.Write((byte)'.');
        output.Write((byte)('0' + (milliseconds / 100)));
        output.Write((byte)('0' + (milliseconds / 10 % 10)));
        output.Write((byte)('0' + (milliseconds % 10)));
        output.Write((byte)':');
        output.Write(record.Stamp.Serial);
        output.Write((byte)')');
    }

    // Thousands of records share a second.
    void WriteDate(long unixSeconds, Utf8Output output)
    {
        if (unixSeconds != _dateSecond)
        {
            _dateLength = host.LocalTime.Format("%x %T", unixSeconds, _date);
            _dateSecond = unixSeconds;
        }

        output.Write(_date.AsSpan(0, _dateLength));
    }

    static void WriteKeys(ReadOnlySpan<byte> keys, Utf8Output output)
    {
        bool isFirst = true;
        foreach (Range key in keys.Split(KeyJoint))
        {
            if (!isFirst)
                output.Write(" key="u8);
            isFirst = false;
            output.WriteEscaped(keys[key]);
        }
    }

    // A name begins behind the last blank before its equals sign; names are short, so that a plain loop is the quickest.
    static bool TryFindName(ReadOnlySpan<byte> body, int from, out int nameStart, out int equals)
    {
        nameStart = from;
        for (equals = from; equals < body.Length; equals++)
        {
            if (body[equals] == '=')
                return true;
            if (body[equals] == ' ')
                nameStart = equals + 1;
        }

        return false;
    }

    static ReadOnlySpan<byte> ValueAt(ReadOnlySpan<byte> body, int start)
    {
        ReadOnlySpan<byte> rest = body[start..];
        if (rest.StartsWith("\""u8))
        {
            int close = rest[1..].IndexOf((byte)'"');
            if (close >= 0)
                return rest[..(close + 2)];
        }

        int end = rest.IndexOf((byte)' ');
        return end < 0 ? rest : rest[..end];
    }
}
