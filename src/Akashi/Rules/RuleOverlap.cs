using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>What two rules have to do with each other: whether one event can match both, and whether their order shows then.</summary>
/// <remarks>Only what can be told from the rules alone counts: where it can't, they do overlap, and the one doesn't cover the other.</remarks>
public static class RuleOverlap
{
    static readonly SyscallMask s_all = SyscallMask.All;

    /// <summary>Whether it makes a difference which of the two stands first.</summary>
    /// <remarks>An event with two paths, a rename, matches watches of either. Where both record it, it's found under the one key or the
    /// other, and that isn't worth unloading a rule for; where one of them is for never, it is.</remarks>
    public static bool IsOrderSensitive(Rule one, Rule other) =>
        !HasSameOutcome(one, other) && MayOverlap(one, other, distinguishesPaths: one.Action == other.Action);

    /// <summary>Whether a match of the one does what a match of the other does: the action, and the key that an event gets.</summary>
    public static bool HasSameOutcome(Rule one, Rule other) => one.Action == other.Action
        && (one.Action == RuleAction.Never || one.Key.Span.SequenceEqual(other.Key.Span));

    /// <summary>Whether an event can match both.</summary>
    /// <param name="one">A rule.</param>
    /// <param name="other">Another.</param>
    /// <param name="distinguishesPaths">Whether different paths count as different events.</param>
    public static bool MayOverlap(Rule one, Rule other, bool distinguishesPaths)
    {
        if (one.List != other.List || !SharesSyscall(one, other))
            return false;
        foreach (ref readonly RuleCondition left in one.ConditionSpan)
        {
            foreach (ref readonly RuleCondition right in other.ConditionSpan)
            {
                bool isPath = left.Field is RuleField.Watch or RuleField.Dir;
                if (isPath ? distinguishesPaths && ArePathsDisjoint(left, right) : left.Field == right.Field && AreDisjoint(left, right))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Whether every event that matches the narrow rule matches the wide one too.</summary>
    public static bool Covers(Rule wide, Rule narrow) => wide.List == narrow.List && HoldsSyscalls(wide, narrow)
        && ConditionsCover(wide, narrow);

    /// <summary>Whether the conditions of the wide rule hold wherever those of the narrow one do, their system calls and keys aside.</summary>
    /// <param name="wide">The rule that may be for more.</param>
    /// <param name="narrow">The rule that may be for less.</param>
    /// <param name="ignoresArch">Whether arch is left aside too.</param>
    public static bool ConditionsCover(Rule wide, Rule narrow, bool ignoresArch = false)
    {
        foreach (ref readonly RuleCondition condition in wide.ConditionSpan)
        {
            if (condition.Field != RuleField.Filterkey && !(ignoresArch && condition.Field == RuleField.Arch) && !IsImplied(condition, narrow))
                return false;
        }
        return true;
    }

    /// <summary>Whether the rule's mask holds a system call that its own <c>perm</c>, if there is one, can match.</summary>
    public static bool MatchesSomeSyscall(Rule rule, Machine machine)
    {
        if (rule.List != FilterList.Exit)
            return true;
        ReadOnlySpan<uint> words = rule.Syscalls.Words, access = AccessMask(rule, MachineOf(rule) ?? machine);
        for (int index = 0; index < words.Length; index++)
        {
            if ((words[index] & access[index]) != 0)
                return true;
        }
        return false;
    }

    /// <summary>Whether nothing can match both conditions, which are on one field.</summary>
    public static bool AreDisjoint(in RuleCondition left, in RuleCondition right)
    {
        if (left.Field is RuleField.Filterkey or RuleField.FieldCompare)
            return left.Field == RuleField.FieldCompare && left.Value == right.Value && left.Operator != right.Operator;
        if (RuleCondition.IsText(left.Field))
            return AreTextsDisjoint(left, right);
        if (left.Field == RuleField.Perm)
            return false; // A file opened for reading and writing matches both r and w.
        return TryInterval(left, out long leftLow, out long leftHigh) && TryInterval(right, out long rightLow, out long rightHigh)
            ? leftHigh < rightLow || rightHigh < leftLow
            : IsNegationOf(left, right) || IsNegationOf(right, left);
    }

    /// <summary>Whether what matches the one condition matches the other.</summary>
    public static bool Implies(in RuleCondition one, in RuleCondition other)
    {
        if (one.Field != other.Field)
        {
            return one.Field == RuleField.Watch && other.Field == RuleField.Dir
                && one.Operator == RuleOperator.Equal && other.Operator == RuleOperator.Equal && IsBelow(one.Text.Span, other.Text.Span);
        }
        if (one.Operator == other.Operator && one.Value == other.Value && one.Text.Span.SequenceEqual(other.Text.Span))
            return true;
        if (one.Field == RuleField.Dir)
            return one.Operator == RuleOperator.Equal && other.Operator == RuleOperator.Equal && IsBelow(one.Text.Span, other.Text.Span);
        if (one.Field == RuleField.Perm)
            return (one.Value & ~other.Value) == 0;
        if (RuleCondition.IsText(one.Field) || one.Field == RuleField.FieldCompare)
            return one.Operator == RuleOperator.Equal && other.Operator == RuleOperator.NotEqual && !one.Text.Span.SequenceEqual(other.Text.Span)
                && one.Field != RuleField.FieldCompare;
        if (!TryInterval(one, out long low, out long high))
            return false;
        if (other.Operator == RuleOperator.NotEqual)
            return other.Value < low || other.Value > high;
        return TryInterval(other, out long otherLow, out long otherHigh) && otherLow <= low && high <= otherHigh;
    }

    /// <summary>The numbers that a condition takes, from the lowest to the highest; the kernel compares all as unsigned, exit too.</summary>
    /// <returns>False where they are no such range (!=, &amp;, &amp;=), or there are none (&lt;0).</returns>
    public static bool TryInterval(in RuleCondition condition, out long low, out long high)
    {
        long number = condition.Value;
        (low, high) = condition.Operator switch
        {
            RuleOperator.Equal => (number, number),
            RuleOperator.Greater => (number + 1, uint.MaxValue),
            RuleOperator.GreaterOrEqual => (number, uint.MaxValue),
            RuleOperator.Less => (0, number - 1),
            RuleOperator.LessOrEqual => (0, number),
            _ => (1, 0),
        };
        return low <= high;
    }

    static bool IsNegationOf(in RuleCondition left, in RuleCondition right) =>
        left.Operator == RuleOperator.Equal && right.Operator == RuleOperator.NotEqual && left.Value == right.Value;

    static bool AreTextsDisjoint(in RuleCondition left, in RuleCondition right)
    {
        bool isSame = left.Text.Span.SequenceEqual(right.Text.Span);
        if (left.Operator == RuleOperator.Equal && right.Operator == RuleOperator.Equal)
            return !isSame;
        return isSame && left.Operator != right.Operator;
    }

    static bool ArePathsDisjoint(in RuleCondition left, in RuleCondition right)
    {
        if (right.Field is not (RuleField.Watch or RuleField.Dir))
            return false;
        if (left.Operator != RuleOperator.Equal || right.Operator != RuleOperator.Equal)
            return false;
        bool isLeftIn = right.Field == RuleField.Dir && IsBelow(left.Text.Span, right.Text.Span);
        bool isRightIn = left.Field == RuleField.Dir && IsBelow(right.Text.Span, left.Text.Span);
        return !isLeftIn && !isRightIn && !left.Text.Span.SequenceEqual(right.Text.Span);
    }

    static bool IsImplied(in RuleCondition condition, Rule narrow)
    {
        foreach (ref readonly RuleCondition other in narrow.ConditionSpan)
        {
            if (Implies(other, condition))
                return true;
        }
        return false;
    }

    static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory) => path.StartsWith(directory)
        && (path.Length == directory.Length || directory.EndsWith("/"u8) || path[directory.Length] == '/');

    static bool HasSyscalls(Rule rule) => rule.List is FilterList.Exit or FilterList.IoUring;

    static bool SharesSyscall(Rule one, Rule other)
    {
        if (!HasSyscalls(one))
            return true;
        Machine? machine = MachineOf(one) ?? MachineOf(other);
        ReadOnlySpan<uint> left = one.Syscalls.Words, right = other.Syscalls.Words;
        ReadOnlySpan<uint> leftAccess = AccessMask(one, machine), rightAccess = AccessMask(other, machine);
        for (int index = 0; index < left.Length; index++)
        {
            if ((left[index] & right[index] & leftAccess[index] & rightAccess[index] & ClassMask(index)) != 0)
                return true;
        }
        return false;
    }

    // A rule with perm matches system calls that can make the access, whatever its mask holds.
    static ReadOnlySpan<uint> AccessMask(Rule rule, Machine? machine)
    {
        foreach (ref readonly RuleCondition condition in rule.ConditionSpan)
        {
            if (condition.Field == RuleField.Perm && rule.List == FilterList.Exit && machine is { } known)
                return PermissionMasks.Of((Permissions)condition.Value, known).Words;
        }
        return s_all.Words;
    }

    static Machine? MachineOf(Rule rule)
    {
        foreach (ref readonly RuleCondition condition in rule.ConditionSpan)
        {
            if (condition is { Field: RuleField.Arch, Operator: RuleOperator.Equal } && Machines.TryFromElf(condition.Value, out Machine found))
                return found;
        }
        return null;
    }

    static bool HoldsSyscalls(Rule wide, Rule narrow)
    {
        if (!HasSyscalls(wide))
            return true;
        ReadOnlySpan<uint> all = wide.Syscalls.Words, some = narrow.Syscalls.Words;
        for (int index = 0; index < all.Length; index++)
        {
            if ((some[index] & ~all[index] & ClassMask(index)) != 0)
                return false;
        }
        return true;
    }

    static uint ClassMask(int wordIndex) => wordIndex == SyscallMask.WordCount - 1 ? 0x0000_FFFFu : uint.MaxValue;
}
