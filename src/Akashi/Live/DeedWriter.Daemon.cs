using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>What the daemon reports of itself, and the kernel of its audit.</summary>
sealed partial class DeedWriter
{
    void AppendDaemon(in Record record, LineText text)
    {
        text.Begin(LiveColor.Change);
        ReadOnlySpan<byte> words = record.Type switch
        {
            RecordType.DaemonStart => "the audit daemon starts"u8,
            RecordType.DaemonEnd => "the audit daemon ends"u8,
            RecordType.DaemonAbort => "the audit daemon gives up"u8,
            RecordType.DaemonRotate => "the audit daemon rotates its log"u8,
            RecordType.DaemonErr when IsLoss(record) => "the audit daemon lost records"u8,
            RecordType.DaemonErr => "the audit daemon reports"u8,
            _ => default,
        };
        if (words.IsEmpty)
            AppendTypeName(record, text);
        text.Append(words);
        if (record.Type == RecordType.DaemonStart)
            AppendStart(record, text);
        else if (record.Type == RecordType.DaemonEnd)
            AppendSender(record, text);
        else if (record.Type == RecordType.DaemonErr && IsLoss(record))
            AppendLoss(record, text);
        else
            AppendDetails(record, text);
        text.End();
    }

    static bool IsLoss(in Record record) => record.TryFind("op"u8, out ReadOnlySpan<byte> op) && op.SequenceEqual("loss"u8);

    // op=loss source=kernel count=12 | op=loss source=absence since=1795246203.123 until=1795246210.000 count=unknown
    void AppendLoss(in Record record, LineText text)
    {
        // That the loss "failed" says nothing.
        _unsaidResult = default;
        record.TryFind("source"u8, out ReadOnlySpan<byte> source);
        record.TryFind("count"u8, out ReadOnlySpan<byte> count);
        bool isAbsence = source.SequenceEqual("absence"u8);
        text.Append(": "u8);
        if (count.IsEmpty || count.SequenceEqual("unknown"u8))
            text.Append("how many isn't known"u8);
        else
            AppendPlain(count, text);
        if (isAbsence)
        {
            text.Append(", nobody recorded"u8);
            AppendMoment(" from "u8, record, "since"u8, text);
            AppendMoment(" to "u8, record, "until"u8, text);
        }
        else
        {
            AppendField(", lost by the "u8, record, "source"u8, text);
        }
    }

    // Seconds since the epoch, with or without a fraction.
    void AppendMoment(ReadOnlySpan<byte> words, in Record record, ReadOnlySpan<byte> name, LineText text)
    {
        if (!record.TryFind(name, out ReadOnlySpan<byte> value))
            return;
        text.Append(words);
        int point = value.IndexOf((byte)'.');
        if (!Utf8Parser.TryParse(point < 0 ? value : value[..point], out long seconds, out int used) || used != (point < 0 ? value.Length : point)
            || seconds is < 0 or > IsoTime.UnixSecondsMax)
        {
            AppendPlain(value, text);
            return;
        }

        LocalDateTime time = host.LocalTime.ToLocal(seconds);
        text.AppendText(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{time.Year}-{time.Month:00}-{time.Day:00} {time.Hour:00}:{time.Minute:00}:{time.Second:00}")));
    }

    // op=start ver=4.0.3 format=enriched kernel=6.1.0 auid=0 pid=7
    static void AppendStart(in Record record, LineText text)
    {
        AppendField(": version "u8, record, "ver"u8, text);
        AppendField(", format "u8, record, "format"u8, text);
        AppendField(", kernel "u8, record, "kernel"u8, text);
        AppendField(", process "u8, record, "pid"u8, text);
    }

    // auid and pid are those of who sent the signal; -1, or 0, where the kernel doesn't know.
    void AppendSender(in Record record, LineText text)
    {
        if (!record.TryFind("pid"u8, out ReadOnlySpan<byte> pid) || pid.StartsWith("-"u8) || pid.SequenceEqual("0"u8))
            return;
        AppendField(", asked by process "u8, record, "pid"u8, text);
        if (!record.TryFind("auid"u8, out ReadOnlySpan<byte> auid) || RawNumber.ReadId(auid) == ProcessIdentity.Unset)
            return;
        text.Append(" of "u8);
        people.AppendUser(record, "AUID"u8, RawNumber.ReadId(auid), text);
    }

    static void AppendField(ReadOnlySpan<byte> words, in Record record, ReadOnlySpan<byte> name, LineText text)
    {
        if (!record.TryFind(name, out ReadOnlySpan<byte> value))
            return;
        text.Append(words);
        AppendPlain(value, text);
    }

    // pid=7 … nl-mcgrp=1 op=connect
    static bool TryAppendListener(in Record record, LineText text)
    {
        if (record.Type != RecordType.EventListener || !record.TryFind("op"u8, out ReadOnlySpan<byte> op))
            return false;
        bool begins = op.SequenceEqual("connect"u8);
        if (!begins && !op.SequenceEqual("disconnect"u8))
            return false;
        text.Append(begins ? "begins to listen to the audit"u8 : "ends listening to the audit"u8);
        return true;
    }

    void AppendConfigChange(in EventParts parts, LineText text)
    {
        Record record = parts.Lead;
        text.Begin(LiveColor.Change);
        text.Append("audit:"u8);
        bool isRule = record.TryFind("op"u8, out ReadOnlySpan<byte> op)
            && (op.SequenceEqual("add_rule"u8) || op.SequenceEqual("remove_rule"u8));
        text.Append(!isRule ? ""u8 : op[0] == 'a' ? " adds rule"u8 : " removes rule"u8);
        if (isRule && record.TryFind("key"u8, out ReadOnlySpan<byte> key) && !key.SequenceEqual("(null)"u8))
        {
            text.Append(" with key "u8);
            AppendValue(key, text);
        }
        else if (!isRule && !TryAppendSetting(record, text))
        {
            AppendDetails(record, text);
        }

        text.End();
        if (parts.HasSyscall)
            AppendBy(parts, text);
    }

    // op=set audit_backlog_limit=8192 old=64
    static bool TryAppendSetting(in Record record, LineText text)
    {
        if (!record.TryFind("old"u8, out ReadOnlySpan<byte> old))
            return false;
        foreach (Field field in record.Fields)
        {
            if (!field.Name.StartsWith("audit_"u8))
                continue;
            text.Append(" sets "u8);
            text.AppendText(field.Name["audit_".Length..]);
            text.Append(" from "u8);
            AppendPlain(old, text);
            text.Append(" to "u8);
            AppendPlain(field.Value, text);
            return true;
        }

        return false;
    }
}
