using Akashi.Host;

namespace Akashi.Daemon.KernelState;

/// <summary>How a restoring ended.</summary>
public enum RestoreOutcome
{
    /// <summary>The kernel's audit is as it was.</summary>
    Restored,

    /// <summary>The kernel takes no changes until the next boot (enabled is 2): nothing was tried.</summary>
    Immutable,

    /// <summary>Another process owns the kernel's audit by now: what was added is taken away, where that is known, and the rest is that one's.</summary>
    OwnedByAnother,

    /// <summary>Some of it was refused; what could be put back is, and it may be tried again.</summary>
    Incomplete,
}

/// <summary>Puts the kernel's audit back as a snapshot has it.</summary>
/// <remarks>
/// Only what differs is changed, so that doing it twice is doing it once. First the rules that were not there go: they cost others time. Then
/// those that are missing come back, features, and last the settings. A refusal doesn't keep the rest from being put back; the first
/// one is kept. Where rules stood in another order, all go and all come back, since the kernel can only append.
/// </remarks>
public sealed class KernelRestore(IAuditKernel kernel, KernelSnapshot before)
{
    const int NoSuchFile = 2;
    const int NotADirectory = 20;

    /// <summary>Rules that can't come back because the path they watch is gone.</summary>
    public int GoneRules { get; private set; }

    /// <summary>The first refusal; null where there was none.</summary>
    public KernelRequestException? Refusal { get; private set; }

    /// <summary>Puts it back.</summary>
    public RestoreOutcome Run()
    {
        AuditStatus now = default;
        if (!Try(() => now = kernel.GetStatus()))
            return RestoreOutcome.Incomplete;
        if (now.Enabled == 2)
            return RestoreOutcome.Immutable;
        if (before.Loan is { IsAll: true })
            return TakeBack(before.Loan, now, RestoreOutcome.Restored);
        bool isSelf = now.Pid == (uint)Environment.ProcessId;
        ProcessMark? owner = now.Pid == 0 || isSelf ? null : ProcessMark.Find((int)now.Pid);
        if (owner is not null)
            return before.Loan is null ? RestoreOutcome.OwnedByAnother : TakeBack(before.Loan, now, RestoreOutcome.OwnedByAnother);
        Try(RestoreRules);
        Try(RestoreFeatures);
        RestoreSettings(now);

        // A killed owner stays in the status until the kernel fails to reach it; this makes it try.
        if (now.Pid != 0 && !isSelf)
            Try(() => kernel.SetStatus(AuditStatusMask.Pid, default));
        return Refusal is null ? RestoreOutcome.Restored : RestoreOutcome.Incomplete;
    }

    // A rule that somebody deleted meanwhile is what was wanted; a wait that somebody set meanwhile is his.
    RestoreOutcome TakeBack(KernelLoan loan, AuditStatus now, RestoreOutcome outcome)
    {
        foreach (byte[] rule in loan.Rules.Where(rule => !Holds(before.Rules, rule)))
            Try(() => DeleteIfThere(rule));
        if (loan.BacklogWaitTime == now.BacklogWaitTime)
            RestoreSetting(AuditStatusMask.BacklogWaitTime, now.BacklogWaitTime != before.Status.BacklogWaitTime);
        return Refusal is null ? outcome : RestoreOutcome.Incomplete;
    }

    void DeleteIfThere(byte[] rule)
    {
        try
        {
            kernel.DeleteRule(rule);
        }
        catch (KernelRequestException exception) when (exception.Errno is NoSuchFile or NotADirectory)
        {
            GoneRules++;
        }
    }

    static bool IsSame(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    void RestoreRules()
    {
        IReadOnlyList<byte[]> loaded = kernel.ListRules();
        foreach (byte[] rule in loaded.Where(rule => !Holds(before.Rules, rule)))
            Try(() => kernel.DeleteRule(rule));
        List<byte[]> kept = [.. loaded.Where(rule => Holds(before.Rules, rule))];
        if (!IsBeginning(kept))
        {
            foreach (byte[] rule in kept)
                Try(() => kernel.DeleteRule(rule));
            kept.Clear();
        }

        foreach (byte[] rule in before.Rules.Skip(kept.Count))
            Try(() => AddBack(rule));
    }

    // A watch goes with its directory, and the kernel itself has dropped it then: whoever may remove the directory must not keep us from ending.
    void AddBack(byte[] rule)
    {
        try
        {
            kernel.AddRule(rule);
        }
        catch (KernelRequestException exception) when (exception.Errno is NoSuchFile or NotADirectory)
        {
            GoneRules++;
        }
    }

    static bool Holds(IReadOnlyList<byte[]> rules, byte[] wanted) => rules.Any(rule => IsSame(rule, wanted));

    bool IsBeginning(List<byte[]> kept) =>
        kept.Count <= before.Rules.Count && kept.Index().All(rule => IsSame(rule.Item, before.Rules[rule.Index]));

    // A locked feature can't be changed any more, by nobody.
    void RestoreFeatures()
    {
        AuditFeatures now = kernel.GetFeatures();
        uint changed = (now.Features ^ before.Features.Features) & ~now.Lock;
        if (changed != 0)
            kernel.SetFeatures(new AuditFeatures(changed, before.Features.Features, 0));
    }

    // One at a time, so that one that is refused doesn't take the others with it.
    void RestoreSettings(AuditStatus now)
    {
        AuditStatus old = before.Status;
        RestoreSetting(AuditStatusMask.BacklogLimit, now.BacklogLimit != old.BacklogLimit);
        RestoreSetting(AuditStatusMask.BacklogWaitTime, now.BacklogWaitTime != old.BacklogWaitTime);
        RestoreSetting(AuditStatusMask.RateLimit, now.RateLimit != old.RateLimit);
        RestoreSetting(AuditStatusMask.Failure, now.Failure != old.Failure);
        RestoreSetting(AuditStatusMask.Enabled, now.Enabled != old.Enabled);
    }

    void RestoreSetting(AuditStatusMask member, bool differs)
    {
        if (differs)
            Try(() => kernel.SetStatus(member, before.Status));
    }

    bool Try(Action request)
    {
        try
        {
            request();
            return true;
        }
        catch (KernelRequestException exception)
        {
            Refusal ??= exception;
            return false;
        }
    }
}
