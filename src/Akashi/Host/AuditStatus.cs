namespace Akashi.Host;

/// <summary>Which members of an <see cref="AuditStatus"/> a SET request changes: AUDIT_STATUS_* of linux/audit.h.</summary>
[Flags]
public enum AuditStatusMask : uint
{
    None = 0,
    Enabled = 0x0001,
    Failure = 0x0002,
    Pid = 0x0004,
    RateLimit = 0x0008,
    BacklogLimit = 0x0010,
    BacklogWaitTime = 0x0020,
    Lost = 0x0040,
    BacklogWaitTimeActual = 0x0080,
}

/// <summary>The state of the kernel's audit: struct audit_status of linux/audit.h, without its mask.</summary>
/// <param name="Enabled">0 off, 1 on, 2 on and immutable until the next boot.</param>
/// <param name="Failure">What the kernel does when it can't audit: 0 silent, 1 printk, 2 panic.</param>
/// <param name="Pid">The process that owns the kernel's audit; 0 for none.</param>
/// <param name="RateLimit">Records a second; 0 for no limit.</param>
/// <param name="BacklogLimit">Records that may wait in the kernel.</param>
/// <param name="Lost">Records dropped since boot, or since the count was reset.</param>
/// <param name="Backlog">Records waiting now.</param>
/// <param name="FeatureBitmap">AUDIT_FEATURE_BITMAP_*.</param>
/// <param name="BacklogWaitTime">How long a process waits for room in the backlog, in jiffies.</param>
/// <param name="BacklogWaitTimeActual">How long processes did wait in all, in jiffies.</param>
public readonly record struct AuditStatus(
    uint Enabled, uint Failure, uint Pid, uint RateLimit, uint BacklogLimit, uint Lost, uint Backlog,
    uint FeatureBitmap, uint BacklogWaitTime, uint BacklogWaitTimeActual);

/// <summary>The kernel's audit features: struct audit_features of linux/audit.h, bit n of each word for feature n.</summary>
/// <param name="Mask">Which features the words speak of.</param>
/// <param name="Features">Which are on.</param>
/// <param name="Lock">Which can't be changed any more.</param>
public readonly record struct AuditFeatures(uint Mask, uint Features, uint Lock)
{
    /// <summary>AUDIT_FEATURE_ONLY_UNSET_LOGINUID as a bit.</summary>
    public const uint OnlyUnsetLoginuid = 1 << 0;

    /// <summary>AUDIT_FEATURE_LOGINUID_IMMUTABLE as a bit.</summary>
    public const uint LoginuidImmutable = 1 << 1;
}

/// <summary>Who sent the daemon a signal: struct audit_sig_info of linux/audit.h.</summary>
/// <param name="Auid">The login user of the sender.</param>
/// <param name="Pid">The sender.</param>
/// <param name="Context">Its security context; empty where there is none.</param>
public readonly record struct SignalSender(uint Auid, uint Pid, string Context);
