using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Writes a rule as the kernel takes it: struct audit_rule_data of linux/audit.h, host byte order.</summary>
/// <remarks>
/// <code>
/// offset  size  member
///      0     4  flags: the list, 0x10 to put it first
///      4     4  action
///      8     4  field_count, 0 to 64
///     12   256  mask[64]: bit n of word n/32 is system call n
///    268   256  fields[64]
///    524   256  values[64]: a number, or the length of a text
///    780   256  fieldflags[64]: the operators
///   1036     4  buflen
///   1040        buf: the texts in the order of the fields, without NULs
/// </code>
/// </remarks>
public static class RuleEncoder
{
    internal const int ActionOffset = 4;
    internal const int CountOffset = 8;
    internal const int MaskOffset = 12;
    internal const int FieldsOffset = 268;
    internal const int ValuesOffset = 524;
    internal const int OperatorsOffset = 780;
    internal const int BufferLengthOffset = 1036;

    /// <summary>The bytes before the texts.</summary>
    internal const int FixedBytes = 1040;

    /// <summary>AUDIT_FILTER_PREPEND.</summary>
    internal const uint PrependFlag = 0x10;

    /// <summary>The bytes of a rule.</summary>
    public static byte[] Encode(Rule rule)
    {
        byte[] bytes = new byte[FixedBytes + TextBytesOf(rule)];
        Fill(rule, bytes);
        return bytes;
    }

    /// <summary>The bytes of a rule, in an array that is used again.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="room">The array; a longer one takes its place where it is too short.</param>
    /// <returns>The bytes, until the array is used again.</returns>
    public static ReadOnlySpan<byte> Encode(Rule rule, ref byte[] room)
    {
        int length = FixedBytes + TextBytesOf(rule);
        if (room.Length < length)
            room = new byte[2 * length];
        Span<byte> bytes = room.AsSpan(0, length);
        bytes.Clear();
        Fill(rule, bytes);
        return bytes;
    }

    static int TextBytesOf(Rule rule)
    {
        int textBytes = 0;
        foreach (ref readonly RuleCondition condition in rule.ConditionSpan)
            textBytes += condition.Text.Length;
        return textBytes;
    }

    static void Fill(Rule rule, Span<byte> bytes)
    {
        Put(bytes, 0, (uint)rule.List | (rule.IsPrepended ? PrependFlag : 0));
        Put(bytes, ActionOffset, (uint)rule.Action);
        Put(bytes, CountOffset, (uint)rule.ConditionSpan.Length);
        MemoryMarshal.AsBytes(rule.Syscalls.Words).CopyTo(bytes[MaskOffset..]);
        PutConditions(bytes, rule.ConditionSpan);
        Put(bytes, BufferLengthOffset, (uint)(bytes.Length - FixedBytes));
    }

    static void PutConditions(Span<byte> bytes, ReadOnlySpan<RuleCondition> conditions)
    {
        int textOffset = FixedBytes;
        for (int index = 0; index < conditions.Length; index++)
        {
            ref readonly RuleCondition condition = ref conditions[index];
            Put(bytes, FieldsOffset + 4 * index, (uint)condition.Field);
            Put(bytes, ValuesOffset + 4 * index, condition.Value);
            Put(bytes, OperatorsOffset + 4 * index, (uint)condition.Operator);
            condition.Text.Span.CopyTo(bytes[textOffset..]);
            textOffset += condition.Text.Length;
        }
    }

    static void Put(Span<byte> bytes, int offset, uint value)
    {
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], value);
    }
}
