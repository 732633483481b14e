using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Fields of FANOTIFY records, linux/fanotify.h.</summary>
static class FanotifyAnswer
{
    public static void Write(FieldType type, ReadOnlySpan<byte> value, InterpretedText text)
    {
        bool isNumber = RawNumber.TryHex(value, out ulong number);
        text.Append(type switch
        {
            FieldType.Fanotify => number switch { 1 => "allow"u8, 2 => "deny"u8, _ => "unknown"u8 },
            FieldType.FanType => isNumber && number == 0 ? "none"u8 : number == 1 ? "rule_info"u8 : "unknown"u8,
            FieldType.Trust => number switch { 0 => "no"u8, 1 => "yes"u8, _ => "unknown"u8 },
            _ => value,
        });
    }
}
