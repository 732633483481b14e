using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules load</c>: makes the kernel's rules those of the files.</summary>
/// <remarks>
/// Everything is read before anything is changed. Where rules are loaded already, a single error changes nothing, and a refusal of the kernel puts
/// back what was; but a rule whose directory isn't there is left out alone: a program that was removed would keep every other rule from being loaded.
/// Where none are, every good rule is loaded: some auditing is better than none. After any error the rules aren't locked.
/// </remarks>
sealed class LoadCommand(IHost host, RuleReport report)
{
    const uint EnabledAndLocked = 2;

    int _added, _removed, _putAnew, _leftOut;
    bool _hasRefused;

    /// <summary>Which rules of the kernel count as not there when the set is worked through; none, if it isn't set. Of those that the set has, the place in the order is the set's then.</summary>
    public Func<RuleSet, IReadOnlySet<HeldRule>>? FindSuperseded { get; init; }

    /// <summary>Whether what can't be taken back before the next boot (-e 2, --loginuid-immutable) is left to it, and the rest of -e to whoever records.</summary>
    public bool LeavesLocks { get; init; }

    /// <summary>Whether the kernel holds the set now, but for what can't be read and rules whose directory isn't there.</summary>
    public bool HasLoaded { get; private set; }

    /// <summary>Loads.</summary>
    /// <returns>0, or 1 where something is wrong.</returns>
    public int Run(IReadOnlyList<string> paths) => Run(features => new RuleSources(host).Read(paths, features));

    /// <summary>Loads a set.</summary>
    /// <param name="read">Reads it for a kernel that offers these features, AUDIT_FEATURE_BITMAP_*.</param>
    /// <returns>0, or 1 where something is wrong.</returns>
    public int Run(Func<uint, RuleSet> read)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        AuditStatus status = kernel.GetStatus();
        RuleSet set = read(status.FeatureBitmap);
        RuleSettings settings = RuleSettings.Of(set, set.Diagnostics);
        var rules = new KernelRules(kernel, report);
        IReadOnlyList<HeldRule> held = rules.List();
        IReadOnlySet<HeldRule>? superseded = FindSuperseded?.Invoke(set);
        RuleTarget target = RuleTarget.Of(held.Where(rule => superseded?.Contains(rule) != true), set, set.Diagnostics);
        report.Say(set.Diagnostics);

        if (status.Enabled == EnabledAndLocked)
        {
            report.Fail("the rules are locked until the next boot (-e 2)", "put the files into /etc/audit/rules.d, run augenrules, and boot");
            return 1;
        }
        if (report.ErrorCount > 0 && held.Count > 0)
        {
            report.Fail($"nothing is changed: {Count(report.ErrorCount, "error")}");
            return 1;
        }

        RuleLoadPlan plan = RuleLoadPlan.Of(held, target.Rules, RuleOverlap.IsOrderSensitive);
        if (!TryLoad(kernel, rules, plan, settings, status, held))
            return 1;
        HasLoaded = !_hasRefused;
        report.Print($"{Count(_added, "rule")} added, {_removed} removed, {_putAnew} put in anew because of the order, {plan.UnchangedCount} left alone{(_leftOut > 0 ? $", {_leftOut} left out" : "")}");
        Finish(kernel, settings, status);
        return report.ErrorCount > 0 ? 1 : 0;
    }

    bool TryLoad(
        IAuditKernel kernel, KernelRules rules, RuleLoadPlan plan, RuleSettings settings, AuditStatus status, IReadOnlyList<HeldRule> held)
    {
        bool isRestoring = held.Count > 0;
        AuditStatusMask mask = settings.DifferenceFrom(status);
        bool isSet = mask == AuditStatusMask.None || TryRequest("set", () => kernel.SetStatus(mask, settings.ApplyTo(status)));
        if (!isSet && isRestoring)
            return GiveUp(kernel, rules, held, AuditStatusMask.None, status);

        foreach (RuleLoadStep step in plan.Steps)
        {
            if (rules.TryTake(step, out bool isPathMissing))
                Count(step);
            else if (!isPathMissing && isRestoring)
                return GiveUp(kernel, rules, held, mask, status);
            else
            {
                _leftOut++;
                _hasRefused |= !isPathMissing;
            }
        }
        return true;
    }

    bool GiveUp(IAuditKernel kernel, KernelRules rules, IReadOnlyList<HeldRule> held, AuditStatusMask mask, AuditStatus status)
    {
        bool isSet = mask == AuditStatusMask.None || TryRequest("set back", () => kernel.SetStatus(mask, status));
        IReadOnlyList<HeldRule> missing = rules.Restore(held);
        foreach (HeldRule rule in missing)
            report.Fail($"cannot put back {report.TextOf(rule)}");
        if (isSet && missing.Count == 0)
            report.Fail("nothing is changed: the rules are what they were before");
        return false;
    }

    void Finish(IAuditKernel kernel, RuleSettings settings, AuditStatus status)
    {
        if (LeavesLocks)
        {
            if (settings.Enabled == EnabledAndLocked || settings.LocksLoginUsers)
                report.Print($"left to the next boot: {(settings.Enabled == EnabledAndLocked ? "-e 2" : "--loginuid-immutable")}, which can't be taken back before it");
            return;
        }

        const uint Bit = AuditFeatures.LoginuidImmutable;
        if (settings.LocksLoginUsers && (kernel.GetFeatures().Lock & Bit) == 0)
            TryRequest("lock login users", () => kernel.SetFeatures(new AuditFeatures(Bit, Bit, Bit)));

        if (settings.Enabled is not { } enabled || enabled == status.Enabled)
            return;
        if (enabled == EnabledAndLocked && report.ErrorCount > 0)
            report.Fail("-e 2 is left out after errors: it would lock them in until the next boot");
        else
            TryRequest("set -e", () => kernel.SetStatus(AuditStatusMask.Enabled, new AuditStatus { Enabled = enabled }));
    }

    bool TryRequest(string name, Action send)
    {
        try
        {
            send();
            return true;
        }
        catch (KernelRequestException exception)
        {
            report.Fail($"cannot {name}: {exception.Reason}");
            return false;
        }
    }

    void Count(RuleLoadStep step)
    {
        switch (step.Verb)
        {
            case RuleLoadVerb.Add:
                _added++;
                break;
            case RuleLoadVerb.Remove:
                _removed++;
                break;
            default:
                _putAnew++;
                report.Print($"put in anew because of the order: {report.TextOf(step.Rule)}");
                break;
        }
    }

    static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
