using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>What programs and the daemon report.</summary>
sealed partial class DeedWriter
{
    void AppendProgram(in Record record, LineText text)
    {
        switch (record.Type)
        {
            case RecordType.UserCmd:
                AppendSudo(record, text);
                return;
            case RecordType.ServiceStart:
                AppendNamed("service starts: "u8, record, "unit"u8, text);
                return;
            case RecordType.ServiceStop:
                AppendNamed("service stops: "u8, record, "unit"u8, text);
                return;
            case RecordType.SystemBoot:
                text.Append("the machine boots"u8);
                return;
            case RecordType.SystemShutdown:
                text.Append("the machine shuts down"u8);
                return;
        }

        text.Begin(IsChange(record.Type) ? LiveColor.Change : LiveColor.Plain);
        AppendWords(record, text);
        text.End();
        AppendProgramName(record, text);
    }

    static bool IsChange(RecordType type) => type is
        RecordType.AddUser or RecordType.DelUser or RecordType.AddGroup or RecordType.DelGroup or RecordType.UserMgmt
        or RecordType.GrpMgmt or RecordType.UserChauthtok or RecordType.GrpChauthtok or RecordType.AcctLock or RecordType.AcctUnlock
        or RecordType.UsysConfig or RecordType.SoftwareUpdate;

    void AppendWords(in Record record, LineText text)
    {
        ReadOnlySpan<byte> words = record.Type switch
        {
            RecordType.UserAuth => "authenticates as"u8,
            RecordType.UserAcct => "account is checked:"u8,
            RecordType.CredAcq => "gets credentials of"u8,
            RecordType.CredDisp => "drops credentials of"u8,
            RecordType.CredRefr => "refreshes credentials of"u8,
            RecordType.UserStart => "session opens for"u8,
            RecordType.UserEnd => "session closes for"u8,
            RecordType.UserLogin => "logs in as"u8,
            RecordType.UserLogout => "logs out"u8,
            RecordType.AddUser => "adds user"u8,
            RecordType.DelUser => "deletes user"u8,
            RecordType.AddGroup => "adds group"u8,
            RecordType.DelGroup => "deletes group"u8,
            RecordType.AcctLock => "locks account"u8,
            RecordType.AcctUnlock => "unlocks account"u8,
            _ => default,
        };
        if (words.IsEmpty || IsPamToken(record))
        {
            AppendGeneric(record, text);
            return;
        }

        text.Append(words);
        AppendObject(record, text);
        ReadOnlySpan<byte> operation = OperationOf(record);
        if (!IsChange(record.Type) || operation.IsEmpty)
            return;
        text.Append(" ("u8);
        text.AppendText(operation);
        text.Append(')');
    }

    static bool IsPamToken(in Record record) => record.Type == RecordType.UserChauthtok;

    void AppendGeneric(in Record record, LineText text)
    {
        bool isToken = record.TryFind("op"u8, out ReadOnlySpan<byte> op) && op.SequenceEqual("PAM:chauthtok"u8);
        ReadOnlySpan<byte> operation = OperationOf(record);
        if (isToken)
            text.Append("changes password of"u8);
        else if (!operation.IsEmpty)
            text.AppendText(operation);
        else
            AppendTypeName(record, text);
        AppendObject(record, text);
        if (op.IsEmpty)
            AppendMessage(record, text);
    }

    // What a program says without an operation: its text up to who and where it is, which have places of their own.
    void AppendMessage(in Record record, LineText text)
    {
        ReadOnlySpan<byte> message = record.Body;
        int start = message.IndexOf("msg='"u8);
        if (start < 0)
            return;
        message = message[(start + 5)..];
        int end = message.LastIndexOf((byte)'\'');
        message = end < 0 ? message : message[..end];
        int exe = message.IndexOf(" exe="u8);
        message = exe < 0 ? message : message[..exe];
        if (message.StartsWith("exe="u8) || message.StartsWith("acct="u8))
            return;
        text.Append(": "u8);
        _command.ReadText(message);
        AppendCommand(text);
    }

    // op is several words without quotes: "adding home directory"; it ends where the next name=value begins.
    static ReadOnlySpan<byte> OperationOf(in Record record)
    {
        ReadOnlySpan<byte> body = record.Body;
        int start = body.IndexOf("op="u8);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> op = body[(start + 3)..];
        int equals = op.IndexOf((byte)'=');
        if (equals >= 0)
            op = op[..Math.Max(op[..equals].LastIndexOf((byte)' '), 0)];
        return op.Trim("\"' "u8);
    }

