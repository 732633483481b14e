using Akashi.Tables;

namespace Akashi.Reports.Facts;

/// <summary>What an event is about: of every kind that one of its records is of, wherever it stands in it.</summary>
[Flags]
public enum EventKinds
{
    /// <summary>Nothing that a report asks for.</summary>
    None = 0,

    /// <summary>USER_AUTH.</summary>
    Authentication = 1 << 0,

    /// <summary>GRP_AUTH, which only the main summary counts.</summary>
    GroupAuthentication = 1 << 1,

    /// <summary>USER_LOGIN.</summary>
    Login = 1 << 2,

    /// <summary>AVC, USER_AVC.</summary>
    Access = 1 << 3,

    /// <summary>Changes of the configuration of audit, netfilter, the kernel's features, mandatory access control.</summary>
    Configuration = 1 << 4,

    /// <summary>Changes of users, groups, roles.</summary>
    AccountChange = 1 << 5,

    /// <summary>MAC_…, roles and labels.</summary>
    AccessControl = 1 << 6,

    /// <summary>ANOM_….</summary>
    Anomaly = 1 << 7,

    /// <summary>SECCOMP, which the anomaly report has, but not the main summary's count.</summary>
    Seccomp = 1 << 8,

    /// <summary>RESP_….</summary>
    Response = 1 << 9,

    /// <summary>CRYPTO_….</summary>
    Crypto = 1 << 10,

    /// <summary>INTEGRITY_….</summary>
    Integrity = 1 << 11,

    /// <summary>VIRT_….</summary>
    Virtualization = 1 << 12,
}

/// <summary>Which record types are of which kinds.</summary>
static class EventKindTable
{
    static readonly (RecordType First, RecordType Last, EventKinds Kind)[] s_rows =
    [
        (RecordType.UserAuth, RecordType.UserAuth, EventKinds.Authentication),
        (RecordType.GrpAuth, RecordType.GrpAuth, EventKinds.GroupAuthentication),
        (RecordType.UserLogin, RecordType.UserLogin, EventKinds.Login),
        (RecordType.Avc, RecordType.Avc, EventKinds.Access),
        (RecordType.UserAvc, RecordType.UserAvc, EventKinds.Access),
        (RecordType.ConfigChange, RecordType.ConfigChange, EventKinds.Configuration),
        (RecordType.DaemonConfig, RecordType.DaemonConfig, EventKinds.Configuration),
        (RecordType.UsysConfig, RecordType.UsysConfig, EventKinds.Configuration),
        (RecordType.NetfilterCfg, RecordType.NetfilterCfg, EventKinds.Configuration),
        (RecordType.FeatureChange, RecordType.FeatureChange, EventKinds.Configuration),
        (RecordType.UserMacConfigChange, RecordType.UserMacConfigChange, EventKinds.Configuration),
        (RecordType.MacPolicyLoad, RecordType.MacUnlblStcdel, EventKinds.Configuration | EventKinds.AccessControl),
        (RecordType.UserRoleChange, (RecordType)2399, EventKinds.AccessControl),
        (RecordType.UserMgmt, RecordType.UserMgmt, EventKinds.AccountChange),
        (RecordType.UserChauthtok, RecordType.UserChauthtok, EventKinds.AccountChange),
        (RecordType.AddUser, RecordType.DelGroup, EventKinds.AccountChange),
        (RecordType.GrpMgmt, RecordType.GrpMgmt, EventKinds.AccountChange),
        (RecordType.RoleAssign, RecordType.RoleRemove, EventKinds.AccountChange),
        (RecordType.AnomPromiscuous, (RecordType)1799, EventKinds.Anomaly),
        (RecordType.AnomLoginFailures, (RecordType)2199, EventKinds.Anomaly),
        (RecordType.Seccomp, RecordType.Seccomp, EventKinds.Seccomp),
        (RecordType.RespAnomaly, (RecordType)2299, EventKinds.Response),
        (RecordType.CryptoTestUser, (RecordType)2499, EventKinds.Crypto),
        (RecordType.IntegrityData, (RecordType)1899, EventKinds.Integrity),
        (RecordType.VirtControl, (RecordType)2599, EventKinds.Virtualization),
    ];

    /// <summary>The kinds of a type.</summary>
    public static EventKinds Of(RecordType type)
    {
        EventKinds kinds = EventKinds.None;
        foreach ((RecordType first, RecordType last, EventKinds kind) in s_rows)
        {
            if (type >= first && type <= last)
                kinds |= kind;
        }

        return kinds;
    }
}
