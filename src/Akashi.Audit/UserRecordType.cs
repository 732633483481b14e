namespace Akashi.Audit;

/// <summary>The types of records that programs may send: 1005, 1100 to 1199, 2100 to 2999. A number that has no name here may be sent too.</summary>
/// <remarks>Source: the names of audit(8)'s records, as linux/audit.h and libaudit number them; a test compares them with the table.</remarks>
public enum UserRecordType
{
    /// <summary><c>USER</c>.</summary>
    User = 1005,

    /// <summary><c>USER_AUTH</c>.</summary>
    UserAuth = 1100,

    /// <summary><c>USER_ACCT</c>.</summary>
    UserAcct = 1101,

    /// <summary><c>USER_MGMT</c>.</summary>
    UserMgmt = 1102,

    /// <summary><c>CRED_ACQ</c>.</summary>
    CredAcq = 1103,

    /// <summary><c>CRED_DISP</c>.</summary>
    CredDisp = 1104,

    /// <summary><c>USER_START</c>.</summary>
    UserStart = 1105,

    /// <summary><c>USER_END</c>.</summary>
    UserEnd = 1106,

    /// <summary><c>USER_AVC</c>.</summary>
    UserAvc = 1107,

    /// <summary><c>USER_CHAUTHTOK</c>.</summary>
    UserChauthtok = 1108,

    /// <summary><c>USER_ERR</c>.</summary>
    UserErr = 1109,

    /// <summary><c>CRED_REFR</c>.</summary>
    CredRefr = 1110,

    /// <summary><c>USYS_CONFIG</c>.</summary>
    UsysConfig = 1111,

    /// <summary><c>USER_LOGIN</c>.</summary>
    UserLogin = 1112,

    /// <summary><c>USER_LOGOUT</c>.</summary>
    UserLogout = 1113,

    /// <summary><c>ADD_USER</c>.</summary>
    AddUser = 1114,

    /// <summary><c>DEL_USER</c>.</summary>
    DelUser = 1115,

    /// <summary><c>ADD_GROUP</c>.</summary>
    AddGroup = 1116,

    /// <summary><c>DEL_GROUP</c>.</summary>
    DelGroup = 1117,

    /// <summary><c>DAC_CHECK</c>.</summary>
    DacCheck = 1118,

    /// <summary><c>CHGRP_ID</c>.</summary>
    ChgrpId = 1119,

    /// <summary><c>TEST</c>.</summary>
    Test = 1120,

    /// <summary><c>TRUSTED_APP</c>.</summary>
    TrustedApp = 1121,

    /// <summary><c>USER_SELINUX_ERR</c>.</summary>
    UserSelinuxErr = 1122,

    /// <summary><c>USER_CMD</c>.</summary>
    UserCmd = 1123,

    /// <summary><c>USER_TTY</c>.</summary>
    UserTty = 1124,

    /// <summary><c>CHUSER_ID</c>.</summary>
    ChuserId = 1125,

    /// <summary><c>GRP_AUTH</c>.</summary>
    GrpAuth = 1126,

    /// <summary><c>SYSTEM_BOOT</c>.</summary>
    SystemBoot = 1127,

    /// <summary><c>SYSTEM_SHUTDOWN</c>.</summary>
    SystemShutdown = 1128,

    /// <summary><c>SYSTEM_RUNLEVEL</c>.</summary>
    SystemRunlevel = 1129,

    /// <summary><c>SERVICE_START</c>.</summary>
    ServiceStart = 1130,

    /// <summary><c>SERVICE_STOP</c>.</summary>
    ServiceStop = 1131,

    /// <summary><c>GRP_MGMT</c>.</summary>
    GrpMgmt = 1132,

    /// <summary><c>GRP_CHAUTHTOK</c>.</summary>
    GrpChauthtok = 1133,

    /// <summary><c>MAC_CHECK</c>.</summary>
    MacCheck = 1134,

    /// <summary><c>ACCT_LOCK</c>.</summary>
    AcctLock = 1135,

    /// <summary><c>ACCT_UNLOCK</c>.</summary>
    AcctUnlock = 1136,

    /// <summary><c>USER_DEVICE</c>.</summary>
    UserDevice = 1137,

