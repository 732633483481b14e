using System.Text;
using Akashi.Records;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Search.Expressions;

/// <summary>How two values are compared.</summary>
enum Comparison
{
    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!==</c></summary>
    NotEqual,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,
}

static class Comparisons
{
    /// <summary>Whether a result of CompareTo meets a comparison.</summary>
    public static bool IsMet(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => order > 0,
    };
}

/// <summary><c>FIELD r= TEXT</c> and its kin.</summary>
sealed class TextComparison(byte[] field, byte[] text, bool isInterpreted, bool isNegated) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope)
    {
        bool isThere = isInterpreted ? scope.TryFindInterpreted(field, out ReadOnlySpan<byte> value) : scope.TryFindRaw(field, out value);
        return isThere && value.SequenceEqual(text) != isNegated;
    }
}

/// <summary>Whether a record has a field with a value.</summary>
sealed class FieldPresence(byte[] field) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope) => scope.TryFindRaw(field, out _);
}

/// <summary><c>uid == 0</c>: users and groups are compared as numbers, without sign.</summary>
sealed class NumberComparison(string field, uint number, Comparison comparison) : ExpressionNode
{
    readonly byte[] _field = Encoding.UTF8.GetBytes(field);

    public override bool IsTrue(ref ExpressionScope scope) =>
        scope.TryFindRaw(_field, out ReadOnlySpan<byte> raw)
        && FieldNumber.TryRead(raw, out long value) && value is >= -1 and <= uint.MaxValue
        && comparison.IsMet(unchecked((uint)value).CompareTo(number));
}

/// <summary><c>\timestamp</c>, and with a serial <c>\timestamp_ex</c>.</summary>
sealed class StampComparison(EventStamp stamp, bool comparesSerial, Comparison comparison) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope)
    {
        EventStamp own = scope.Record.Stamp;
        int order = own.UnixMilliseconds.CompareTo(stamp.UnixMilliseconds);
        return comparison.IsMet(order == 0 && comparesSerial ? own.Serial.CompareTo(stamp.Serial) : order);
    }
}

/// <summary><c>\record_type</c>.</summary>
sealed class TypeComparison(RecordType type, Comparison comparison) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope) => comparison.IsMet(((int)scope.Record.Type).CompareTo((int)type));
}
