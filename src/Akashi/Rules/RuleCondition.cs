using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>One field of a rule with its operator and value: <c>-F uid=0</c>.</summary>
/// <param name="field">The field; numbers without a name come from kernels newer than the tables.</param>
/// <param name="op">How it is compared.</param>
/// <param name="value">The number; of a text, its length in bytes.</param>
/// <param name="text">The bytes of a text; empty for a number.</param>
public readonly struct RuleCondition(RuleField field, RuleOperator op, uint value, ReadOnlyMemory<byte> text = default)
{
    /// <summary>The field.</summary>
    public RuleField Field { get; } = field;

    /// <summary>How it is compared.</summary>
    public RuleOperator Operator { get; } = op;

    /// <summary>The number, as the kernel compares it: unsigned 32 bits; of a text, its length in bytes.</summary>
    public uint Value { get; } = value;

    /// <summary>The text as bytes without a NUL; empty for a number.</summary>
    public ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>Whether a field's value is a text, which stands in the rule's buffer.</summary>
    public static bool IsText(RuleField field) => field is
        RuleField.SubjUser or RuleField.SubjRole or RuleField.SubjType or RuleField.SubjSen or RuleField.SubjClr or
        RuleField.ObjUser or RuleField.ObjRole or RuleField.ObjType or RuleField.ObjLevLow or RuleField.ObjLevHigh or
        RuleField.Watch or RuleField.Dir or RuleField.Exe or RuleField.Filterkey;

    internal static RuleCondition OfText(RuleField field, RuleOperator op, ReadOnlyMemory<byte> text) =>
        new(field, op, (uint)text.Length, text);
}
