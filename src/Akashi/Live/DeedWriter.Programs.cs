using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>What programs report, and what no sentence is made for.</summary>
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
            case RecordType.TrustedApp when record.TryFind("sauid"u8, out ReadOnlySpan<byte> auid) && OperationOf(record).StartsWith("recording-"u8):
                AppendLook(record, RawNumber.ReadId(auid), text);
                return;
        }

        text.Begin(IsChange(record.Type) ? LiveColor.Change : LiveColor.Plain);
        AppendWords(record, text);
        text.End();
        AppendProgramName(record, text);
    }

    // The daemon's record of somebody who looks at a recorded session: who and what stand in fields of their own.
    void AppendLook(in Record record, uint auid, LineText text)
    {
        text.AppendText(OperationOf(record));
        AppendObject(record, text);
        AppendNamed(", recording "u8, record, "recording"u8, text);
        text.Append(", for "u8);
        if (auid == ProcessIdentity.Unset && record.TryFind("suid"u8, out ReadOnlySpan<byte> uid))
            auid = RawNumber.ReadId(uid);
        people.AppendUser(auid, text);
        AppendReason(text);
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
