using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules diff</c>: what load would change. Nothing is changed.</summary>
/// <remarks>+ is added, - is removed, ~ is put in anew because of the order. Exit codes as diff(1): 0 same, 1 different, 2 trouble.</remarks>
sealed class DiffCommand(IHost host, RuleReport report)
{
    /// <summary>Compares.</summary>
    public int Run(IReadOnlyList<string> paths)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        AuditStatus status = kernel.GetStatus();
        RuleSet set = new RuleSources(host).Read(paths, status.FeatureBitmap);
        RuleSettings settings = RuleSettings.Of(set, set.Diagnostics);
        IReadOnlyList<HeldRule> held = new KernelRules(kernel, report).List();
        RuleTarget target = RuleTarget.Of(held, set, set.Diagnostics);
        report.Say(set.Diagnostics);

        RuleLoadPlan plan = RuleLoadPlan.Of(held, target.Rules, RuleOverlap.IsOrderSensitive);
        bool isDifferent = ShowSettings(settings, status, kernel.GetFeatures());
        foreach (RuleLoadStep step in plan.Steps)
            Show(step);
        if (report.ErrorCount > 0)
            return 2;
        return isDifferent || plan.Steps.Count > 0 ? 1 : 0;
    }

    bool ShowSettings(RuleSettings settings, in AuditStatus status, in AuditFeatures features)
    {
        bool isDifferent = Show("backlog_limit", settings.BacklogLimit, status.BacklogLimit);
        isDifferent |= Show("failure", settings.Failure, status.Failure);
        isDifferent |= Show("rate_limit", settings.RateLimit, status.RateLimit);
        isDifferent |= Show("backlog_wait_time", settings.BacklogWaitTime, status.BacklogWaitTime);
        isDifferent |= Show("enabled", settings.Enabled, status.Enabled);
        bool isLocked = (features.Lock & AuditFeatures.LoginuidImmutable) != 0;
        return Show("loginuid_immutable", settings.LocksLoginUsers ? 1 : null, isLocked ? 1u : 0) | isDifferent;
    }

    bool Show(string name, uint? wanted, uint present)
    {
        if (wanted is not { } number || number == present)
            return false;
        report.Print($"- {name} {present}");
        report.Print($"+ {name} {number}");
        return true;
    }

    void Show(RuleLoadStep step)
    {
        char sign = step.Verb switch
        {
            RuleLoadVerb.Add => '+',
            RuleLoadVerb.Remove => '-',
            _ => '~',
        };
        string place = step.Rule.Source is { } source && step.Verb != RuleLoadVerb.Remove ? $"    # {source.Place}" : "";
        if (step.Verb == RuleLoadVerb.PutAnew)
            place += $"{(place.Length > 0 ? "" : "    #")} is loaded already, but in another order: the first rule that matches decides";
        report.Print($"{sign} {report.TextOf(step.Rule)}{place}");
    }
}
