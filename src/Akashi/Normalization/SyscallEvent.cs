using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Normalises events with a SYSCALL record.</summary>
static class SyscallEvent
{
    /// <summary>Fills in everything but the kind; false where the SYSCALL record has no auid.</summary>
    public static bool TryNormalize(
        EventPart part, int syscallIndex, Interpreter interpreter, IAccounts accounts, scoped ref NormalizedEvent normalized)
    {
        SyscallRecord record = SyscallRecord.Read(part, syscallIndex);
        if (!record.Auid.IsPresent)
            return false;

        normalized.Session = record.Session;
        normalized.SubjectPrimary = record.Auid;
        normalized.SubjectSecondary = record.Uid;
        normalized.SubjectKind = SubjectKinds.Of(record.Uid, accounts);
        normalized.SubjectLabel = record.Label;
        normalized.Result = record.Success;
        normalized.Key = record.Key.Value.SequenceEqual("(null)"u8) ? default : record.Key;
        normalized.How = record.ProgramOrCommand;

        ReadOnlySpan<byte> name = interpreter.SyscallNameOf(part[syscallIndex]);
        SyscallClass syscallClass = SyscallClasses.Names.TryGetNumber(name, out long number) ? (SyscallClass)number : SyscallClass.None;
        SyscallRule rule = SyscallRule.Of(syscallClass);
        normalized.Action = rule.Action;
        normalized.ObjectKind = rule.Kind;
        var objects = new SyscallObject(part);
        objects.Find(rule, record, name, ref normalized);
        objects.FindSecond(rule, record, name, ref normalized);
        if (rule.Source == ObjectSource.Path)
            objects.FindLabel(isObjectOnly: syscallClass == SyscallClass.FileMount, ref normalized);
        RefineAction(part, syscallClass, ref normalized);
        if (rule.NamesItself)
            normalized.How = EventFields.FindIn(part, syscallIndex, "syscall"u8);
        CompanionRecord.Apply(part, ref normalized);
        return true;
    }

    // What the records tell beyond the system call's name.
    static void RefineAction(EventPart part, SyscallClass syscallClass, scoped ref NormalizedEvent normalized)
    {
        if (syscallClass == SyscallClass.None && normalized.ObjectPrimary.IsPresent)
            normalized.Action = "triggered-audit-rule"u8;
        else if (syscallClass == SyscallClass.SystemMemory && normalized.ObjectPrimary.IsPresent)
            normalized.Action = "allocated-memory-in"u8;
        else if (syscallClass == SyscallClass.MakeDev && normalized.ObjectKind == ObjectKind.CharDev)
            normalized.Action = "made-character-device"u8;
        else if (syscallClass == SyscallClass.MakeDev && normalized.ObjectKind == ObjectKind.BlockDev)
            normalized.Action = "made-block-device"u8;
        else if (syscallClass == SyscallClass.Pid && CountTargets(part) > 1)
        {
            normalized.Action = "killed-list-of-pids"u8;
            normalized.ObjectKind = ObjectKind.ProcessGroup;
        }
    }

    static int CountTargets(EventPart part)
    {
        int count = 0;
        for (int index = 0; index < part.Count; index++)
        {
            if (part[index].Type == RecordType.ObjPid)
                count++;
        }

        return count;
    }
}
