using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Normalises events without a SYSCALL record: what programs, the daemon and the kernel say in one record.</summary>
static class RecordEvent
{
    /// <summary>Fills in everything but the kind, from the first record.</summary>
    /// <returns>False where there are several records and none says who acted: those of a system call whose own record is missing.</returns>
    public static bool TryNormalize(EventPart part, IAccounts accounts, scoped ref NormalizedEvent normalized)
    {
        RecordType type = part[0].Type;
        EventField auid = EventFields.FindFrom(part, 0, "auid"u8);
        if (part.Count > 1 && !auid.IsPresent)
            return false;

        normalized.Action = CompanionRecord.ActionOf(type);
        RecordObject.Find(part, type, ref normalized);
        if (type is RecordType.NetfilterCfg or RecordType.Bpf)
        {
            FinishKernel(part, type, ref normalized);
            return true;
        }

        normalized.Session = EventFields.FindIn(part, 0, "ses"u8);
        normalized.SubjectLabel = FindLabel(part);
        normalized.Result = RecordResult.Find(part, type);
        RecordSubject.Find(part, type, auid, accounts, ref normalized);
        RefineAction(part, type, ref normalized);
        normalized.HowWord = HowWordOf(type);
        if (normalized.HowWord.IsEmpty)
            normalized.How = FindHow(part, type);
        return true;
    }

    // What the kernel does by itself has no session and no result.
    static void FinishKernel(EventPart part, RecordType type, scoped ref NormalizedEvent normalized)
    {
        normalized.SubjectKind = SubjectKind.System;
        if (type == RecordType.Bpf)
        {
            ReadOnlySpan<byte> operation = EventFields.FindIn(part, 0, "op"u8).Value;
            normalized.Action = operation.SequenceEqual("LOAD"u8) ? "loaded-bpf-program"u8 : "unloaded-bpf-program"u8;
            return;
        }

        normalized.Action = "loaded-firewall-rule-to"u8;
        normalized.SubjectLabel = FindLabel(part);
        normalized.How = EventFields.FindIn(part, 0, "comm"u8);
    }

    static void RefineAction(EventPart part, RecordType type, scoped ref NormalizedEvent normalized)
    {
        ReadOnlySpan<byte> operation = EventFields.FindIn(part, 0, "op"u8).Value;
        if (type == RecordType.ConfigChange)
        {
            operation = operation.TrimStart((byte)'"');
            if (operation.StartsWith("add_rule"u8))
                normalized.Action = "added-audit-rule"u8;
            else if (operation.StartsWith("remove_rule"u8))
                normalized.Action = "deleted-audit-rule"u8;
        }
        else if (type == RecordType.EventListener)
            normalized.Action = CompanionRecord.ListenerActionOf(operation);
        else if (type is RecordType.UsysConfig or RecordType.UserDevice && !operation.IsEmpty)
            normalized.Action = operation;
    }

    // The original looks for the process first, and for the label behind it.
    static EventField FindLabel(EventPart part)
    {
        EventField label = EventFields.FindIn(part, 0, "subj"u8);
        EventField process = EventFields.FindIn(part, 0, "pid"u8);
        return process.IsPresent && label.IsPresent && process.Value.Overlaps(part[0].Line, out int at)
            && label.Value.Overlaps(part[0].Line, out int labelAt) && labelAt > at ? default : label;
    }

    static ReadOnlySpan<byte> HowWordOf(RecordType type) => type switch
    {
        RecordType.DaemonStart => "init"u8,
        RecordType.DaemonEnd or (>= RecordType.DaemonConfig and <= RecordType.DaemonResume) => "signal"u8,
        _ => default,
    };

    static EventField FindHow(EventPart part, RecordType type)
    {
        if (RecordSubject.IsDaemon(type) || RecordSubject.IsNetworkLabel(type)
            || type is RecordType.Login or RecordType.ConfigChange or RecordType.AnomPromiscuous)
            return default;
        if (type is RecordType.Tty or RecordType.Avc)
            return EventFields.FindIn(part, 0, "comm"u8);
        if (type == RecordType.AnomAbend)
            return EventFields.FindIn(part, 0, "sig"u8);
        if (type == RecordType.AnomExec)
            return EventFields.FindIn(part, 0, "terminal"u8);
        EventField program = EventFields.FindIn(part, 0, "exe"u8);
        EventField command = EventFields.FindIn(part, 0, "comm"u8);
        return command.IsPresent && EventFields.IsInterpreter(program.Value) && !NamesProgram(type) ? command : program;
    }

    // These name the program, even where it is an interpreter.
    static bool NamesProgram(RecordType type) =>
        type is RecordType.SystemBoot or RecordType.SystemShutdown or RecordType.Seccomp or RecordType.FeatureChange
            or RecordType.EventListener;
}