    /// <summary><c>SOFTWARE_UPDATE</c>.</summary>
    SoftwareUpdate = 1138,

    /// <summary><c>ANOM_LOGIN_FAILURES</c>.</summary>
    AnomLoginFailures = 2100,

    /// <summary><c>ANOM_LOGIN_TIME</c>.</summary>
    AnomLoginTime = 2101,

    /// <summary><c>ANOM_LOGIN_SESSIONS</c>.</summary>
    AnomLoginSessions = 2102,

    /// <summary><c>ANOM_LOGIN_ACCT</c>.</summary>
    AnomLoginAcct = 2103,

    /// <summary><c>ANOM_LOGIN_LOCATION</c>.</summary>
    AnomLoginLocation = 2104,

    /// <summary><c>ANOM_MAX_DAC</c>.</summary>
    AnomMaxDac = 2105,

    /// <summary><c>ANOM_MAX_MAC</c>.</summary>
    AnomMaxMac = 2106,

    /// <summary><c>ANOM_AMTU_FAIL</c>.</summary>
    AnomAmtuFail = 2107,

    /// <summary><c>ANOM_RBAC_FAIL</c>.</summary>
    AnomRbacFail = 2108,

    /// <summary><c>ANOM_RBAC_INTEGRITY_FAIL</c>.</summary>
    AnomRbacIntegrityFail = 2109,

    /// <summary><c>ANOM_CRYPTO_FAIL</c>.</summary>
    AnomCryptoFail = 2110,

    /// <summary><c>ANOM_ACCESS_FS</c>.</summary>
    AnomAccessFs = 2111,

    /// <summary><c>ANOM_EXEC</c>.</summary>
    AnomExec = 2112,

    /// <summary><c>ANOM_MK_EXEC</c>.</summary>
    AnomMkExec = 2113,

    /// <summary><c>ANOM_ADD_ACCT</c>.</summary>
    AnomAddAcct = 2114,

    /// <summary><c>ANOM_DEL_ACCT</c>.</summary>
    AnomDelAcct = 2115,

    /// <summary><c>ANOM_MOD_ACCT</c>.</summary>
    AnomModAcct = 2116,

    /// <summary><c>ANOM_ROOT_TRANS</c>.</summary>
    AnomRootTrans = 2117,

    /// <summary><c>ANOM_LOGIN_SERVICE</c>.</summary>
    AnomLoginService = 2118,

    /// <summary><c>ANOM_LOGIN_ROOT</c>.</summary>
    AnomLoginRoot = 2119,

    /// <summary><c>ANOM_ORIGIN_FAILURES</c>.</summary>
    AnomOriginFailures = 2120,

    /// <summary><c>ANOM_SESSION</c>.</summary>
    AnomSession = 2121,

    /// <summary><c>RESP_ANOMALY</c>.</summary>
    RespAnomaly = 2200,

    /// <summary><c>RESP_ALERT</c>.</summary>
    RespAlert = 2201,

    /// <summary><c>RESP_KILL_PROC</c>.</summary>
    RespKillProc = 2202,

    /// <summary><c>RESP_TERM_ACCESS</c>.</summary>
    RespTermAccess = 2203,

    /// <summary><c>RESP_ACCT_REMOTE</c>.</summary>
    RespAcctRemote = 2204,

    /// <summary><c>RESP_ACCT_LOCK_TIMED</c>.</summary>
    RespAcctLockTimed = 2205,

    /// <summary><c>RESP_ACCT_UNLOCK_TIMED</c>.</summary>
    RespAcctUnlockTimed = 2206,

    /// <summary><c>RESP_ACCT_LOCK</c>.</summary>
    RespAcctLock = 2207,

    /// <summary><c>RESP_TERM_LOCK</c>.</summary>
    RespTermLock = 2208,

    /// <summary><c>RESP_SEBOOL</c>.</summary>
    RespSebool = 2209,

    /// <summary><c>RESP_EXEC</c>.</summary>
    RespExec = 2210,

    /// <summary><c>RESP_SINGLE</c>.</summary>
    RespSingle = 2211,

