using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>A rule of the kernel's audit: what it matches, and what happens then.</summary>
/// <remarks>
/// A Rule has passed every check auditctl makes, or is held by the kernel; encoding it cannot fail. The kernel may still
/// refuse it: it alone knows whether a path exists and which fields a list takes. Two rules are equal when their encodings are.
/// </remarks>
public sealed class Rule : IEquatable<Rule>
{
    /// <summary>The most conditions that a rule has room for, AUDIT_MAX_FIELDS.</summary>
    public const int ConditionCountMax = 64;

    /// <summary>What stands between the keys of a rule, AUDIT_KEY_SEPARATOR.</summary>
    public const byte KeySeparator = 0x01;

    /// <summary>The longest key, or keys with their separators, in bytes: AUDIT_MAX_KEY_LEN.</summary>
    public const int KeyBytesMax = 256;

    readonly RuleCondition[] _conditions;

    internal Rule(
        FilterList list, bool isPrepended, RuleAction action, SyscallMask syscalls, RuleCondition[] conditions)
    {
        List = list;
        IsPrepended = isPrepended;
        Action = action;
        Syscalls = syscalls;
        _conditions = conditions;
    }

    /// <summary>The list it stands on.</summary>
    public FilterList List { get; }

    /// <summary>Whether it is put before the others of its list.</summary>
    public bool IsPrepended { get; }

    /// <summary>What happens when it matches.</summary>
    public RuleAction Action { get; }

    /// <summary>The system calls it is for.</summary>
    public SyscallMask Syscalls { get; }

    /// <summary>Its fields, all of which have to match; at most 64.</summary>
    public IReadOnlyList<RuleCondition> Conditions => _conditions;

    /// <summary>The same, for who goes through many rules against each other.</summary>
    internal ReadOnlySpan<RuleCondition> ConditionSpan => _conditions;

    /// <summary>The key as the kernel holds it: several keys are joined by 0x01; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Key
    {
        get
        {
            foreach (RuleCondition condition in Conditions)
            {
                if (condition.Field == RuleField.Filterkey)
                    return condition.Text;
            }
            return default;
        }
    }

    /// <summary>The same rule with <c>path</c> in place of <c>dir</c>, where that is its first field.</summary>
    /// <returns>False, and null, where it isn't.</returns>
    public bool TryWithPathForTree([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Rule? rule)
    {
        bool isTree = Conditions is [{ Field: RuleField.Dir }, ..];
        rule = isTree
            ? new Rule(List, IsPrepended, Action, Syscalls,
                [RuleCondition.OfText(RuleField.Watch, Conditions[0].Operator, Conditions[0].Text), .. Conditions.Skip(1)])
            : null;
        return isTree;
    }

    /// <inheritdoc/>
    public bool Equals(Rule? other) =>
        other is not null && RuleEncoder.Encode(this).AsSpan().SequenceEqual(RuleEncoder.Encode(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Rule);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(RuleEncoder.Encode(this));
        return hash.ToHashCode();
    }
}
