using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;

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

    void WriteRecord(in Record record, Utf8Output output)
    {
        WriteHeader(record, output);
        ReadOnlySpan<byte> rest = record.LineWithoutEnrichment;
        rest = rest[(rest.IndexOf("):"u8) + 1)..];
        output.Write((byte)' ');
        var context = new RecordContext(record);
        bool hasPair = false;
        while (true)
        {
            int equals = rest.IndexOf((byte)'=');
            if (equals < 0)
                break;
            output.WriteControlEscaped(rest[..(equals + 1)]);
            ReadOnlySpan<byte> name = NameBefore(rest[..equals]);
            rest = rest[(equals + 1)..];
            if (rest.StartsWith("'"u8))
            {
                output.Write((byte)'\'');
                rest = rest[1..];
                continue;
            }

            ReadOnlySpan<byte> value = TakeValue(ref rest);
            bool isTyped = _interpreter.TryInterpret(ref context, name, value.TrimEnd((byte)','), _text);
            WriteValue(isTyped, name, value, output);
            if (!isTyped || !value.EndsWith(","u8))
                rest = AfterBlank(rest);
            hasPair = true;
        }

        if (hasPair)
            output.WriteControlEscaped(rest.TrimEnd((byte)' '));
        else
        {
            output.WriteEscaped(rest);
            output.Write((byte)'\n');
        }

        output.Write((byte)'\n');
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

    void WriteValue(bool isTyped, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Utf8Output output)
    {
        if (!isTyped)
            output.WriteControlEscaped(value);
        else if (name.SequenceEqual("key"u8))
            WriteKeys(_text.Bytes, output);
        else
            output.WriteEscaped(_text.Bytes);
        if (!name.SequenceEqual("data"u8))
            output.Write((byte)' ');
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

    static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text)
    {
        int blank = text.LastIndexOf((byte)' ');
        return text[(blank + 1)..].TrimStart("("u8);
    }

    static ReadOnlySpan<byte> TakeValue(scoped ref ReadOnlySpan<byte> rest)
    {
        int end = -1;
        if (rest.StartsWith("\""u8))
        {
            int close = rest[1..].IndexOf((byte)'"');
            if (close >= 0)
                end = close + 2;
        }

        if (end < 0)
            end = rest.IndexOf((byte)' ');
        if (end < 0)
            end = rest.Length;
        ReadOnlySpan<byte> value = rest[..end];
        rest = rest[end..];
        return value;
    }

    static ReadOnlySpan<byte> AfterBlank(ReadOnlySpan<byte> rest) => rest.StartsWith(" "u8) ? rest[1..] : rest;
}
