using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The object that a record tells by itself: which field it is, and of which kind.</summary>
static class RecordObject
{
    const RecordType AppArmorFirst = (RecordType)1500;
    const RecordType AppArmorLast = (RecordType)1599;

    /// <summary>Finds the object by the record's type.</summary>
    public static void Find(EventPart part, RecordType type, scoped ref NormalizedEvent normalized)
    {
        normalized.ObjectKind = KindOf(type, normalized.Kind);
        if (type == RecordType.ConfigChange)
        {
            normalized.ObjectPrimary = ConfigurationChange.FindObject(part, 0);
            return;
        }

        ReadOnlySpan<byte> name = FieldOf(type, out ReadOnlySpan<byte> otherName);
        EventField field = name.IsEmpty ? default : EventFields.FindIn(part, 0, name);
        normalized.ObjectPrimary = field.IsPresent || otherName.IsEmpty ? field : EventFields.FindIn(part, 0, otherName);
        ReadOnlySpan<byte> second = SecondaryFieldOf(type);
        if (!second.IsEmpty && normalized.ObjectPrimary.IsPresent)
            normalized.ObjectSecondary = EventFields.FindIn(part, 0, second);
        if (type == RecordType.SoftwareUpdate)
            normalized.ObjectPrimary2 = EventFields.FindIn(part, 0, "root_dir"u8);
        else if (type is RecordType.VirtControl or RecordType.VirtResource)
            normalized.ObjectPrimary2 = EventFields.FindIn(part, 0, "vm"u8);
    }

    static ReadOnlySpan<byte> FieldOf(RecordType type, out ReadOnlySpan<byte> otherName)
    {
        otherName = default;
        switch (type)
        {
            case RecordType.UserMgmt or RecordType.AddUser or RecordType.DelUser or RecordType.AddGroup or RecordType.DelGroup
                or RecordType.GrpMgmt or RecordType.AcctLock or RecordType.AcctUnlock
                or RecordType.RoleAssign or RecordType.RoleRemove:
                otherName = "acct"u8;
                return "id"u8;
            case RecordType.UserStart or RecordType.UserEnd or RecordType.UserErr or RecordType.UserLogin or RecordType.UserLogout:
                return "terminal"u8;
            case RecordType.UserAuth or RecordType.UserAcct or RecordType.CredAcq or RecordType.CredRefr or RecordType.CredDisp
                or RecordType.UserChauthtok or RecordType.GrpChauthtok or RecordType.AnomLoginFailures or RecordType.AnomLoginTime
                or RecordType.AnomLoginSessions or RecordType.AnomLoginLocation:
                return "acct"u8;
        }

        return OtherFieldOf(type);
    }

    static ReadOnlySpan<byte> OtherFieldOf(RecordType type) => type switch
    {
        RecordType.User => "addr"u8,
        RecordType.Login => "auid"u8,
        RecordType.Avc or RecordType.UserAvc => "tcontext"u8,
        RecordType.Seccomp => "syscall"u8,
        RecordType.FeatureChange => "feature"u8,
        RecordType.NetfilterCfg => "table"u8,
        RecordType.AnomPromiscuous => "dev"u8,
        RecordType.AnomAbend => "exe"u8,
        RecordType.AnomRbacIntegrityFail => "hostname"u8,
        RecordType.ServiceStart or RecordType.ServiceStop => "unit"u8,
        RecordType.SystemRunlevel => "new-level"u8,
        RecordType.UserRoleChange => "selected-context"u8,
        RecordType.UserCmd or RecordType.AnomExec => "cmd"u8,
        RecordType.Tty or RecordType.UserTty => "data"u8,
        RecordType.UserDevice => "device"u8,
        RecordType.SoftwareUpdate => "sw"u8,
        RecordType.VirtResource => "resrc"u8,
        RecordType.VirtControl => "op"u8,
        RecordType.VirtMachineId => "vm"u8,
        RecordType.LabelLevelChange => "printer"u8,
        RecordType.MacConfigChange => "bool"u8,
        RecordType.MacStatus => "enforcing"u8,
        RecordType.CryptoKeyUser => "fp"u8,
        RecordType.CryptoSession => "addr"u8,
        RecordType.Bpf => "prog-id"u8,
        RecordType.EventListener => "nl-mcgrp"u8,
        _ => default,
    };

    static ReadOnlySpan<byte> SecondaryFieldOf(RecordType type) => type switch
    {
        RecordType.CryptoSession => "rport"u8,
        RecordType.SoftwareUpdate => "sw_type"u8,
        _ => default,
    };

    static ObjectKind KindOf(RecordType type, EventKind kind) => type switch
    {
        RecordType.ServiceStart or RecordType.ServiceStop or RecordType.SystemShutdown => ObjectKind.Service,
        RecordType.SystemBoot or RecordType.SystemRunlevel or RecordType.UsysConfig or RecordType.FeatureChange => ObjectKind.System,
        RecordType.RoleAssign or RecordType.RoleRemove => ObjectKind.Acct,
        RecordType.GrpChauthtok or RecordType.UserRoleChange or RecordType.CryptoKeyUser or RecordType.CryptoSession
            or RecordType.AnomLoginFailures or RecordType.AnomLoginTime or RecordType.AnomLoginSessions
            or RecordType.AnomLoginLocation => ObjectKind.UserSession,
        RecordType.UserCmd or RecordType.AnomExec or RecordType.AnomAbend or RecordType.Seccomp or RecordType.Bpf => ObjectKind.Process,
        RecordType.UserDevice => ObjectKind.Device,
        RecordType.SoftwareUpdate => ObjectKind.Software,
        RecordType.LabelLevelChange => ObjectKind.Printer,
        RecordType.ConfigChange => ObjectKind.AuditConfig,
        RecordType.NetfilterCfg => ObjectKind.Firewall,
        RecordType.EventListener or RecordType.AnomPromiscuous => ObjectKind.Socket,
        RecordType.AnomRbacIntegrityFail => ObjectKind.Filesystem,
        RecordType.VirtMachineId or RecordType.VirtControl or RecordType.VirtResource => ObjectKind.Vm,
        RecordType.UserLabeledExport or RecordType.UserUnlabeledExport or RecordType.UserMacStatus => ObjectKind.Unknown,
        >= AppArmorFirst and <= AppArmorLast => ObjectKind.Unknown,
        _ => RecordSubject.IsDaemon(type) ? ObjectKind.Service : KindOf(kind),
    };

    static ObjectKind KindOf(EventKind kind) => kind switch
    {
        EventKind.UserAcct => ObjectKind.Acct,
        EventKind.UserLogin => ObjectKind.UserSession,
        EventKind.Tty => ObjectKind.Keystrokes,
        EventKind.Mac => ObjectKind.SecurityPolicy,
        _ => ObjectKind.Unknown,
    };
}
