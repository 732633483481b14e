using Akashi.Host;

namespace Akashi.Live.Tests;

/// <summary>What can be changed of the kernel's audit, and put back.</summary>
/// <param name="Status">Lost, backlog and the wait actually waited are counters and not put back.</param>
/// <param name="Features">The features.</param>
/// <param name="Rules">The loaded rules in the kernel's order.</param>
sealed record KernelState(AuditStatus Status, AuditFeatures Features, IReadOnlyList<byte[]> Rules)
{
    const AuditStatusMask Settings = AuditStatusMask.Enabled | AuditStatusMask.Failure | AuditStatusMask.RateLimit
        | AuditStatusMask.BacklogLimit | AuditStatusMask.BacklogWaitTime;

    internal static KernelState Capture(IAuditKernel kernel) => new(kernel.GetStatus(), kernel.GetFeatures(), kernel.ListRules());

    /// <summary>Puts the kernel back into this state; what's as it was is left alone.</summary>
    /// <exception cref="InvalidOperationException">Another process took the kernel's audit meanwhile: nothing is touched.</exception>
    internal void Restore(IAuditKernel kernel)
    {
        uint owner = kernel.GetStatus().Pid;
        if (owner == (uint)Environment.ProcessId)
            kernel.SetStatus(AuditStatusMask.Pid, default);
        else if (owner != 0)
            throw new InvalidOperationException($"process {owner} took the kernel's audit during the tests");
        KernelState now = Capture(kernel);
        if (now.Describe() == Describe())
            return;
        if (!now.Rules.SequenceEqual(Rules, SameBytes))
        {
            foreach (byte[] rule in now.Rules)
                kernel.DeleteRule(rule);
            foreach (byte[] rule in Rules)
                kernel.AddRule(rule);
        }

        if (now.Features != Features)
            kernel.SetFeatures(Features);
        kernel.SetStatus(Settings, Status);
    }

    /// <summary>The state in one comparable text, without the counters.</summary>
    internal string Describe() => string.Join(
        '\n',
        [
            $"enabled {Status.Enabled} failure {Status.Failure} pid {Status.Pid} rate_limit {Status.RateLimit}",
            $"backlog_limit {Status.BacklogLimit} backlog_wait_time {Status.BacklogWaitTime}",
            $"features {Features.Features} locked {Features.Lock}",
            .. Rules.Select(Convert.ToHexString),
        ]);

    static readonly IEqualityComparer<byte[]> SameBytes = EqualityComparer<byte[]>.Create(
        (left, right) => left.AsSpan().SequenceEqual(right), bytes => bytes.Length);
}
