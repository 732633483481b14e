using Akashi.Host;

namespace Akashi.Daemon.KernelState;

/// <summary>What can be changed of the kernel's audit, as it was at one moment.</summary>
/// <param name="Owner">The process that is about to change it.</param>
/// <param name="Status">Of its members those of <see cref="Settings"/> count; the others are counters.</param>
/// <param name="Features">The features.</param>
/// <param name="Rules">The loaded rules in the kernel's order, each as the bytes of a struct audit_rule_data.</param>
public sealed record KernelSnapshot(ProcessMark Owner, AuditStatus Status, AuditFeatures Features, IReadOnlyList<byte[]> Rules)
{
    /// <summary>What the owner adds; null where that isn't known.</summary>
    public KernelLoan? Loan { get; init; }

    /// <summary>The members of the status that are put back.</summary>
    public const AuditStatusMask Settings = AuditStatusMask.Enabled | AuditStatusMask.Failure | AuditStatusMask.RateLimit
        | AuditStatusMask.BacklogLimit | AuditStatusMask.BacklogWaitTime;

    /// <summary>Looks at the kernel.</summary>
    /// <exception cref="KernelRequestException">It doesn't answer.</exception>
    public static KernelSnapshot Take(IAuditKernel kernel, ProcessMark owner) =>
        new(owner, kernel.GetStatus(), kernel.GetFeatures(), kernel.ListRules());
}
