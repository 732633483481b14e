using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The kind of an event, by the type of its first record.</summary>
static class EventKinds
{
    /// <summary>The kind; Unknown for types that belong to none, such as PROCTITLE.</summary>
    public static EventKind Of(RecordType type) => (ushort)type switch
    {
        >= 1000 and < 1200 => OfProgram(type),
        >= 1200 and < 1300 => EventKind.AuditDaemon,
        >= 1300 and < 1400 => OfKernel(type),
        >= 1400 and < 1500 => OfSelinux(type),
        >= 1500 and < 1600 => OfAppArmor(type),
        >= 1600 and < 1700 => EventKind.Crypto,
        >= 1700 and < 1800 => EventKind.Anomaly,
        >= 1800 and < 1900 => EventKind.Integrity,
        2000 => EventKind.SystemServices,
        (ushort)RecordType.AnomRbacIntegrityFail => EventKind.Integrity,
        >= 2100 and < 2200 => EventKind.Anomaly,
        >= 2200 and < 2300 => EventKind.AnomalyResp,
        >= 2300 and < 2400 => EventKind.Mac,
        >= 2400 and < 2500 => EventKind.Crypto,
        >= 2500 and < 2600 => EventKind.Virt,
        _ => EventKind.Unknown,
    };

    static EventKind OfProgram(RecordType type) => type switch
    {
        RecordType.UserAuth or RecordType.UserAcct or RecordType.CredAcq or RecordType.CredDisp or RecordType.CredRefr
            or RecordType.UserStart or RecordType.UserEnd or RecordType.UserChauthtok or RecordType.UserErr
            or RecordType.UserLogin or RecordType.UserLogout or RecordType.Login => EventKind.UserLogin,
        RecordType.GrpAuth or RecordType.ChgrpId => EventKind.GroupChange,
        RecordType.UserMgmt or RecordType.AddUser or RecordType.DelUser or RecordType.AddGroup or RecordType.DelGroup
            or RecordType.GrpMgmt or RecordType.GrpChauthtok or RecordType.AcctLock or RecordType.AcctUnlock => EventKind.UserAcct,
        RecordType.SystemBoot or RecordType.SystemShutdown or RecordType.SystemRunlevel or RecordType.ServiceStart
            or RecordType.ServiceStop => EventKind.SystemServices,
        RecordType.UsysConfig or RecordType.UserDevice or RecordType.SoftwareUpdate => EventKind.Config,
        RecordType.Test or RecordType.TrustedApp or RecordType.UserCmd or RecordType.ChuserId => EventKind.Userspace,
        RecordType.UserTty => EventKind.Tty,
        RecordType.UserSelinuxErr or RecordType.UserAvc => EventKind.MacDecision,
        _ => EventKind.Unknown,
    };

    static EventKind OfKernel(RecordType type) => type switch
    {
        RecordType.Syscall or RecordType.Path or RecordType.Ipc or RecordType.Socketcall or RecordType.FdPair
            or RecordType.ObjPid or RecordType.Uringop => EventKind.AuditRule,
        RecordType.ConfigChange or RecordType.NetfilterCfg or RecordType.FeatureChange or RecordType.TimeInjoffset
            or RecordType.TimeAdjntpval => EventKind.Config,
        >= RecordType.Sockaddr and <= RecordType.MqGetsetattr => EventKind.AuditRule,
        >= RecordType.BprmFcaps and <= RecordType.NetfilterPkt => EventKind.AuditRule,
        RecordType.Tty => EventKind.Tty,
        RecordType.Seccomp => EventKind.DacDecision,
        RecordType.Fanotify => EventKind.AvDecision,
        RecordType.Bpf => EventKind.Bpf,
        RecordType.EventListener => EventKind.AuditDaemon,
        _ => EventKind.Unknown,
    };

    static EventKind OfSelinux(RecordType type) =>
        type is RecordType.Avc or RecordType.SelinuxErr or RecordType.AvcPath ? EventKind.MacDecision : EventKind.Mac;

    // Their names are known only where the audit library was built for AppArmor; the numbers are the kernel's.
    static EventKind OfAppArmor(RecordType type) => (ushort)type switch
    {
        1502 or 1503 or 1506 => EventKind.MacDecision,
        1500 or 1501 or 1504 or 1505 => EventKind.Mac,
        _ => EventKind.Unknown,
    };
}
