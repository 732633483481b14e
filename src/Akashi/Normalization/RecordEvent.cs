using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Normalises events without a SYSCALL record: what programs, the daemon and the kernel say in one record.</summary>
static class RecordEvent
{
    /// <summary>Fills in everything but the kind, from the first record.</summary>
    /// <returns>False where the records belong to a system call whose own record is missing, and where nobody acted in several.</returns>
    public static bool TryNormalize(EventPart part, IAccounts accounts, scoped ref NormalizedEvent normalized)
    {
        RecordType type = part[0].Type;
        if (type is RecordType.Proctitle or RecordType.Eoe)
            return true;
        if (type is RecordType.Uringop or RecordType.NetfilterCfg)
            return false;
        EventField auid = EventFields.FindFrom(part, 0, "auid"u8);
        if (part.Count > 1 && !auid.IsPresent && part[1].Type != RecordType.Eoe)
            return false;

        normalized.Session = EventFields.FindIn(part, 0, "ses"u8);
        normalized.SubjectLabel = EventFields.FindIn(part, 0, "subj"u8);
        FindSubject(part, type, auid, accounts, ref normalized);
        normalized.Action = CompanionRecord.ActionOf(type);
        normalized.Result = RecordResult.Find(part, type);
        if (normalized.Kind == EventKind.AuditDaemon && type != RecordType.EventListener)
            FinishDaemon(part, type, ref normalized);
        else
            Finish(part, type, ref normalized);
        return true;
    }

    // A login has no auid yet: the account that logs in is the subject.
    static void FindSubject(
        EventPart part, RecordType type, EventField auid, IAccounts accounts, scoped ref NormalizedEvent normalized)
    {
        if (type == RecordType.UserLogin)
        {
            EventField id = EventFields.FindIn(part, 0, "id"u8);
            normalized.SubjectPrimary = id.IsPresent ? id : EventFields.FindIn(part, 0, "acct"u8);
            normalized.SubjectKind = SubjectKinds.Of(normalized.SubjectPrimary, accounts);
            return;
        }

        normalized.SubjectPrimary = auid;
        normalized.SubjectSecondary = EventFields.FindIn(part, 0, "uid"u8);
        normalized.SubjectKind = type == RecordType.Kernel
            ? SubjectKind.System
            : SubjectKinds.Of(normalized.SubjectSecondary, accounts);
    }

    static void FinishDaemon(EventPart part, RecordType type, scoped ref NormalizedEvent normalized)
    {
        normalized.SubjectKind = SubjectKind.Auditd;
        normalized.ObjectKind = ObjectKind.Service;
        if (type == RecordType.DaemonStart)
            normalized.HowWord = "init"u8;
        else if (type < RecordType.DaemonAccept)
            normalized.HowWord = "signal"u8;
        else
            normalized.ObjectPrimary = EventFields.FindIn(part, 0, "addr"u8);
    }

    static void Finish(EventPart part, RecordType type, scoped ref NormalizedEvent normalized)
    {
        RecordObject.Find(part, type, ref normalized);
        normalized.How = FindHow(part, type);
        ReadOnlySpan<byte> operation = EventFields.FindIn(part, 0, "op"u8).Value.Trim((byte)'"');
        if (type == RecordType.ConfigChange && operation.StartsWith("add_rule"u8))
            normalized.Action = "added-audit-rule"u8;
        else if (type == RecordType.ConfigChange && operation.StartsWith("remove_rule"u8))
            normalized.Action = "deleted-audit-rule"u8;
        else if (type == RecordType.EventListener)
            normalized.Action = operation.SequenceEqual("connect"u8) ? "connected-to"u8 : "disconnected-from"u8;
        else if (type == RecordType.Bpf)
            normalized.Action = operation.SequenceEqual("LOAD"u8) ? "loaded-bpf-program"u8 : "unloaded-bpf-program"u8;
    }

    static EventField FindHow(EventPart part, RecordType type)
    {
        EventField command = EventFields.FindIn(part, 0, "comm"u8);
        if (type is RecordType.Tty or RecordType.Avc)
            return command;
        if (type == RecordType.AnomAbend)
            return EventFields.FindIn(part, 0, "sig"u8);
        if (type == RecordType.AnomExec)
            return EventFields.FindIn(part, 0, "terminal"u8);
        EventField program = EventFields.FindIn(part, 0, "exe"u8);
        return command.IsPresent && EventFields.IsInterpreter(program.Value) ? command : program;
    }
}
