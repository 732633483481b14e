using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

// The first rule that matches decides, for all of its system calls or some.
public sealed partial class RuleCheck
{
    void CheckOrder(HeldRule[] rules)
    {
        for (int later = 1; later < rules.Length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                Rule first = rules[earlier].Rule, second = rules[later].Rule;
                if (first.List != second.List || !RuleOverlap.ConditionsCover(first, second))
                    continue;
                if (RuleOverlap.Covers(first, second))
                {
                    WarnOfUnreached(rules[earlier], rules[later]);
                    break;
                }
                if (first.List is FilterList.Exit or FilterList.IoUring && !RuleOverlap.HasSameOutcome(first, second))
                    WarnOfFirstMatch(rules[earlier], rules[later]);
            }
        }
    }

    void WarnOfUnreached(HeldRule first, HeldRule second)
    {
        string place = first.Source!.Place;
        bool hasEffect = first.List != FilterList.Exclude && first.Rule.Action != second.Rule.Action;
        if (hasEffect && first.Rule.Action == RuleAction.Never)
            Warn(RuleFinding.Overruled, second, $"never records anything: {place} stands before it and is for never", $"put this line before {place}");
        else if (hasEffect)
            Warn(RuleFinding.Overruled, second, $"excepts nothing: {place} stands before it and records", $"put this line before {place}");
        else if (RuleOverlap.HasSameOutcome(first.Rule, second.Rule) || first.List == FilterList.Exclude)
            Warn(RuleFinding.Shadowed, second, $"never reached: {place} does the same for all it's for", "take this line out");
        else
            Warn(RuleFinding.Shadowed, second, $"never reached: {place} records the same under the key '{KeyOf(first.Rule)}'", $"put this line before {place}");
    }

    void WarnOfFirstMatch(HeldRule first, HeldRule second)
    {
        IReadOnlyList<string> shared = SharedNames(first.Rule, second.Rule);
        if (shared.Count == 0)
            return;
        string place = first.Source!.Place, names = Join(shared);
        string text = (first.Rule.Action, second.Rule.Action) switch
        {
            (RuleAction.Always, RuleAction.Always) => $"its {names} are recorded by {place}, under the key '{KeyOf(first.Rule)}' alone",
            (RuleAction.Always, _) => $"doesn't except {names}: {place} stands before it and records them",
            _ => $"doesn't record {names}: {place} stands before it and is for never",
        };
        Warn(RuleFinding.FirstMatch, second, text, $"put this line before {place}, or take {names} out of one of them");
    }

    IReadOnlyList<string> SharedNames(Rule first, Rule second)
    {
        var names = new List<string>();
        Machine shown = MachineOf(second) ?? MachineOf(first) ?? machine;
        if (!RuleOverlap.MayOverlap(first, second, distinguishesPaths: true) || first.List == FilterList.Filesystem)
            return names;
        if (first.List == FilterList.IoUring)
            shown = Machine.IoUring;
        for (int number = 0; number <= SyscallMask.NumberMax; number++)
        {
            if (first.Syscalls.Contains(number) && second.Syscalls.Contains(number))
                names.Add(NameOf(shown, number));
        }
        return names;
    }
}
