using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>The pairs of fields that <c>-C</c> compares: AUDIT_COMPARE_* of linux/audit.h, 1 to 25.</summary>
public static class FieldPairs
{
    /// <summary>How many there are, AUDIT_MAX_FIELD_COMPARE; the first has number 1.</summary>
    public const uint NumberMax = 25;

    // The fields' numbers: uid 1, euid 2, suid 3, fsuid 4, gid 5, egid 6, sgid 7, fsgid 8, auid 9, obj_uid 109, obj_gid 110.
    static ReadOnlySpan<byte> Left =>
        [1, 5, 2, 6, 9, 3, 7, 4, 8, 1, 1, 1, 1, 9, 9, 9, 2, 2, 3, 5, 5, 5, 6, 6, 7];

    static ReadOnlySpan<byte> Right =>
        [109, 110, 109, 110, 109, 109, 110, 109, 110, 9, 2, 4, 3, 4, 3, 2, 3, 4, 4, 6, 8, 7, 8, 7, 8];

    /// <summary>The fields of a pair.</summary>
    /// <returns>False where no pair has that number.</returns>
    public static bool TryGetFields(uint number, out RuleField left, out RuleField right)
    {
        bool isKnown = number is >= 1 and <= NumberMax;
        left = isKnown ? (RuleField)Left[(int)number - 1] : 0;
        right = isKnown ? (RuleField)Right[(int)number - 1] : 0;
        return isKnown;
    }

    /// <summary>The number of a pair, its fields in either order.</summary>
    /// <returns>False, and 0, where the kernel doesn't compare the two.</returns>
    public static bool TryGetNumber(RuleField one, RuleField other, out uint number)
    {
        for (number = 1; number <= NumberMax; number++)
        {
            TryGetFields(number, out RuleField left, out RuleField right);
            if ((left == one && right == other) || (left == other && right == one))
                return true;
        }
        number = 0;
        return false;
    }
}
