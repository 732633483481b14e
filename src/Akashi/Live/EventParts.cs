using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>The records of an event by the part they play: which one says what happened, and which system call it was done by.</summary>
/// <param name="auditEvent">The event; the parts are valid as long as it is.</param>
public readonly ref struct EventParts(AuditEvent auditEvent)
{
    /// <summary>The event.</summary>
    public AuditEvent Event { get; } = auditEvent;

    /// <summary>The record that says what happened: one that isn't a mere companion of a system call; else the SYSCALL, else the first.</summary>
    public Record Lead { get; } = FindLead(auditEvent);

    /// <summary>The SYSCALL record; the default, with an empty line, where there is none.</summary>
    public Record Syscall { get; } = auditEvent.TryFindRecord(RecordType.Syscall, out Record syscall) ? syscall : default;

    /// <summary>Whether there is a SYSCALL record.</summary>
    public bool HasSyscall => !Syscall.Line.IsEmpty;

    /// <summary>The record that says who: the SYSCALL where it has an auid, else the lead.</summary>
    public Record Subject => HasSyscall && Lead.Type != RecordType.Login ? Syscall : Lead;

    static Record FindLead(AuditEvent auditEvent)
    {
        int best = 0;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            RecordType type = auditEvent[index].Type;
            if (!IsCompanion(type))
                return auditEvent[index];
            if (type == RecordType.Syscall)
                best = index;
        }

        return auditEvent[best];
    }

    // Of the kernel's records 1300 to 1399 these speak for themselves; the others describe a system call.
    static bool IsCompanion(RecordType type) =>
        type is >= RecordType.Syscall and < (RecordType)1400
        and not (RecordType.ConfigChange or RecordType.Tty or RecordType.NetfilterCfg or RecordType.Seccomp or RecordType.FeatureChange or RecordType.EventListener);
}