    /// <summary><c>RESP_HALT</c>.</summary>
    RespHalt = 2212,

    /// <summary><c>RESP_ORIGIN_BLOCK</c>.</summary>
    RespOriginBlock = 2213,

    /// <summary><c>RESP_ORIGIN_BLOCK_TIMED</c>.</summary>
    RespOriginBlockTimed = 2214,

    /// <summary><c>RESP_ORIGIN_UNBLOCK_TIMED</c>.</summary>
    RespOriginUnblockTimed = 2215,

    /// <summary><c>USER_ROLE_CHANGE</c>.</summary>
    UserRoleChange = 2300,

    /// <summary><c>ROLE_ASSIGN</c>.</summary>
    RoleAssign = 2301,

    /// <summary><c>ROLE_REMOVE</c>.</summary>
    RoleRemove = 2302,

    /// <summary><c>LABEL_OVERRIDE</c>.</summary>
    LabelOverride = 2303,

    /// <summary><c>LABEL_LEVEL_CHANGE</c>.</summary>
    LabelLevelChange = 2304,

    /// <summary><c>USER_LABELED_EXPORT</c>.</summary>
    UserLabeledExport = 2305,

    /// <summary><c>USER_UNLABELED_EXPORT</c>.</summary>
    UserUnlabeledExport = 2306,

    /// <summary><c>DEV_ALLOC</c>.</summary>
    DevAlloc = 2307,

    /// <summary><c>DEV_DEALLOC</c>.</summary>
    DevDealloc = 2308,

    /// <summary><c>FS_RELABEL</c>.</summary>
    FsRelabel = 2309,

    /// <summary><c>USER_MAC_POLICY_LOAD</c>.</summary>
    UserMacPolicyLoad = 2310,

    /// <summary><c>ROLE_MODIFY</c>.</summary>
    RoleModify = 2311,

    /// <summary><c>USER_MAC_CONFIG_CHANGE</c>.</summary>
    UserMacConfigChange = 2312,

    /// <summary><c>USER_MAC_STATUS</c>.</summary>
    UserMacStatus = 2313,

    /// <summary><c>CRYPTO_TEST_USER</c>.</summary>
    CryptoTestUser = 2400,

    /// <summary><c>CRYPTO_PARAM_CHANGE_USER</c>.</summary>
    CryptoParamChangeUser = 2401,

    /// <summary><c>CRYPTO_LOGIN</c>.</summary>
    CryptoLogin = 2402,

    /// <summary><c>CRYPTO_LOGOUT</c>.</summary>
    CryptoLogout = 2403,

    /// <summary><c>CRYPTO_KEY_USER</c>.</summary>
    CryptoKeyUser = 2404,

    /// <summary><c>CRYPTO_FAILURE_USER</c>.</summary>
    CryptoFailureUser = 2405,

    /// <summary><c>CRYPTO_REPLAY_USER</c>.</summary>
    CryptoReplayUser = 2406,

    /// <summary><c>CRYPTO_SESSION</c>.</summary>
    CryptoSession = 2407,

    /// <summary><c>CRYPTO_IKE_SA</c>.</summary>
    CryptoIkeSa = 2408,

    /// <summary><c>CRYPTO_IPSEC_SA</c>.</summary>
    CryptoIpsecSa = 2409,

    /// <summary><c>VIRT_CONTROL</c>.</summary>
    VirtControl = 2500,

    /// <summary><c>VIRT_RESOURCE</c>.</summary>
    VirtResource = 2501,

    /// <summary><c>VIRT_MACHINE_ID</c>.</summary>
    VirtMachineId = 2502,

    /// <summary><c>VIRT_INTEGRITY_CHECK</c>.</summary>
    VirtIntegrityCheck = 2503,

    /// <summary><c>VIRT_CREATE</c>.</summary>
    VirtCreate = 2504,

    /// <summary><c>VIRT_DESTROY</c>.</summary>
    VirtDestroy = 2505,

    /// <summary><c>VIRT_MIGRATE_IN</c>.</summary>
    VirtMigrateIn = 2506,

    /// <summary><c>VIRT_MIGRATE_OUT</c>.</summary>
    VirtMigrateOut = 2507,
}