    // acct is a name; id, grp and others are numbers, whose names enrichment may know.
    void AppendObject(in Record record, LineText text)
    {
        if (record.TryFind("acct"u8, out ReadOnlySpan<byte> account))
        {
            text.Append(' ');
            AppendValue(account, text);
        }
        else if (record.TryFind("id"u8, out ReadOnlySpan<byte> id))
        {
            text.Append(' ');
            people.AppendUser(record, "ID"u8, RawNumber.ReadId(id), text);
        }

        if (record.TryFind("grp"u8, out ReadOnlySpan<byte> group) || record.TryFind("new_group"u8, out group))
        {
            text.Append(" group "u8);
            AppendValue(group, text);
        }
    }

    void AppendProgramName(in Record record, LineText text)
    {
        if (!record.TryFind("exe"u8, out ReadOnlySpan<byte> exe) || SessionBook.IsUnknown(exe))
            return;
        AppendReason(text);
        text.Begin(LiveColor.Dim);
        text.Append("  by "u8);
        AppendPlain(LastName(exe.Trim((byte)'"')), text);
        text.End();
    }

    void AppendSudo(in Record record, LineText text)
    {
        text.Append("asks to run "u8);
        if (record.TryFind("cmd"u8, out ReadOnlySpan<byte> raw))
        {
            _command.ReadJoined(raw);
            text.Begin(LiveColor.Command);
            AppendCommand(text);
            text.End();
        }

        AppendProgramName(record, text);
    }

    void AppendLogin(in Record record, LineText text)
    {
        text.Append("session "u8);
        text.AppendText(record.TryFind("ses"u8, out ReadOnlySpan<byte> session) ? session : "?"u8);
        text.Append(" begins"u8);
    }

    void AppendDaemon(in Record record, LineText text)
    {
        text.Begin(LiveColor.Change);
        ReadOnlySpan<byte> words = record.Type switch
        {
            RecordType.DaemonStart => "the audit daemon starts"u8,
            RecordType.DaemonEnd => "the audit daemon ends"u8,
            RecordType.DaemonAbort => "the audit daemon gives up"u8,
            RecordType.DaemonRotate => "the audit daemon rotates its log"u8,
            RecordType.DaemonErr => "the audit daemon lost records"u8,
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

    // What no sentence is made for: the type's name, the fields that say more than who, and the command.
    void AppendOther(in EventParts parts, LineText text)
    {
        if (parts.Lead.Type == RecordType.Proctitle)
        {
            AppendTitle(parts.Lead, text);
            return;
        }

        if (!TryAppendListener(parts.Lead, text))
        {
            AppendTypeName(parts.Lead, text);
            AppendDetails(parts.Lead, text);
        }

        if (parts.HasSyscall)
            AppendBy(parts, text);
        else
            AppendProgramName(parts.Lead, text);
    }

    // Its event left without it, or the trail begins here: a command of whom, nobody can say.
    void AppendTitle(in Record record, LineText text)
    {
        text.Append("command "u8);
        if (record.TryFind("proctitle"u8, out ReadOnlySpan<byte> raw))
            _command.ReadProctitle(raw);
        else
            _command.Clear();
        AppendCommand(text);
    }

    static void AppendNamed(ReadOnlySpan<byte> words, in Record record, ReadOnlySpan<byte> field, LineText text)
    {
        text.Append(words);
        AppendPlain(record.TryFind(field, out ReadOnlySpan<byte> value) ? value : "?"u8, text);
    }

    static void AppendTypeName(in Record record, LineText text)
    {
        foreach (byte letter in record.TypeName)
        {
            byte folded = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter + ('a' - 'A')) : letter == '_' ? (byte)' ' : letter;
            text.AppendText([folded]);
        }
    }

    static void AppendDetails(in Record record, LineText text)
    {
        const int ShownFieldsMax = 12;
        int shown = 0;
        foreach (Field field in record.Fields)
        {
            if (IsElsewhere(field.Name) || SessionBook.IsUnknown(field.Value))
                continue;
            if (++shown > ShownFieldsMax)
            {
                text.Append(" ..."u8);
                return;
            }

            text.Append(' ');
            text.AppendText(field.Name);
            text.Append('=');
            if (SecretName.IsSecret(field.Name))
                text.Append("***"u8);
            else
                AppendPlain(field.Value, text);
        }
    }

    // Who, where and whether have columns of their own.
    static bool IsElsewhere(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("auid"u8) || name.SequenceEqual("ses"u8) || name.SequenceEqual("uid"u8) || name.SequenceEqual("gid"u8)
        || name.SequenceEqual("subj"u8) || name.SequenceEqual("res"u8) || name.SequenceEqual("tty"u8) || name.SequenceEqual("terminal"u8)
        || name.SequenceEqual("addr"u8) || name.SequenceEqual("hostname"u8) || name.SequenceEqual("exe"u8) || name.SequenceEqual("ppid"u8)
        || name.SequenceEqual("success"u8) || name.SequenceEqual("grantors"u8) || name.SequenceEqual("old-auid"u8)
        || name.SequenceEqual("old-ses"u8);
}
