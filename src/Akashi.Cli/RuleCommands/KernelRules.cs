using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary>The rules that the kernel holds, and steps on them.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="report">Receives what it refuses.</param>
sealed class KernelRules(IAuditKernel kernel, RuleReport report)
{
    const int Refused = 302;
    const int NoSuchFile = 2;
    const int NotADirectory = 20;
    const int InvalidArgument = 22;

    /// <summary>The rules, in the kernel's order.</summary>
    /// <exception cref="AuditException">One of them can't be read: nothing could then be said of the others' order.</exception>
    public IReadOnlyList<HeldRule> List() =>
        [.. kernel.ListRules().Select(bytes => HeldRule.OfKernel(bytes, out RuleFault fault)
            ?? throw new AuditException($"cannot read a rule of the kernel: {fault}"))];

    /// <summary>Takes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isPathMissing">Whether it was refused because the directory of its path isn't there: when that goes, the kernel takes such a rule away by itself.</param>
    /// <returns>False where the kernel refuses; said with the place of the rule.</returns>
    public bool TryTake(RuleLoadStep step, out bool isPathMissing)
    {
        bool isAdding = false;
        isPathMissing = false;
        try
        {
            if (step.Verb is RuleLoadVerb.PutAnew or RuleLoadVerb.Remove)
                kernel.DeleteRule(step.Rule.Bytes);
            isAdding = true;
            if (step.Verb is RuleLoadVerb.Add or RuleLoadVerb.PutAnew)
                kernel.AddRule(step.IsPrepended ? step.Rule.ToPrepended() : step.Rule.Bytes);
            return true;
        }
        catch (KernelRequestException exception)
        {
            isPathMissing = isAdding && exception.Errno is NoSuchFile or NotADirectory;
            Say(step.Rule, exception);
            return false;
        }
    }

    /// <summary>Puts the rules back to what they were, their order too.</summary>
    /// <returns>Those that couldn't be put back.</returns>
    public IReadOnlyList<HeldRule> Restore(IReadOnlyList<HeldRule> before)
    {
        RuleLoadPlan plan = RuleLoadPlan.Of(List(), before, (_, _) => true);
        foreach (RuleLoadStep step in plan.Steps)
            TryTake(step, out _);
        var present = List().ToHashSet();
        return [.. before.Where(rule => !present.Contains(rule))];
    }

    void Say(HeldRule rule, KernelRequestException exception) =>
        report.Say(new Diagnostic(Refused, Severity.Error, $"the kernel refuses {report.TextOf(rule)}: {exception.Reason}")
        {
            File = rule.Source?.File,
            Line = rule.Source?.Line ?? 0,
            Hint = exception.Errno switch
            {
                NoSuchFile or NotADirectory => "the directory of the path has to exist when the rule is loaded: make it, or take the line out",
                InvalidArgument => "this kernel has no such field on that list, or not with that operator",
                _ => null,
            },
        });
}
