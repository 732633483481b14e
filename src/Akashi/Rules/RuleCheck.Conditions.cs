using Akashi.Tables;

namespace Akashi.Rules;

// Conditions that can't hold, or hold for others than they seem to.
public sealed partial class RuleCheck
{
    const uint Unset = uint.MaxValue;

    void CheckConditions(HeldRule held)
    {
        Rule rule = held.Rule;
        CheckContradictions(held);
        CheckUnsetIncluded(held);
        if (rule is { List: FilterList.Exit, Action: RuleAction.Always })
            CheckEffectiveUser(held);
        if (rule is { List: FilterList.Exit or FilterList.IoUring, Action: RuleAction.Always } && rule.Key.IsEmpty)
            Warn(RuleFinding.KeyMissing, held, "has no key: ausearch -k can't find its events", "add -k NAME", Diagnostics.Severity.Note);
    }

    void CheckContradictions(HeldRule held)
    {
        IReadOnlyList<RuleCondition> conditions = held.Rule.Conditions;
        for (int index = 0; index < conditions.Count; index++)
        {
            if (IsImpossible(conditions[index]))
            {
                Warn(RuleFinding.Dead, held, $"matches nothing: {Text(conditions[index])} never holds, the kernel compares numbers without a sign",
                    conditions[index].Field == RuleField.Exit ? "write -F success=0, or one -F exit=-ERRNO" : null);
                return;
            }
            for (int other = 0; other < index; other++)
            {
                if (conditions[index].Field == conditions[other].Field && RuleOverlap.AreDisjoint(conditions[index], conditions[other])
                    || IsFailureAndSuccess(conditions[index], conditions[other]) || IsFailureAndSuccess(conditions[other], conditions[index]))
                {
                    Warn(RuleFinding.Dead, held, $"matches nothing: {Text(conditions[other])} and {Text(conditions[index])} exclude each other");
                    return;
                }
            }
        }
        if (!RuleOverlap.MatchesSomeSyscall(held.Rule, machine))
            Warn(RuleFinding.Dead, held, "matches nothing: none of its system calls makes an access that perm names", "leave -F perm out, or -S");
    }

    static bool IsImpossible(in RuleCondition condition) =>
        condition is { Operator: RuleOperator.Less, Value: 0 } or { Operator: RuleOperator.Greater, Value: uint.MaxValue }
        && !RuleCondition.IsText(condition.Field);

    static bool IsFailureAndSuccess(in RuleCondition one, in RuleCondition other) =>
        one is { Field: RuleField.Success, Operator: RuleOperator.Equal } && other is { Field: RuleField.Exit, Operator: RuleOperator.Equal }
        && (one.Value != 0) == ((int)other.Value < 0);

    // Who never logged in has auid 4294967295.
    void CheckUnsetIncluded(HeldRule held)
    {
        bool includes = false;
        foreach (RuleCondition condition in held.Rule.Conditions)
        {
            if (condition.Field != RuleField.Loginuid)
                continue;
            if (condition is { Operator: RuleOperator.NotEqual, Value: Unset })
                return;
            if (!RuleOverlap.TryInterval(condition, out _, out long high))
                continue;
            if (high < Unset)
                return;
            includes |= condition.Operator is RuleOperator.GreaterOrEqual or RuleOperator.Greater;
        }
        if (includes)
            Warn(RuleFinding.UnsetIncluded, held, "is for processes that nobody logged in for too: unset is the highest auid there is", "add -F auid!=unset");
    }

    // su, sudo and setuid programs change euid and uid, never auid.
    void CheckEffectiveUser(HeldRule held)
    {
        IReadOnlyList<RuleCondition> conditions = held.Rule.Conditions;
        if (conditions.Any(condition => condition.Field is RuleField.Loginuid or RuleField.FieldCompare or RuleField.Sessionid))
            return;
        foreach (RuleCondition condition in conditions)
        {
            bool isPerson = condition.Field is RuleField.Euid && condition is { Operator: RuleOperator.Equal, Value: not 0 }
                || condition.Field is RuleField.Euid or RuleField.Uid && condition.Operator is RuleOperator.GreaterOrEqual or RuleOperator.Greater;
            bool isRoot = condition is { Field: RuleField.Euid, Operator: RuleOperator.Equal, Value: 0 } && RunsPrograms(held.Rule);
            if (isPerson)
                Warn(RuleFinding.EffectiveUser, held, $"loses people once they are root: {Text(condition)} is who a process acts as, after su or sudo another",
                    "write auid, the login user, which never changes");
            else if (isRoot)
                Warn(RuleFinding.EffectiveUser, held, "records every program of every daemon: euid=0 says nothing of who logged in",
                    "add -F auid>=1000 -F auid!=unset for what people do as root");
        }
    }

    bool RunsPrograms(Rule rule) => rule.Syscalls.IsAll || Syscalls.ForMachine(MachineOf(rule) ?? machine).TryGetNumber("execve"u8, out long number)
        && rule.Syscalls.Contains((int)number);

    string Text(in RuleCondition condition) => _listing.ToText(condition);
}
