using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Why bytes are no rule.</summary>
public enum RuleFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Fewer bytes than the fixed part, or than the lengths inside say.</summary>
    TooShort,

    /// <summary>More than 64 fields.</summary>
    TooManyConditions,

    /// <summary>A text reaches beyond the buffer.</summary>
    TextBeyondBuffer,

    /// <summary>An operator that linux/audit.h doesn't have.</summary>
    UnknownOperator,
}

/// <summary>Reads a rule as the kernel gives it; the mirror of <see cref="RuleEncoder"/>, which has the layout.</summary>
public static class RuleDecoder
{
    /// <summary>Reads a struct audit_rule_data.</summary>
    /// <param name="bytes">The struct; bytes after its buffer are left alone, for netlink pads messages.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="fault">Why there is none.</param>
    /// <returns>False, and no rule, where the bytes are none.</returns>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Rule? rule, out RuleFault fault)
    {
        rule = null;
        fault = RuleFault.TooShort;
        if (bytes.Length < RuleEncoder.FixedBytes)
            return false;
        uint textBytes = Get(bytes, RuleEncoder.BufferLengthOffset);
        if (textBytes > bytes.Length - RuleEncoder.FixedBytes)
            return false;

        uint count = Get(bytes, RuleEncoder.CountOffset);
        if (count > Rule.ConditionCountMax)
        {
            fault = RuleFault.TooManyConditions;
            return false;
        }

        var conditions = new RuleCondition[count];
        fault = ReadConditions(bytes, bytes.Slice(RuleEncoder.FixedBytes, (int)textBytes), conditions);
        if (fault != RuleFault.None)
            return false;

        uint flags = Get(bytes, 0);
        uint[] words = MemoryMarshal.Cast<byte, uint>(bytes[RuleEncoder.MaskOffset..RuleEncoder.FieldsOffset]).ToArray();
        rule = new Rule(
            (FilterList)(flags & ~RuleEncoder.PrependFlag), (flags & RuleEncoder.PrependFlag) != 0,
            (RuleAction)Get(bytes, RuleEncoder.ActionOffset), new SyscallMask(words), conditions);
        return true;
    }

    static RuleFault ReadConditions(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> texts, RuleCondition[] conditions)
    {
        for (int index = 0; index < conditions.Length; index++)
        {
            var field = (RuleField)Get(bytes, RuleEncoder.FieldsOffset + 4 * index);
            var op = (RuleOperator)Get(bytes, RuleEncoder.OperatorsOffset + 4 * index);
            uint value = Get(bytes, RuleEncoder.ValuesOffset + 4 * index);
            if (!RuleOperators.Names.TryGetName((long)op, out _))
                return RuleFault.UnknownOperator;
            if (!RuleCondition.IsText(field))
            {
                conditions[index] = new RuleCondition(field, op, value);
                continue;
            }
            if (value > texts.Length)
                return RuleFault.TextBeyondBuffer;
            conditions[index] = RuleCondition.OfText(field, op, texts[..(int)value].ToArray());
            texts = texts[(int)value..];
        }
        return RuleFault.None;
    }

    static uint Get(ReadOnlySpan<byte> bytes, int offset) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
}
