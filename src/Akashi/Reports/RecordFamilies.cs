using Akashi.Events;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Which events reports are about: those that have a record of some types, wherever it stands in them.</summary>
static class RecordFamilies
{
    public static bool IsAuthentication(AuditEvent auditEvent) => Has(auditEvent, RecordType.UserAuth);

    /// <summary>As the main summary counts them: those of groups, too.</summary>
    public static bool IsAuthenticationOfAny(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type is RecordType.UserAuth or RecordType.GrpAuth);

    public static bool IsLogin(AuditEvent auditEvent) => Has(auditEvent, RecordType.UserLogin);

    public static bool IsAccess(AuditEvent auditEvent) => Any(auditEvent, static type => type is RecordType.Avc or RecordType.UserAvc);

    public static bool IsConfiguration(AuditEvent auditEvent) => Any(auditEvent, static type =>
        type is RecordType.ConfigChange or RecordType.DaemonConfig or RecordType.UsysConfig or RecordType.NetfilterCfg
            or RecordType.FeatureChange or RecordType.UserMacConfigChange
        || IsKernelAccessControl(type));

    public static bool IsAccountChange(AuditEvent auditEvent) => Any(auditEvent, static type =>
        type is RecordType.UserMgmt or RecordType.UserChauthtok or RecordType.AddUser or RecordType.DelUser or RecordType.AddGroup
            or RecordType.DelGroup or RecordType.GrpMgmt or RecordType.RoleAssign or RecordType.RoleRemove);

    public static bool IsAccessControl(AuditEvent auditEvent) => Any(auditEvent, static type =>
        IsKernelAccessControl(type) || type is >= RecordType.UserRoleChange and <= (RecordType)2399);

    public static bool IsAnomaly(AuditEvent auditEvent) => Any(auditEvent, IsAnomalyType);

    /// <summary>As the anomaly report has them: system calls that were refused, too.</summary>
    public static bool IsAnomalyOrSeccomp(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type == RecordType.Seccomp || IsAnomalyType(type));

    public static bool IsResponse(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type is >= RecordType.RespAnomaly and <= (RecordType)2299);

    public static bool IsCrypto(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type is >= RecordType.CryptoTestUser and <= (RecordType)2499);

    public static bool IsIntegrity(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type is >= RecordType.IntegrityData and <= (RecordType)1899);

    public static bool IsVirtualization(AuditEvent auditEvent) =>
        Any(auditEvent, static type => type is >= RecordType.VirtControl and <= (RecordType)2599);

    static bool IsKernelAccessControl(RecordType type) => type is >= RecordType.MacPolicyLoad and <= RecordType.MacUnlblStcdel;

    static bool IsAnomalyType(RecordType type) =>
        type is >= RecordType.AnomPromiscuous and <= (RecordType)1799 or >= RecordType.AnomLoginFailures and <= (RecordType)2199;

    static bool Has(AuditEvent auditEvent, RecordType type) => auditEvent.TryFindRecord(type, out _);

    static bool Any(AuditEvent auditEvent, Func<RecordType, bool> isWanted)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (isWanted(auditEvent[index].Type))
                return true;
        }

        return false;
    }
}
